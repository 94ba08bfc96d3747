// Package finnish holds the Snowball stemmer of its language, generated: see package stem.
package finnish
