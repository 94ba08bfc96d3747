package extension

import (
	"strconv"
	"strings"
)

// Objects are an extension's objects, read from its facts. Types are named by typname, with @ before those of extensions.
type Objects struct {
	Types     []Type
	Functions []Fact
	Operators []Operator
	Casts     []Cast
	Classes   []Class
}

// Type is a type: Kind and Category are pg_type's letters. Array is the name of its array type, "" when it has none.
type Type struct {
	Name           string
	Kind, Category byte
	Preferred      bool
	Array          string
	// Delimiter stands between the elements of its arrays.
	Delimiter byte
	// Fields are a composite type's, Base is a domain's.
	Fields []Field
	Base   string
}

// Field is a field of a composite type.
type Field struct{ Name, Type string }

// Fact is a function.
type Fact struct {
	Name             string
	Kind, Volatility byte
	Strict, Set      bool
	Leakproof        bool
	Result           string
	Params           []Param
	Rows             float64
}

// Param is a parameter; Mode is pg_proc's letter.
type Param struct {
	Name, Type string
	Mode       byte
	Default    string
	HasDefault bool
}

// Operator is an operator; Left is "-" for a prefix operator. Function is a signature.
type Operator struct{ Name, Left, Right, Result, Function, Commutator, Negator string }

// Cast is a cast; Function is "-" for none.
type Cast struct {
	From, To, Function string
	Context, Method    byte
}

// Class is an operator class of an access method.
type Class struct {
	Name, Method, Type string
	Default            bool
}

// Sig is the function's signature.
func (f *Fact) Sig() string {
	var args []string
	for _, p := range f.Params {
		if p.Mode == 'i' || p.Mode == 'b' || p.Mode == 'v' {
			args = append(args, p.Type)
		}
	}
	return f.Name + "(" + strings.Join(args, ",") + ")"
}

// Read reads an extension's facts.
func (x *Extension) Read() *Objects {
	o := &Objects{}
	for _, line := range strings.Split(x.Objects, "\n") {
		v := make([]string, 16)
		if copy(v, strings.Split(line, "\t")); v[0] == "" {
			continue
		}
		switch v[0] {
		case "T":
			t := Type{Name: v[1], Kind: v[2][0], Category: v[3][0], Preferred: v[4] == "t", Array: strings.TrimPrefix(v[5], "@"), Delimiter: ','}
			if v[6] != "" {
				t.Delimiter = v[6][0]
			}
			for _, f := range strings.Fields(v[7]) {
				name, typ, _ := strings.Cut(f, ":")
				t.Fields = append(t.Fields, Field{name, typ})
			}
			if v[8] != "-" {
				t.Base = v[8]
			}
			o.Types = append(o.Types, t)
		case "F":
			o.Functions = append(o.Functions, readFact(v))
		case "O":
			o.Operators = append(o.Operators, Operator{v[1], v[2], v[3], v[4], v[5], v[6], v[7]})
		case "C":
			o.Casts = append(o.Casts, Cast{v[1], v[2], v[3], v[4][0], v[5][0]})
		case "K":
			o.Classes = append(o.Classes, Class{v[1], v[2], v[3], v[4] == "t"})
		}
	}
	return o
}

func readFact(v []string) Fact {
	f := Fact{Name: v[1], Kind: v[2][0], Volatility: v[3][0], Strict: strings.Contains(v[4], "s"), Set: strings.Contains(v[4], "r"),
		Leakproof: strings.Contains(v[4], "l"), Result: v[5]}
	f.Rows, _ = strconv.ParseFloat(v[11], 64)
	modes, names := v[7], strings.Split(v[8], " ")
	for i, t := range strings.Fields(v[6]) {
		p := Param{Type: t, Mode: 'i'}
		if i < len(modes) {
			p.Mode = modes[i]
		}
		if i < len(names) {
			p.Name = names[i]
		}
		f.Params = append(f.Params, p)
	}
	if n, _ := strconv.Atoi(v[10]); n > 0 {
		defaults := strings.Split(v[9], ", ")
		for i := len(f.Params) - 1; i >= 0 && n > 0; i-- {
			if p := &f.Params[i]; p.Mode != 'o' && p.Mode != 't' {
				n--
				p.HasDefault, p.Default = true, defaults[n]
			}
		}
	}
	return f
}

// Symbol is what a function keeps as its body: the name of its Go function.
func Symbol(extension, sig string) string { return extension + "." + sig }
