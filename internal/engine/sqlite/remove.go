package sqlite

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Remove deletes the database in a data folder, and nothing else there. A folder in use is refused with 55006; a folder
// without a database is no error.
func Remove(dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Close() }()
	// The log first: without its database it would be replayed into the next one.
	for _, suffix := range []string{"-wal", "-shm", "-journal", ""} {
		if err := os.Remove(filepath.Join(dir, FileName+suffix)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
