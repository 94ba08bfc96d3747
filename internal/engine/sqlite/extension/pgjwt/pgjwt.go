package pgjwt

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	_ "embed" // the facts of the extension's objects
	"encoding/base64"
	"hash"
	"math"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

//go:embed objects.tsv
var objects string

var encoding = base64.RawURLEncoding

// Extension is pgjwt.
func Extension() *extension.Extension {
	x := &extension.Extension{Name: "pgjwt", Version: "0.2.0", Comment: "JSON Web Token API for Postgresql", Older: []string{"0.1.0", "0.1.1"},
		Requires: []string{"pgcrypto"}, Objects: objects}
	// A NULL argument makes the result NULL.
	add := func(sig string, f func(v []types.Datum) (types.Datum, error)) {
		x.Functions = append(x.Functions, extension.Function{Sig: sig, Fn: func(c extension.Call) (types.Datum, error) {
			for _, d := range c.Values() {
				if d.IsNull() {
					return types.Datum{}, nil
				}
			}
			return f(c.Values())
		}})
	}
	add("url_encode(bytea)", func(v []types.Datum) (types.Datum, error) {
		return types.Text(encoding.EncodeToString([]byte(v[0].S))), nil
	})
	add("url_decode(text)", func(v []types.Datum) (types.Datum, error) {
		b, err := decode(v[0].S)
		return types.Bytes(b), err
	})
	add("algorithm_sign(text,text,text)", func(v []types.Datum) (types.Datum, error) {
		return signature(v[0].S, v[1].S, v[2].S), nil
	})
	add("sign(json,text,text)", func(v []types.Datum) (types.Datum, error) {
		head := `{"alg":"` + v[2].S + `","typ":"JWT"}`
		text := encoding.EncodeToString([]byte(head)) + "." + encoding.EncodeToString([]byte(v[0].S))
		d := signature(text, v[1].S, v[2].S)
		if d.IsNull() {
			return d, nil
		}
		return types.Text(text + "." + d.S), nil
	})
	add("try_cast_double(text)", func(v []types.Datum) (types.Datum, error) {
		f, err := strconv.ParseFloat(strings.TrimSpace(v[0].S), 64)
		if err != nil {
			return types.Datum{}, nil
		}
		return types.Float(f), nil
	})
	x.Functions = append(x.Functions, extension.Function{Sig: "verify(text,text,text)", Set: verify})
	return x
}

func decode(s string) ([]byte, error) {
	b, err := base64.RawStdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "/", "=", "").Replace(s))
	if err != nil {
		return nil, errs.New("22023", "invalid base64 end sequence").WithHint("Input data is missing padding, is truncated, or is otherwise corrupted.")
	}
	return b, nil
}

func signature(text, secret, algorithm string) types.Datum {
	var make func() hash.Hash
	switch algorithm {
	case "HS256":
		make = sha256.New
	case "HS384":
		make = sha512.New384
	case "HS512":
		make = sha512.New
	default:
		return types.Datum{}
	}
	h := hmac.New(make, []byte(secret))
	h.Write([]byte(text))
	return types.Text(encoding.EncodeToString(h.Sum(nil)))
}

func verify(c extension.Call, yield func([]types.Datum) bool) error {
	v := c.Values()
	if v[0].IsNull() || v[1].IsNull() || v[2].IsNull() {
		yield([]types.Datum{{}, {}, {}})
		return nil
	}
	parts := strings.Split(v[0].S, ".")
	for len(parts) < 3 {
		parts = append(parts, "")
	}
	var texts [2]string
	for i := range texts {
		b, err := decode(parts[i])
		if err != nil {
			return err
		}
		texts[i] = string(b)
		if err := jsonval.Validate(texts[i]); err != nil {
			return err
		}
	}
	body, err := jsonval.Parse(texts[1])
	if err != nil {
		return err
	}
	valid := types.Datum{}
	if want := signature(parts[0]+"."+parts[1], v[1].S, v[2].S); !want.IsNull() {
		ok := subtle.ConstantTimeCompare([]byte(want.S), []byte(parts[2])) == 1
		now := float64(c.Now().UnixMicro()) / 1e6
		valid = types.Bool(ok && now >= claim(&body, "nbf", math.Inf(-1)) && now < claim(&body, "exp", math.Inf(1)))
	}
	yield([]types.Datum{types.Text(texts[0]), types.Text(texts[1]), valid})
	return nil
}

// claim reads a time in seconds.
func claim(body *jsonval.Value, name string, otherwise float64) float64 {
	text, ok := body.Field(name).AsText()
	if f, err := strconv.ParseFloat(text, 64); ok && err == nil {
		return f
	}
	return otherwise
}
