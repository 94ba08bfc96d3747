// Package russian holds the Snowball stemmer of its language, generated: see package stem.
package russian
