package builtin

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// Stored json and jsonb is valid, so that a value can be found in its text without reading the whole into a tree.

func jsonSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t' || s[i] == '\r') {
		i++
	}
	return i
}

// jsonSkip gives the end of the value that starts at i.
func jsonSkip(s string, i int) int {
	if i >= len(s) {
		return i
	}
	switch s[i] {
	case '"':
		return jsonSkipString(s, i)
	case '{', '[':
		depth := 0
		for i < len(s) {
			switch s[i] {
			case '"':
				i = jsonSkipString(s, i)
				continue
			case '{', '[':
				depth++
			case '}', ']':
				depth--
				if depth == 0 {
					return i + 1
				}
			}
			i++
		}
		return i
	}
	for i < len(s) && strings.IndexByte(",]} \n\t\r", s[i]) < 0 {
		i++
	}
	return i
}

func jsonSkipString(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return i
}

// jsonKind is a value's kind by its first character: { [ " t f n or 0 for numbers.
func jsonKind(s string) byte {
	i := jsonSpace(s, 0)
	if i >= len(s) {
		return 'n'
	}
	switch c := s[i]; c {
	case '{', '[', '"', 't', 'f', 'n':
		return c
	}
	return '0'
}

// jsonMembers calls f for each member of an object (key still quoted) or element of an array (key "") until it gives false.
func jsonMembers(s string, f func(key, value string) bool) {
	i := jsonSpace(s, 0)
	if i >= len(s) || s[i] != '{' && s[i] != '[' {
		return
	}
	object := s[i] == '{'
	i = jsonSpace(s, i+1)
	for i < len(s) && s[i] != '}' && s[i] != ']' {
		key := ""
		if object {
			end := jsonSkipString(s, i)
			key = s[i:end]
			i = jsonSpace(s, jsonSpace(s, end)+1)
		}
		end := jsonSkip(s, i)
		if !f(key, s[i:end]) {
			return
		}
		i = jsonSpace(s, end)
		if i < len(s) && s[i] == ',' {
			i = jsonSpace(s, i+1)
		}
	}
}

// jsonText is the content of a quoted JSON string.
func jsonText(quoted string) string {
	if strings.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1]
	}
	v, err := jsonval.Parse(quoted)
	if err != nil {
		return quoted[1 : len(quoted)-1]
	}
	return v.Text
}

// jsonField finds an object's member; of a repeated key the last.
func jsonField(s, name string) (string, bool) {
	if jsonKind(s) != '{' {
		return "", false
	}
	found, ok := "", false
	jsonMembers(s, func(key, value string) bool {
		if len(key)-2 == len(name) && key[1:len(key)-1] == name || strings.IndexByte(key, '\\') >= 0 && jsonText(key) == name {
			found, ok = value, true
		}
		return true
	})
	return found, ok
}

// jsonElement finds an array's element; a negative number counts from the end.
func jsonElement(s string, n int64) (string, bool) {
	if jsonKind(s) != '[' {
		return "", false
	}
	if n < 0 {
		n += int64(jsonCount(s))
		if n < 0 {
			return "", false
		}
	}
	found, ok := "", false
	jsonMembers(s, func(_, value string) bool {
		if n == 0 {
			found, ok = value, true
		}
		n--
		return !ok
	})
	return found, ok
}

func jsonCount(s string) int {
	n := 0
	jsonMembers(s, func(_, _ string) bool { n++; return true })
	return n
}

// jsonPath follows a path of keys and positions.
func jsonPath(s string, path []types.Datum) (string, bool) {
	s = strings.TrimSpace(s)
	for _, p := range path {
		if p.IsNull() {
			return "", false
		}
		var ok bool
		switch jsonKind(s) {
		case '{':
			s, ok = jsonField(s, p.S)
		case '[':
			n, err := strconv.ParseInt(strings.TrimLeft(p.S, " "), 10, 32)
			if err != nil {
				return "", false
			}
			s, ok = jsonElement(s, n)
		}
		if !ok {
			return "", false
		}
	}
	return s, true
}

// jsonAsText is a value as ->> gives it: a string's content, NULL for null.
func jsonAsText(s string) types.Datum {
	switch jsonKind(s) {
	case 'n':
		return types.Datum{}
	case '"':
		return types.Text(jsonText(strings.TrimSpace(s)))
	}
	return types.Text(s)
}
