package stem

import "github.com/blevesearch/snowballstem"

// Hop moves the cursor n characters on; false when there are not so many.
func Hop(env *snowballstem.Env, n int) bool {
	at := env.Cursor
	for ; n > 0; n-- {
		if env.Cursor >= env.Limit {
			env.Cursor = at
			return false
		}
		env.NextChar()
	}
	return true
}
