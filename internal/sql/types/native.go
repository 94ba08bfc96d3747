package types

// Native is the meaning of a type that an extension brings, in Go. A value's storage is text in output form unless Out says
// otherwise.
type Native struct {
	// Key names it for the catalog's file: "hstore.hstore".
	Key string
	// In reads a text.
	In func(text string, env *Env) (Datum, error)
	// Out prints a value, nil when storage is the output.
	Out func(d Datum) string
	// JSON appends a value as to_json does, nil when it is its text in quotes.
	JSON func(buf []byte, d Datum) []byte
	// Collated says that Compare orders stored texts; without it their bytes do.
	Collated bool
	Compare  func(a, b string) int
	// Unordered says that the type has no btree order and no equality.
	Unordered bool
	// TypmodIn reads the numbers after the type's name, TypmodOut prints them with their parentheses, Limit applies them.
	TypmodIn  func(mods []int32) (int32, error)
	TypmodOut func(typmod int32) string
	Limit     func(d Datum, typmod int32) (Datum, error)
	// Fetch is value[key], Store is what value becomes when value[key] is set; both nil when the type has no subscripts. The
	// container may be NULL in Store, the keys are texts.
	Fetch func(value Datum, key string) Datum
	Store func(value Datum, key string, to Datum) Datum
	// Declared is the declared type of columns in the file, TEXT when empty.
	Declared string
	// Delimiter stands between the elements of the type's arrays; 0 is the comma.
	Delimiter byte
}
