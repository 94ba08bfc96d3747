package postgres

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/basement-project/basement/internal/errs"
)

// serverError turns what the driver gives into the error a client may see.
func serverError(err error) error {
	if err == nil {
		return nil
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return &errs.Error{
			Code: pg.Code, Message: pg.Message, Detail: pg.Detail, Hint: pg.Hint, Where: pg.Where,
			Schema: pg.SchemaName, Table: pg.TableName, Column: pg.ColumnName, DataType: pg.DataTypeName,
			Constraint: pg.ConstraintName, Position: int(pg.Position), Err: err,
		}
	}
	if e := errs.Of(err); e != nil {
		return e
	}
	return connectionError(err)
}

// connectionError is trouble with the server, not an answer of it.
func connectionError(err error) error {
	if err == nil {
		return nil
	}
	if e := errs.Of(err); e != nil {
		return e
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return serverError(err)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return &errs.Error{Code: "57014", Message: "canceling statement due to user request", Err: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &errs.Error{Code: "57014", Message: "canceling statement due to statement timeout", Err: err}
	}
	return &errs.Error{Code: "08006", Message: "the connection to the database was lost", Err: err}
}

// errorText is an error for the log, without the connection string's password.
func errorText(err error) string {
	if err == nil {
		return ""
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Message
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Error()
	}
	text, _, _ := strings.Cut(err.Error(), "password=")
	return text
}
