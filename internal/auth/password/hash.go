package password

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

type kind int

const (
	unknownKind kind = iota
	argonKind
	bcryptKind
)

func kindOf(hash string) kind {
	switch {
	case strings.HasPrefix(hash, "$argon2id$"), strings.HasPrefix(hash, "$argon2i$"):
		return argonKind
	case strings.HasPrefix(hash, "$2a$"), strings.HasPrefix(hash, "$2b$"), strings.HasPrefix(hash, "$2y$"):
		return bcryptKind
	}
	return unknownKind
}

// Known says whether a text is a hash that passwords can be checked with.
func Known(hash string) bool {
	switch kindOf(hash) {
	case argonKind:
		_, err := parseArgon(hash)
		return err == nil
	case bcryptKind:
		return len(hash) == 60
	}
	return false
}

// argon is a hash in the PHC string format: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
type argon struct {
	variant      string
	memory, time uint32
	threads      uint8
	salt, key    []byte
}

// own is how passwords are hashed: memory in KiB.
var own = argon{variant: "argon2id", memory: 19 * 1024, time: 2, threads: 1}

const (
	saltLength = 16
	keyLength  = 32
)

// Bounds on what a hash of another program may cost to check.
const (
	maxMemory  = 256 * 1024
	maxTime    = 16
	maxThreads = 16
)

func (a argon) String() string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$%s$v=%d$m=%d,t=%d,p=%d$%s$%s", a.variant, argon2.Version, a.memory, a.time, a.threads, b64(a.salt), b64(a.key))
}

var errHash = errors.New("not an argon2 hash that can be checked")

func parseArgon(hash string) (argon, error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return argon{}, errHash
	}
	a := argon{variant: parts[1]}
	for _, setting := range strings.Split(parts[3], ",") {
		var err error
		switch {
		case strings.HasPrefix(setting, "m="):
			_, err = fmt.Sscanf(setting, "m=%d", &a.memory)
		case strings.HasPrefix(setting, "t="):
			_, err = fmt.Sscanf(setting, "t=%d", &a.time)
		case strings.HasPrefix(setting, "p="):
			_, err = fmt.Sscanf(setting, "p=%d", &a.threads)
		default:
			err = errHash
		}
		if err != nil {
			return argon{}, errHash
		}
	}
	var err1, err2 error
	a.salt, err1 = base64.RawStdEncoding.DecodeString(strings.TrimRight(parts[4], "="))
	a.key, err2 = base64.RawStdEncoding.DecodeString(strings.TrimRight(parts[5], "="))
	switch {
	case err1 != nil, err2 != nil, len(a.salt) < 8, len(a.key) < 16, len(a.key) > 128,
		a.memory < 8, a.memory > maxMemory, a.time < 1, a.time > maxTime, a.threads < 1, a.threads > maxThreads:
		return argon{}, errHash
	}
	return a, nil
}

func (a argon) matches(password string) bool {
	derive := argon2.IDKey
	if a.variant == "argon2i" {
		derive = argon2.Key
	}
	got := derive([]byte(password), a.salt, a.time, a.memory, a.threads, uint32(len(a.key)))
	return subtle.ConstantTimeCompare(got, a.key) == 1
}

// current says whether a hash is made as hashes are made now, or stronger.
func (a argon) current() bool {
	return a.variant == own.variant && a.memory >= own.memory && a.time >= own.time && len(a.key) >= keyLength
}
