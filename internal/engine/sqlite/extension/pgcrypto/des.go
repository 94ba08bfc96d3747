package pgcrypto

import (
	"math/bits"
	"strings"
)

// The tables of the Data Encryption Standard, bits counted from 1 at the left.
var (
	desPC1 = [56]byte{57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
		63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4}
	desPC2 = [48]byte{14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2,
		41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32}
	desIP = [64]byte{58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
		57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3, 61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7}
	desFP = [64]byte{40, 8, 48, 16, 56, 24, 64, 32, 39, 7, 47, 15, 55, 23, 63, 31, 38, 6, 46, 14, 54, 22, 62, 30, 37, 5, 45, 13, 53, 21, 61, 29,
		36, 4, 44, 12, 52, 20, 60, 28, 35, 3, 43, 11, 51, 19, 59, 27, 34, 2, 42, 10, 50, 18, 58, 26, 33, 1, 41, 9, 49, 17, 57, 25}
	desP = [32]byte{16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25}
	desS = [8][64]byte{
		{14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7, 0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12, 11, 9, 5, 3, 8,
			4, 1, 14, 8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0, 15, 12, 8, 2, 4, 9, 1, 7, 5, 11, 3, 14, 10, 0, 6, 13},
		{15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10, 3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1, 10, 6, 9, 11, 5,
			0, 14, 7, 11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15, 13, 8, 10, 1, 3, 15, 4, 2, 11, 6, 7, 12, 0, 5, 14, 9},
		{10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8, 13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5, 14, 12, 11, 15, 1,
			13, 6, 4, 9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7, 1, 10, 13, 0, 6, 9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12},
		{7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15, 13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2, 12, 1, 10, 14, 9,
			10, 6, 9, 0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4, 3, 15, 0, 6, 10, 1, 13, 8, 9, 4, 5, 11, 12, 7, 2, 14},
		{2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9, 14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15, 10, 3, 9, 8, 6,
			4, 2, 1, 11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14, 11, 8, 12, 7, 1, 14, 2, 13, 6, 15, 0, 9, 10, 4, 5, 3},
		{12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11, 10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13, 14, 0, 11, 3, 8,
			9, 14, 15, 5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6, 4, 3, 2, 12, 9, 5, 15, 10, 11, 14, 1, 7, 6, 0, 8, 13},
		{4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1, 13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5, 12, 2, 15, 8, 6,
			1, 4, 11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2, 6, 11, 13, 8, 1, 4, 10, 7, 9, 5, 0, 15, 14, 2, 3, 12},
		{13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7, 1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6, 11, 0, 14, 9, 2,
			7, 11, 4, 1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8, 2, 1, 14, 7, 4, 10, 8, 13, 15, 12, 9, 0, 3, 5, 6, 11},
	}
)

// permute takes the bits of a value of the given width in the order of a table.
func permute(v uint64, width int, table []byte) uint64 {
	var out uint64
	for _, t := range table {
		out = out<<1 | v>>(width-int(t))&1
	}
	return out
}

// saltedDES is DES whose expansion is disturbed by crypt's salt.
type saltedDES struct {
	keys [16]uint64
	salt uint64
	// sp are the S boxes followed by the permutation P.
	sp *[8][64]uint32
}

func spBoxes() *[8][64]uint32 {
	out := new([8][64]uint32)
	for box := range 8 {
		for in := range 64 {
			row, col := in>>4&2|in&1, in>>1&15
			out[box][in] = uint32(permute(uint64(desS[box][row*16+col])<<(28-4*box), 32, desP[:]))
		}
	}
	return out
}

func (d *saltedDES) key(k uint64) {
	cd := permute(k, 64, desPC1[:])
	c, e := uint32(cd>>28), uint32(cd&0xfffffff)
	for i := range 16 {
		n := 2
		if i == 0 || i == 1 || i == 8 || i == 15 {
			n = 1
		}
		c, e = (c<<n|c>>(28-n))&0xfffffff, (e<<n|e>>(28-n))&0xfffffff
		d.keys[i] = permute(uint64(c)<<28|uint64(e), 56, desPC2[:])
	}
}

// run encrypts a block count times.
func (d *saltedDES) run(block uint64, count int) uint64 {
	v := permute(block, 64, desIP[:])
	l, r := uint32(v>>32), uint32(v)
	for range count {
		for i := range 16 {
			// The expansion: six bits for each box, one shared with the neighbour on each side.
			turned := uint64(bits.RotateLeft32(r, -1))
			var e uint64
			for box := range 8 {
				e = e<<6 | uint64(bits.RotateLeft32(uint32(turned), 6+4*box))&63
			}
			swap := (e>>24 ^ e) & d.salt
			e ^= swap | swap<<24
			e ^= d.keys[i]
			var f uint32
			for box := range 8 {
				f |= d.sp[box][e>>(42-6*box)&63]
			}
			l, r = r, l^f
		}
		l, r = r, l
	}
	return permute(uint64(l)<<32|uint64(r), 64, desFP[:])
}

// saltBits turns crypt's salt into the mask of the expansion: its lowest bit is the mask's highest.
func saltBits(salt uint32) uint64 { return uint64(bits.Reverse32(salt) >> 8) }

func digits(s string) uint32 {
	var v uint32
	for i := len(s) - 1; i >= 0; i-- {
		v = v<<6 | uint32(max(strings.IndexByte(alphabet, s[i]), 0))
	}
	return v
}

// passwordKey packs seven bits of each of eight characters.
func passwordKey(s string) uint64 {
	var k uint64
	for i := range 8 {
		k <<= 8
		if i < len(s) {
			k |= uint64(s[i]<<1) & 0xff
		}
	}
	return k
}

func hashText(v uint64) string {
	out := make([]byte, 0, 11)
	for i := range 11 {
		if i < 10 {
			out = append(out, alphabet[v>>(58-6*i)&63])
		} else {
			out = append(out, alphabet[v<<2&63])
		}
	}
	return string(out)
}

func desCrypt(password, salt string) (string, error) {
	if len(salt) < 2 {
		return "", invalidSalt()
	}
	d := &saltedDES{salt: saltBits(digits(salt[:2])), sp: spBoxes()}
	d.key(passwordKey(password))
	return salt[:2] + hashText(d.run(0, 25)), nil
}

func xdes(password, setting string) (string, error) {
	if len(setting) < 9 {
		return "", invalidSalt()
	}
	count := int(digits(setting[1:5]))
	if count == 0 {
		return "", invalidSalt()
	}
	d := &saltedDES{sp: spBoxes()}
	key := passwordKey(password)
	d.key(key)
	for rest := password; len(rest) > 8; {
		rest = rest[8:]
		key = d.run(key, 1) ^ passwordKey(rest)
		d.key(key)
	}
	d.salt = saltBits(digits(setting[5:9]))
	return setting[:9] + hashText(d.run(0, count)), nil
}
