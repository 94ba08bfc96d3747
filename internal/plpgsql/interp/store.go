package interp

import (
	"encoding/binary"
	"os"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Store keeps rows in their order: the first ones in memory, the rest in a temporary file.
type Store struct {
	rows    [][]types.Datum
	size    int
	file    *os.File
	offsets []int64 // where each row in the file begins
	end     int64
	out     []byte // what is not written yet
	in      []byte // what was read last, from inAt
	inAt    int64
}

const (
	// storeMemory is what a store keeps in memory, storeFile what it may write, in bytes.
	storeMemory = 4 << 20
	storeFile   = 1 << 30
	storeBlock  = 64 << 10
)

// Len is the number of rows.
func (s *Store) Len() int {
	if s == nil {
		return 0
	}
	return len(s.rows) + len(s.offsets)
}

// Add appends a row, which is the store's from then on.
func (s *Store) Add(row []types.Datum) error {
	if s.file == nil {
		s.size += 24 + 32*len(row)
		for _, d := range row {
			s.size += len(d.S)
		}
		if s.size <= storeMemory {
			s.rows = append(s.rows, row)
			return nil
		}
		f, err := os.CreateTemp("", "basement-rows-")
		if err != nil {
			return errs.New("58030", "could not create a temporary file")
		}
		// It needs no name: it ends with its last user.
		_ = os.Remove(f.Name())
		s.file = f
	}
	s.offsets = append(s.offsets, s.end+int64(len(s.out)))
	for _, d := range row {
		s.out = append(s.out, byte(d.Kind))
		switch d.Kind {
		case types.KindInt, types.KindFloat:
			s.out = binary.AppendVarint(s.out, d.I)
		case types.KindText, types.KindBytes:
			s.out = binary.AppendUvarint(s.out, uint64(len(d.S)))
			s.out = append(s.out, d.S...)
		}
	}
	if len(s.out) < storeBlock {
		return nil
	}
	return s.flush()
}

func (s *Store) flush() error {
	if s.end+int64(len(s.out)) > storeFile {
		return errs.New("53400", "temporary file size exceeds temp_file_limit (%dkB)", storeFile>>10)
	}
	n, err := s.file.WriteAt(s.out, s.end)
	s.end += int64(n)
	s.out = s.out[:0]
	if err != nil {
		return errs.New("53100", "could not write to a temporary file: %s", err.Error())
	}
	return nil
}

// Row gives row i, counted from 0. It is not to be changed.
func (s *Store) Row(i int) ([]types.Datum, error) {
	if i < len(s.rows) {
		return s.rows[i], nil
	}
	if len(s.out) > 0 {
		if err := s.flush(); err != nil {
			return nil, err
		}
	}
	i -= len(s.rows)
	from, to := s.offsets[i], s.end
	if i+1 < len(s.offsets) {
		to = s.offsets[i+1]
	}
	if from < s.inAt || to > s.inAt+int64(len(s.in)) {
		n := min(max(to-from, storeBlock), s.end-from)
		if int64(cap(s.in)) < n {
			s.in = make([]byte, n)
		}
		s.in, s.inAt = s.in[:n], from
		if _, err := s.file.ReadAt(s.in, from); err != nil {
			s.in = nil
			return nil, errs.New("58030", "could not read from a temporary file: %s", err.Error())
		}
	}
	return decodeRow(s.in[from-s.inAt : to-s.inAt]), nil
}

func decodeRow(b []byte) []types.Datum {
	var row []types.Datum
	for len(b) > 0 {
		d := types.Datum{}
		d.Kind = types.Kind(b[0])
		b = b[1:]
		switch d.Kind {
		case types.KindInt, types.KindFloat:
			v, n := binary.Varint(b)
			d.I, b = v, b[n:]
		case types.KindText, types.KindBytes:
			v, n := binary.Uvarint(b)
			d.S, b = string(b[n:n+int(v)]), b[n+int(v):]
		}
		row = append(row, d)
	}
	return row
}

// Each gives all rows in order.
func (s *Store) Each(f func(row []types.Datum) error) error {
	for i := range s.Len() {
		row, err := s.Row(i)
		if err != nil {
			return err
		}
		if err := f(row); err != nil {
			return err
		}
	}
	return nil
}

// Close gives the rows up.
func (s *Store) Close() {
	if s == nil {
		return
	}
	if s.file != nil {
		_ = s.file.Close()
	}
	*s = Store{}
}
