package vector

import (
	"math"
	"testing"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"[1,2,3]": "[1,2,3]", " [ 1 , -2.5 , 3e2 ] ": "[1,-2.5,300]", "[0.1]": "[0.1]", "[1e-20,123456789]": "[1e-20,1.2345679e+08]", "[-0,1]": "[-0,1]",
		"[]": "!22000 vector must have at least 1 dimension", "[1,2": "!22P02 invalid input syntax for type vector: \"[1,2\"",
		"1,2": "!22P02 invalid input syntax for type vector: \"1,2\"", "[1,]": "!22P02 invalid input syntax for type vector: \"[1,]\"",
		"[1,a]": "!22P02 invalid input syntax for type vector: \"[1,a]\"", "[1]x": "!22P02 invalid input syntax for type vector: \"[1]x\"",
		"[NaN]": "!22000 NaN not allowed in vector", "[Infinity]": "!22000 infinite value not allowed in vector",
		"[4e38]": "!22003 \"4e38\" is out of range for type vector", "": "!22P02 invalid input syntax for type vector: \"\"",
	} {
		n := full.native()
		d, err := n.In(in, nil)
		got := ""
		if err != nil {
			got = "!" + errs.Of(err).Code + " " + errs.Of(err).Message
		} else {
			got = n.Out(d)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestHalf(t *testing.T) {
	for u := range 1 << 16 {
		f := fromHalf(uint16(u))
		if f != f || math.IsInf(float64(f), 0) {
			continue
		}
		if back := toHalf(f); back != uint16(u) {
			t.Fatalf("%#x: %v: %#x", u, f, back)
		}
	}
	for f, want := range map[float32]float32{65504: 65504, 0.1: 0.099975586, 2049: 2048, 2051: 2052, 6e-8: 5.9604645e-08, 1e-9: 0} {
		if got := fromHalf(toHalf(f)); got != want {
			t.Errorf("%v: %v, want %v", f, got, want)
		}
	}
	if toHalf(65520) != 0x7c00 {
		t.Error("65520 is too large")
	}
}

func TestOrder(t *testing.T) {
	list := []string{"[-3]", "[-1,5]", "[0]", "[0,0]", "[0,1]", "[1e-30]", "[1]", "[1,-1]", "[2]"}
	for _, k := range []kind{full, half} {
		last := ""
		for _, s := range list {
			if k.size == 2 && s == "[1e-30]" {
				continue
			}
			d, err := k.read(s)
			if err != nil {
				t.Fatal(err)
			}
			if d.S <= last {
				t.Errorf("%s is not after what is before it", s)
			}
			last = d.S
		}
	}
}

func TestSparse(t *testing.T) {
	for in, want := range map[string]string{
		"{1:1,3:2.5}/5": "{1:1,3:2.5}/5", " { 3:2 , 1:1 } / 5 ": "{1:1,3:2}/5", "{}/2": "{}/2", "{1:0}/2": "{}/2",
		"{0:1}/2": "!22000", "{3:1}/2": "!22000", "{1:1,1:2}/2": "!22000", "{1:1}": "!22P02", "[1]": "!22P02", "{}/0": "!22000",
	} {
		s, err := readSparse(in)
		got := ""
		if err != nil {
			got = "!" + errs.Of(err).Code
		} else {
			got = s.datum().S
		}
		if got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"[1,2,3]", "[1e5]", "{1:1}/2", "[", "{:}/1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range []*types.Native{full.native(), half.native()} {
			if d, err := n.In(s, nil); err == nil {
				if again, err := n.In(n.Out(d), nil); err != nil || again != d {
					t.Fatalf("%q: %v %v", s, n.Out(d), err)
				}
			}
		}
		if v, err := readSparse(s); err == nil {
			if again, err := readSparse(v.datum().S); err != nil || again.datum() != v.datum() {
				t.Fatalf("%q: %v", s, err)
			}
		}
	})
}
