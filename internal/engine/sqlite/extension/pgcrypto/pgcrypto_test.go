package pgcrypto

import (
	"encoding/hex"
	"testing"

	"github.com/basement-project/basement/internal/sql/types"
)

func TestCrypt(t *testing.T) {
	for _, c := range [][3]string{
		{"a", "ab", "abxxB7HlIeckU"}, {"", "ab", "abmF1QH4PEr.E"}, {"password longer", "zz", "zzXUHfURnGg8I"},
		{"p", "_J9..rasm", "_J9..rasm/3tjAMOFwsA"}, {"password longer than eight", "_J9..rasm", "_J9..rasmhCDGsRwa4jo"},
		{"a", "$1$abc", "$1$abc$uAXS.Zj1ZDNcW9iX1TVH2/"}, {"a", "$1$", "$1$$Ij31LCAysPM23KuPlm1wA/"},
		{"a", "$2a$06$abcdefghijklmnopqrstuu", "$2a$06$abcdefghijklmnopqrstuuLSOYhGQvkIfw2xsg9xIgSskWKreHj7C"},
		{"ä€", "$2x$05$abcdefghijklmnopqrstuu", "$2x$05$abcdefghijklmnopqrstuuucFy5dwJoZNPQISTtNW4nurlIaSa1NG"},
		{"a", "$y", "$ynUan3SQu6OE"}, {"a", "$2y$06$abcdefghijklmnopqrstuu", "$23vsku5i7HPE"},
	} {
		got, err := Crypt(c[0], c[1])
		if err != nil || got != c[2] {
			t.Errorf("crypt(%q, %q) = %q, %v; want %q", c[0], c[1], got, err, c[2])
		}
	}
}

func TestMessageOfPostgreSQL(t *testing.T) {
	b, _ := hex.DecodeString("c30d04070302bb050713269504ad6dd23601b3208d799dc035696680e0ed55a19d087924c75a0713dfbaa3ff0b268b621d68cf06a9f9df7b96265d4b6a85c21b91072c3b29ec60")
	d, err := symDecrypt([]types.Datum{types.Bytes(b), types.Text("pw")}, true)
	if err != nil || d.S != "hello" {
		t.Fatal(d, err)
	}
}

func TestRoundTrip(t *testing.T) {
	for _, opt := range []string{"", "compress-algo=1", "compress-algo=2,compress-level=9", "cipher-algo=aes256", "cipher-algo=3des", "disable-mdc=1", "sess-key=1", "s2k-mode=0", "s2k-mode=1,s2k-digest-algo=sha256", "s2k-count=1024"} {
		d, err := symEncrypt([]types.Datum{types.Text("grüße\nx"), types.Text("key"), types.Text(opt)}, true)
		if err != nil {
			t.Fatal(opt, err)
		}
		if d, err = symDecrypt([]types.Datum{d, types.Text("key")}, true); err != nil || d.S != "grüße\nx" {
			t.Error(opt, d, err)
		}
	}
}

func FuzzMessage(f *testing.F) {
	b, _ := hex.DecodeString("c30d04070302bb050713269504ad6dd23601b3208d799dc035696680e0ed55a19d087924c75a0713dfbaa3ff0b268b621d68cf06a9f9df7b96265d4b6a85c21b91072c3b29ec60")
	f.Add(b)
	f.Add([]byte{0xc3, 0x04, 4, 7, 0, 2, 0xd2, 1, 1})
	f.Fuzz(func(_ *testing.T, b []byte) {
		_, _ = symDecrypt([]types.Datum{types.Bytes(b), types.Text("pw")}, true)
		_, _, _ = literal(b, 0)
		_, _, _ = armorParts(string(b))
	})
}
