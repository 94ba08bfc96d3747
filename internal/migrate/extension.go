package migrate

import (
	"context"
	"regexp"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/project"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/print"
)

// createsCrypto finds the statement that makes the extension every project starts with.
var createsCrypto = regexp.MustCompile(`(?i)\bcreate\s+extension\b[^;]*\bpgcrypto\b`)

// namesCrypto finds pgcrypto's functions named with the schema they are in from the start.
var namesCrypto = regexp.MustCompile(`(?i)\bextensions"?\s*\.\s*"?(crypt|gen_salt|digest|hmac|gen_random_bytes|gen_random_uuid|armor|dearmor|encrypt|decrypt|pgp_)`)

const findCrypto = `select n.nspname, current_schema() from pg_extension e join pg_namespace n on n.oid = e.extnamespace
where e.extname = 'pgcrypto' and n.nspname = 'extensions' and pg_has_role(e.extowner, 'usage')`

// moveCrypto is for a project that creates pgcrypto, which is in the schema extensions already, in another schema: it goes
// there, and the statement is done. A script that looks for it in extensions finds it there.
func moveCrypto(ctx context.Context, tx engine.AdminTx, script *project.Script, st project.Statement) (done bool, err error) {
	if !createsCrypto.MatchString(st.Text) {
		return false, nil
	}
	stmt, err := parse.Statement(st.Text)
	if err != nil {
		return false, nil
	}
	create, ok := stmt.(*ast.CreateExtensionStmt)
	if !ok || create.Name != "pgcrypto" {
		return false, nil
	}
	for _, s := range script.Statements {
		if namesCrypto.MatchString(s.Text) {
			return false, nil
		}
	}
	found, err := tx.Exec(ctx, findCrypto, nil)
	if err != nil || len(found.Rows) == 0 {
		return false, err
	}
	schema := ""
	if now := found.Rows[0][1]; now != nil {
		schema = *now
	}
	for _, o := range create.Options {
		if c, ok := o.Arg.(*ast.AConst); ok && o.Name == "schema" {
			schema = c.Text
		}
	}
	if schema == "" || schema == "extensions" {
		return false, nil
	}
	_, err = tx.Exec(ctx, "alter extension pgcrypto set schema "+print.QuoteIdent(schema), nil)
	return errs.Of(err) == nil, err
}
