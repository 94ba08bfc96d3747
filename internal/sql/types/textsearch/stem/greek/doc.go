// Package greek holds the Snowball stemmer of its language, generated: see package stem.
package greek
