package textsearch

// Kind is what a token of a document is, as PostgreSQL's default parser numbers them.
type Kind uint8

// The kinds of token.
const (
	ASCIIWord Kind = iota + 1
	AnyWord
	NumWord
	Email
	URL
	Host
	SFloat
	Version
	HyphenNumPart
	HyphenPart
	HyphenASCIIPart
	Blank
	Tag
	Protocol
	HyphenNumWord
	HyphenASCIIWord
	HyphenWord
	URLPath
	File
	Float
	Int
	Uint
	Entity
)

// Token is one token of a document.
type Token struct {
	Kind Kind
	Text string
}

// kinds are the names and descriptions of the kinds of token, in their order.
var kinds = [...][2]string{
	{"asciiword", "Word, all ASCII"},
	{"word", "Word, all letters"},
	{"numword", "Word, letters and digits"},
	{"email", "Email address"},
	{"url", "URL"},
	{"host", "Host"},
	{"sfloat", "Scientific notation"},
	{"version", "Version number"},
	{"hword_numpart", "Hyphenated word part, letters and digits"},
	{"hword_part", "Hyphenated word part, all letters"},
	{"hword_asciipart", "Hyphenated word part, all ASCII"},
	{"blank", "Space symbols"},
	{"tag", "XML tag"},
	{"protocol", "Protocol head"},
	{"numhword", "Hyphenated word, letters and digits"},
	{"asciihword", "Hyphenated word, all ASCII"},
	{"hword", "Hyphenated word, all letters"},
	{"url_path", "URL path"},
	{"file", "File or path name"},
	{"float", "Decimal notation"},
	{"int", "Signed integer"},
	{"uint", "Unsigned integer"},
	{"entity", "XML entity"},
}

// Kinds is the number of kinds of token: they are 1 to Kinds.
const Kinds = len(kinds)

// String is the kind's name.
func (k Kind) String() string { return kinds[k-1][0] }

// Description is what PostgreSQL says of the kind.
func (k Kind) Description() string { return kinds[k-1][1] }

// KindNamed finds a kind by its name, 0 when there is none.
func KindNamed(name string) Kind {
	for i, k := range kinds {
		if k[0] == name {
			return Kind(i + 1)
		}
	}
	return 0
}
