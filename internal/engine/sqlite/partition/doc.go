// Package partition owns the bounds of partitions: which partition a key belongs to, whether bounds overlap, and
// PostgreSQL's hash of keys. It must not know statements, the file or how rows are written.
package partition
