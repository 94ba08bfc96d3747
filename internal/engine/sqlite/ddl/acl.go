package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
)

// tableRights are all privileges of each kind of object, by ALTER DEFAULT PRIVILEGES' letters.
var allRights = map[byte]catalog.Privilege{
	'r': catalog.Select | catalog.Insert | catalog.Update | catalog.Delete | catalog.Truncate | catalog.References | catalog.TriggerPrivilege,
	'S': catalog.Select | catalog.Update | catalog.Usage,
	'f': catalog.Execute,
	'T': catalog.Usage,
	'n': catalog.Usage | catalog.Create,
	'c': catalog.Select | catalog.Insert | catalog.Update | catalog.References,
	'd': catalog.Create | catalog.Temporary | catalog.Connect,
}

// publicRights are what PUBLIC holds before anything was granted.
var publicRights = map[byte]catalog.Privilege{'f': catalog.Execute, 'T': catalog.Usage, 'd': catalog.Temporary | catalog.Connect}

// builtinACL spells out the list that applies while none was set.
func builtinACL(owner string, kind byte) []catalog.Grant {
	if kind == 'c' {
		return nil
	}
	list := []catalog.Grant{{Grantee: owner, Grantor: owner, Privileges: allRights[kind]}}
	if p := publicRights[kind]; p != 0 {
		list = append(list, catalog.Grant{Grantee: catalog.Public, Grantor: owner, Privileges: p})
	}
	return list
}

// spelled gives the entries of a list, spelling the default one out. The slice is the caller's.
func spelled(acl catalog.ACL, owner string, kind byte) []catalog.Grant {
	if acl.Default {
		return builtinACL(owner, kind)
	}
	return append([]catalog.Grant(nil), acl.Grants...)
}

// defaultACL is the list a new object starts with, as ALTER DEFAULT PRIVILEGES of its owner says.
func (r *run) defaultACL(owner, schema string, kind byte) catalog.ACL {
	var global, local *catalog.DefaultACL
	for _, d := range r.snap().DefaultACLs {
		if d.Role != owner || d.Object != kind {
			continue
		}
		switch d.Schema {
		case "":
			global = d
		case schema:
			local = d
		}
	}
	if global == nil && local == nil {
		return catalog.ACL{Default: true}
	}
	list := builtinACL(owner, kind)
	if global != nil {
		list = append([]catalog.Grant(nil), global.ACL.Grants...)
	}
	if local != nil {
		for _, g := range local.ACL.Grants {
			list = addGrant(list, g)
		}
	}
	return catalog.ACL{Grants: list}
}

// addGrant merges an entry into a list.
func addGrant(list []catalog.Grant, g catalog.Grant) []catalog.Grant {
	for i := range list {
		if list[i].Grantee == g.Grantee && list[i].Grantor == g.Grantor {
			list[i].Privileges |= g.Privileges
			list[i].GrantOption |= g.GrantOption
			return list
		}
	}
	return append(list, g)
}

// removeGrant takes privileges away; with optionOnly only the right to grant them on.
func removeGrant(list []catalog.Grant, grantee, grantor string, p catalog.Privilege, optionOnly bool) []catalog.Grant {
	out := list[:0]
	for _, g := range list {
		if g.Grantee == grantee && g.Grantor == grantor {
			g.GrantOption &^= p
			if !optionOnly {
				g.Privileges &^= p
			}
			if g.Privileges == 0 {
				continue
			}
		}
		out = append(out, g)
	}
	return out
}

// changeOwner replaces the owner in a list, as ALTER ... OWNER does.
func changeOwner(acl catalog.ACL, from, to string) catalog.ACL {
	if acl.Default {
		return acl
	}
	var list []catalog.Grant
	for _, g := range acl.Grants {
		if g.Grantor == from {
			g.Grantor = to
		}
		if g.Grantee == from {
			g.Grantee = to
		}
		list = addGrant(list, g)
	}
	return catalog.ACL{Grants: list}
}

// dependents says whether somebody granted on what he would lose.
func dependents(list []catalog.Grant, grantee string, p catalog.Privilege) bool {
	for _, g := range list {
		if g.Grantor == grantee && g.Grantee != grantee && g.Privileges&p != 0 {
			return true
		}
	}
	return false
}
