// Package datefield owns the first step of reading dates, times and intervals: cutting a text into fields by what they look
// like, and the words PostgreSQL knows in them. What the fields mean together is for datetime and interval.
package datefield
