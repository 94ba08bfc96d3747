package postgres

import (
	"context"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/basement-project/basement/internal/engine"
)

// noticeData is where a connection keeps who listens to its notices.
const noticeData = "basement_notices"

// listenTo passes a connection's notices on to the context's listener until stop is called.
func listenTo(ctx context.Context, pg *pgconn.PgConn) (stop func()) {
	f := engine.Notices(ctx)
	if f == nil {
		return func() {}
	}
	pg.CustomData()[noticeData] = f
	return func() { delete(pg.CustomData(), noticeData) }
}

func onNotice(pg *pgconn.PgConn, n *pgconn.Notice) {
	if f, ok := pg.CustomData()[noticeData].(func(engine.Notice)); ok {
		f(engine.Notice{Severity: n.Severity, Code: n.Code, Message: n.Message, Detail: n.Detail, Hint: n.Hint})
	}
}
