// Package timezone owns the time zones PostgreSQL knows: names in any case, POSIX specifications, abbreviations, and the
// offset of a zone at an instant or a local time. The zones' data is embedded. It must not know dates or text formats.
package timezone
