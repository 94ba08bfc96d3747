package identity

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// secretsFile is the file in the data folder that keeps what Basement generated.
const secretsFile = "secrets.json"

// Secrets is what is generated once for a project and kept in its data folder, readable by its owner alone.
type Secrets struct {
	JWTSecret      string `json:"jwt_secret"`
	PublishableKey string `json:"publishable_key"`
	SecretKey      string `json:"secret_key"`
	// SigningKey is a private JSON Web Key: it signs users' tokens where no other key is set.
	SigningKey string `json:"signing_key"`
	// DatabasePassword is the authenticator role's on PostgreSQL, where Basement made that role.
	DatabasePassword string `json:"database_password"`
}

// LoadSecrets reads the data folder's secrets, and makes and keeps what is missing there.
func LoadSecrets(dir string) (Secrets, error) {
	path := filepath.Join(dir, secretsFile)
	var s Secrets
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return s, fmt.Errorf("read the project's secrets: %w", err)
	default:
		if err := json.Unmarshal(data, &s); err != nil {
			return s, fmt.Errorf("%s is damaged (%w): restore it, or remove it to get new keys", path, err)
		}
		if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
			if err := os.Chmod(path, 0o600); err != nil {
				return s, fmt.Errorf("%s is readable by others: %w", path, err)
			}
		}
	}
	whole := s
	if whole.JWTSecret == "" {
		whole.JWTSecret = newSecret()
	}
	if whole.PublishableKey == "" {
		whole.PublishableKey = newOpaqueKey(publishablePrefix)
	}
	if whole.SecretKey == "" {
		whole.SecretKey = newOpaqueKey(secretPrefix)
	}
	if whole.DatabasePassword == "" {
		whole.DatabasePassword = newSecret()
	}
	if whole.SigningKey == "" {
		if whole.SigningKey, err = newSigningKey(); err != nil {
			return s, err
		}
	}
	if whole == s {
		return s, nil
	}
	data, err = json.MarshalIndent(whole, "", "  ")
	if err != nil {
		return s, err
	}
	if err := writeDurably(path, append(data, '\n')); err != nil {
		return s, fmt.Errorf("keep the project's secrets: %w", err)
	}
	return whole, nil
}

// writeDurably replaces a file so that a crash leaves the old or the new one whole, mode 0600.
func writeDurably(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	_, err = temp.Write(data)
	if err == nil {
		err = temp.Sync()
	}
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { _ = folder.Close() }()
	return folder.Sync()
}
