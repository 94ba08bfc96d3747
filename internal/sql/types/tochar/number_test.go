package tochar

import (
	"strconv"
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

func TestNumbersGolden(t *testing.T) {
	ops := []golden.Op{
		{Name: "numeric", SQL: "select to_char($1::text::numeric, $2)", Go: func(a []string) (string, bool, error) {
			n, _ := numeric.Parse(a[0])
			return Numeric(n, a[1])
		}},
		{Name: "int", SQL: "select to_char($1::text::int, $2)", Go: func(a []string) (string, bool, error) {
			n, _ := strconv.Atoi(a[0])
			return Int(int64(n), a[1])
		}},
		{Name: "float8", SQL: "select to_char($1::text::float8, $2)", Go: func(a []string) (string, bool, error) {
			f, _ := strconv.ParseFloat(a[0], 64)
			return Float(f, a[1], 64)
		}},
		{Name: "to_number", SQL: "select to_number($1, $2)::text", Go: func(a []string) (string, bool, error) {
			n, ok, err := ToNumber(a[0], a[1])
			return n.String(), ok, err
		}},
	}
	patterns := []string{"999", "000", "9,999.99", "FM9,999.99", "FM999999990.00", "0.9", "9.9", "FM9.9", "FM0.9", "FM9.99", "999D99", "9G999D99", "S999", "999S", "S999.99", "999.99S", "999MI", "MI999", "PL999", "999PL", "SG999", "999SG", "999PR", "FM999PR", "999.9PR", "999th", "999TH", "FM999th", "RN", "FMRN", "rn", "L999", "999L", "99V99", "99V9", "9.99EEEE", "9.999eeee", "EEEE", "B999", "999.", ".99", "", "text", "\"Good\" 999", "9 9 9", "00009", "09999", "90999", "99.00", "FM99.00", "FM00.99", "FM99.90", "0000.0000", "FM9990.0099", "9999999999", "9.9.9", "S9S", "SMI9", "9PR9", "S9PR", "9V9.9", "EEEEEEEE", "9EEEE9", "FM9EEEE", "$999.99", "(999)", "FM$999,999,990.00", "99,99,99", "FM99,99,99", "0,000", "999,", ",999", "999.999PL", "FMS999", "FMS9990.00", "9S9", "SG999.99", "FM999MI", "é9", "999G999", "FM0999"}
	numbers := []string{"0", "1", "-1", "12", "-12", "123", "1234", "-1234.56", "0.1", "-0.1", "0.05", "1234567.891", "0.999", "9.995", "99.5", "485", "-485", "485.8", "0.45", "1e10", "1e-7"}
	var cases []golden.Case
	cases = append(cases, golden.Cross("numeric", append(numbers, "NaN", "Infinity", "-Infinity", "5.00"), patterns)...)
	cases = append(cases, golden.Cross("int", []string{"0", "1", "-12", "123", "4000", "3999", "11", "112", "-485", "22"}, patterns)...)
	cases = append(cases, golden.Cross("float8", append(numbers, "123456789.123456789", "NaN", "Infinity", "-Infinity"), patterns)...)
	for _, pair := range [][2]string{{"12,454.8-", "99G999D9S"}, {"-34,338,492", "99G999G999"}, {"<564646.654564>", "999999.999999PR"}, {"0.00001-", "9.999999S"}, {"5.01-", "FM9.999999S"}, {"5.01-", "FM9.999999MI"}, {"5 4 4 4 4 8 . 7 8", "9 9 9 9 9 9 . 9 9"}, {".01", "FM9.99"}, {".0", "99999999.99999999"}, {"0", "99.99"}, {".-01", "S99.99"}, {".01-", "99.99S"}, {" . 0 1-", " 9 9 . 9 9 S"}, {"34,50", "999,99"}, {"123,000", "999G"}, {"123456", "999G999"}, {"$1234.56", "L9,999.99"}, {"$1,234.56", "L99,999.99"}, {"42nd", "99th"}, {"123456", "99999V99"}, {"-123", "999"}, {"+123", "999"}, {"123", "S999"}, {"-123", "S999"}, {"123-", "999S"}, {"abc", "999"}, {"", "999"}, {"12", ""}, {"12.5", "99"}, {"12.567", "99.9"}, {"1 2", "99"}, {"123", "99"}, {"12", "999.99"}, {"1e5", "9EEEE"}, {"XII", "RN"}, {"-12", "MI99"}, {"12-", "99MI"}, {"+12", "PL99"}, {"12", "SG99"}, {"-12", "SG99"}, {"12", "FM999"}, {"a12", "\"a\"99"}, {"1,234", "9,999"}, {"1,234,567.89", "9,999,999.99"}} {
		cases = append(cases, golden.Case{Op: "to_number", Args: pair[:]})
	}
	golden.Run(t, "testdata/numbers.golden", "", ops, cases)
}

func FuzzNumbers(f *testing.F) {
	f.Add("1,234.5-", "9G999D9S")
	f.Add("5.01-", "FM9.999999MI")
	f.Fuzz(func(t *testing.T, text, pattern string) {
		if len(pattern) > 200 {
			return
		}
		_, _, _ = ToNumber(text, pattern)
		if n, err := numeric.Parse(text); err == nil && len(text) < 100 && len(n.String()) < 200 {
			_, _, _ = Numeric(n, pattern)
		}
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			_, _, _ = Float(v, pattern, 64)
		}
	})
}
