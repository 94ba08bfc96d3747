package catalog

// TermIndex is how the embedded engine recognizes the key of an index of terms in a condition.
type TermIndex struct {
	// Kind is the name of the kind of terms; Key is the key as it is printed for the file.
	Kind string `json:"kind"`
	Key  string `json:"key"`
	// Columns are the columns Key speaks of: the names they had, by their numbers.
	Columns map[int32]string `json:"columns"`
}
