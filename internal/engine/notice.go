package engine

import "context"

// Notice is a message of the database that is not an error: RAISE NOTICE and its like.
type Notice struct {
	// Severity is "NOTICE", "WARNING", "INFO", "LOG" or "DEBUG".
	Severity, Code, Message, Detail, Hint string
}

type noticeKey struct{}

// WithNotices gives a context in which the engine passes each notice to f, in order, on the goroutine that runs the statement
// or on the connection's.
func WithNotices(ctx context.Context, f func(Notice)) context.Context {
	return context.WithValue(ctx, noticeKey{}, f)
}

// Notices is who listens to the notices of a context's statements, nil for nobody.
func Notices(ctx context.Context) func(Notice) {
	f, _ := ctx.Value(noticeKey{}).(func(Notice))
	return f
}
