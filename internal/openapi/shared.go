package openapi

import "strings"

func errorSchema() object {
	text := func(description string) object {
		return object{"type": []string{"string", "null"}, "description": description}
	}
	return object{"type": "object", "required": []string{"code", "message"}, "properties": object{
		"code":    object{"type": "string", "description": "An SQLSTATE, or a code of the API that starts with PGRST."},
		"message": object{"type": "string"},
		"details": text("More about this case."),
		"hint":    text("What may help."),
	}}
}

// filterSchema describes what stands behind a column's name in an address.
func filterSchema() object {
	return object{"type": "string", "pattern": `^(not\.)*[a-z]+(\([^)]*\))?\.`,
		"description": "operator.value: eq, neq, gt, gte, lt, lte, like, ilike, match, imatch, in, is, isdistinct, fts, plfts, phfts, " +
			"wfts, cs, cd, ov, sl, sr, nxl, nxr, adj; not. before an operator denies it."}
}

func sharedResponses() object {
	failure := func(description string) object {
		return object{"description": description, "content": object{"application/json": object{"schema": ref("schemas", "api.Error")}}}
	}
	return object{
		"BadRequest":          failure("The request could not be understood, or a value is not valid."),
		"Unauthorized":        failure("The key or the token is not valid, or one is needed."),
		"Forbidden":           failure("The role lacks a right, or row security refuses the row."),
		"Conflict":            failure("A unique or foreign key constraint refuses the row."),
		"RangeNotSatisfiable": failure("The offset lies behind the last row."),
		"Unavailable":         failure("The database cannot answer now; Retry-After tells when to try again."),
	}
}

func sharedParameters(schemas []string) object {
	query := func(name, description, example string) object {
		return object{"name": name, "in": "query", "required": false, "schema": object{"type": "string"},
			"description": description + " For example " + example}
	}
	header := func(name, description string, values ...string) object {
		return object{"name": name, "in": "header", "required": false, "description": description + " " + strings.Join(values, ", "),
			"schema": object{"type": "string"}}
	}
	number := func(name, description string) object {
		return object{"name": name, "in": "query", "required": false, "description": description,
			"schema": object{"type": "integer", "minimum": 0}}
	}
	profile := func(name string) object {
		p := header(name, "The schema.")
		if len(schemas) > 1 {
			p["schema"].(object)["enum"] = schemas
		}
		return p
	}
	return object{
		"select":      query("select", "Columns, and related rows in parentheses.", "id,name:title,author(name)"),
		"columns":     query("columns", "The columns to write; other keys of the body are ignored.", "id,name"),
		"on_conflict": query("on_conflict", "The columns of the unique constraint that decides whether a row is there already.", "id"),
		"order":       query("order", "Columns with asc or desc, nullsfirst or nullslast.", "created_at.desc,id"),
		"limit":       number("limit", "At most this many rows."),
		"offset":      number("offset", "Leave out this many rows."),
		"Range":       header("Range", "The rows, counted from zero, as from-to.", "0-19"),
		"Prefer.read": header("Prefer", "Preferences:", "count=exact", "count=planned", "count=estimated", "handling=strict"),
		"Prefer.write": header("Prefer", "Preferences:", "return=representation", "return=headers-only", "return=minimal",
			"resolution=merge-duplicates", "resolution=ignore-duplicates", "missing=default", "max-affected=N", "tx=rollback", "handling=strict"),
		"Prefer.call":     header("Prefer", "Preferences:", "count=exact", "max-affected=N", "handling=strict"),
		"Accept-Profile":  profile("Accept-Profile"),
		"Content-Profile": profile("Content-Profile"),
	}
}
