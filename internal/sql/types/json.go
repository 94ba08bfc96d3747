package types

// AppendJSON appends a value as to_json and row_to_json print it inside a row.
func AppendJSON(buf []byte, t *Type, d Datum, env *Env) []byte {
	if d.IsNull() {
		return append(buf, "null"...)
	}
	t = t.Underlying()
	switch t.OID {
	case BoolOID:
		if d.I != 0 {
			return append(buf, "true"...)
		}
		return append(buf, "false"...)
	case Int2OID, Int4OID, Int8OID:
		return AppendOut(buf, t, d, env)
	case JSONOID, JSONBOID:
		return append(buf, d.S...)
	}
	return AppendJSONString(buf, Out(t, d, env))
}

const hexDigits = "0123456789abcdef"

// AppendJSONString appends a text as PostgreSQL's escape_json quotes it: only the quote, the backslash and control
// characters are escaped.
func AppendJSONString(buf []byte, s string) []byte {
	buf = append(buf, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		buf = append(buf, s[start:i]...)
		start = i + 1
		switch c {
		case '\b':
			buf = append(buf, '\\', 'b')
		case '\f':
			buf = append(buf, '\\', 'f')
		case '\n':
			buf = append(buf, '\\', 'n')
		case '\r':
			buf = append(buf, '\\', 'r')
		case '\t':
			buf = append(buf, '\\', 't')
		case '"', '\\':
			buf = append(buf, '\\', c)
		default:
			buf = append(buf, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	buf = append(buf, s[start:]...)
	return append(buf, '"')
}
