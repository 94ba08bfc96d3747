package ddl

import (
	"maps"
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

// optionNames are the parts of a name given as an option.
func optionNames(n ast.Node) []string {
	switch x := n.(type) {
	case *ast.TypeName:
		return x.Names
	case *ast.AConst:
		return []string{definedText(x)}
	}
	return []string{optionText(n)}
}

// createSearch is CREATE TEXT SEARCH CONFIGURATION and DICTIONARY.
func (r *run) createSearch(s *ast.DefineStmt) error {
	schema, name := split(s.Name)
	sc, err := r.targetSchema(schema)
	if err != nil {
		return err
	}
	dictionary := s.Kind == ast.ObjectTSDictionary
	if r.snap().SearchConfigNamed(sc.Name, name, dictionary) != nil {
		index, column := "pg_ts_config_cfgname_index", "cfgname, cfgnamespace"
		if dictionary {
			index, column = "pg_ts_dict_dictname_index", "dictname, dictnamespace"
		}
		return errs.New("23505", "duplicate key value violates unique constraint \"%s\"", index).
			WithDetail("Key (%s)=(%s, %d) already exists.", column, name, sc.OID)
	}
	x := &catalog.SearchConfig{OID: r.edit.NewOID(), Schema: sc.Name, Name: name, Owner: r.tx.Role()}
	d := definitionOf(s.Definition)
	if dictionary {
		err = r.searchDictionary(x, d)
	} else {
		err = r.searchConfig(x, d)
	}
	if err != nil {
		return err
	}
	r.edit.PutSearchConfig(x)
	return nil
}

func (r *run) searchConfig(x *catalog.SearchConfig, d definition) error {
	for option, e := range d {
		switch option {
		case "parser":
			if n := optionNames(e.Arg); n[len(n)-1] != "default" {
				return errs.New("42704", "text search parser \"%s\" does not exist", strings.Join(n, "."))
			}
		case "copy":
			n := optionNames(e.Arg)
			of := r.snap().FindSearchConfig(n, r.tx.SearchPath())
			if of == 0 {
				return errs.New("42704", "text search configuration \"%s\" does not exist", strings.Join(n, "."))
			}
			x.Maps = map[int][]catalog.OID{}
			if c := r.snap().SearchConfigByOID(of); c != nil {
				maps.Copy(x.Maps, c.Maps)
				continue
			}
			c, err := textsearch.FindConfig(catalog.TextSearchConfigName(of))
			if err != nil {
				return err
			}
			for k := textsearch.Kind(1); int(k) <= textsearch.Kinds; k++ {
				for _, dict := range c.Dictionaries(k) {
					oid, _ := catalog.TextSearchDictionary(dict.Name())
					x.Maps[int(k)] = append(x.Maps[int(k)], oid)
				}
			}
		default:
			return errs.New("42601", "text search configuration parameter \"%s\" not recognized", e.Name)
		}
	}
	switch {
	case d["parser"] != nil && d["copy"] != nil:
		return errs.New("42601", "cannot specify both PARSER and COPY options")
	case d["parser"] == nil && d["copy"] == nil:
		return errs.New("42P17", "text search parser is required")
	}
	return nil
}

func (r *run) searchDictionary(x *catalog.SearchConfig, d definition) error {
	if d["template"] == nil {
		return errs.New("42P17", "text search template is required")
	}
	n := optionNames(d["template"].Arg)
	template := n[len(n)-1]
	base := "simple"
	switch template {
	case "simple":
		x.NoStop = true
	case "snowball":
		if d["language"] == nil {
			return errs.New("22023", "missing Language parameter")
		}
		language := strings.ToLower(optionText(d["language"].Arg))
		base = language + "_stem"
		x.NoStop = true
		if stop := d["stopwords"]; stop != nil {
			if strings.ToLower(optionText(stop.Arg)) != language {
				return r.unsupported(stop.Pos, "a list of stop words of another language", "Name the dictionary's own language.")
			}
			x.NoStop = false
		}
	case "synonym", "thesaurus", "ispell", "unaccent":
		return r.unsupported(d["template"].Pos, "a text search dictionary from the template "+template, "It reads files of the server. Use simple, snowball, or the dictionary unaccent.")
	default:
		return errs.New("42704", "text search template \"%s\" does not exist", strings.Join(n, "."))
	}
	for option, e := range d {
		switch {
		case option == "template", template == "snowball" && (option == "language" || option == "stopwords"):
		case template == "simple" && (option == "stopwords" || option == "accept"):
			return r.unsupported(e.Pos, "the option "+e.Name+" of a simple dictionary", "Use a snowball dictionary for stop words.")
		case template == "simple":
			return errs.New("22023", "unrecognized simple dictionary parameter: \"%s\"", e.Name)
		default:
			return errs.New("22023", "unrecognized Snowball parameter: \"%s\"", e.Name)
		}
	}
	oid, ok := catalog.TextSearchDictionary(base)
	if !ok {
		return errs.New("42704", "no Snowball stemmer available for language \"%s\" and encoding \"UTF8\"", optionText(d["language"].Arg))
	}
	x.Base = oid
	return nil
}

// ownSearch finds a configuration of the project that may be changed, as a copy.
func (r *run) ownSearch(name []string, dictionary bool) (*catalog.SearchConfig, error) {
	what, find := "text search configuration", r.snap().FindSearchConfig
	if dictionary {
		what, find = "text search dictionary", r.snap().FindSearchDictionary
	}
	oid := find(name, r.tx.SearchPath())
	if oid == 0 {
		return nil, errs.New("42704", "%s \"%s\" does not exist", what, strings.Join(name, "."))
	}
	x := r.snap().SearchConfigByOID(oid)
	if x == nil {
		return nil, errs.New("42501", "must be owner of %s %s", what, name[len(name)-1])
	}
	if err := r.mustOwn(x.Owner, what, x.Name); err != nil {
		return nil, err
	}
	y := *x
	y.Maps = map[int][]catalog.OID{}
	for k, list := range x.Maps {
		y.Maps[k] = slices.Clone(list)
	}
	return &y, nil
}

// alterSearchMapping is ALTER TEXT SEARCH CONFIGURATION ... MAPPING.
func (r *run) alterSearchMapping(s *ast.AlterTSConfigurationStmt) error {
	x, err := r.ownSearch(s.Name.Parts, false)
	if err != nil {
		return err
	}
	var kinds []int
	for _, t := range s.Tokens {
		k := textsearch.KindNamed(t)
		if k == 0 {
			return errs.New("22023", "token type \"%s\" does not exist", t)
		}
		kinds = append(kinds, int(k))
	}
	var dicts []catalog.OID
	for _, n := range s.Dicts {
		oid := r.snap().FindSearchDictionary(n.Parts, r.tx.SearchPath())
		if oid == 0 {
			return errs.New("42704", "text search dictionary \"%s\" does not exist", strings.Join(n.Parts, "."))
		}
		dicts = append(dicts, oid)
	}
	switch s.Type {
	case ast.TSConfigAddMapping, ast.TSConfigAlterMapping:
		for _, k := range kinds {
			if s.Type == ast.TSConfigAddMapping && len(x.Maps[k]) > 0 {
				return errs.New("23505", "duplicate key value violates unique constraint \"pg_ts_config_map_index\"").
					WithDetail("Key (mapcfg, maptokentype, mapseqno)=(%d, %d, 1) already exists.", x.OID, k)
			}
			x.Maps[k] = dicts
		}
	case ast.TSConfigDropMapping:
		for i, k := range kinds {
			if len(x.Maps[k]) == 0 && !s.MissingOK {
				return errs.New("42704", "mapping for token type \"%s\" does not exist", s.Tokens[i])
			}
			delete(x.Maps, k)
		}
	default:
		for k, list := range x.Maps {
			if len(kinds) > 0 && !slices.Contains(kinds, k) {
				continue
			}
			for i, d := range list {
				if d == dicts[0] {
					list[i] = dicts[1]
				}
			}
		}
	}
	r.edit.PutSearchConfig(x)
	return nil
}

// dropSearch drops a configuration or dictionary; what still uses it keeps RESTRICT from dropping.
func (r *run) dropSearch(s *ast.DropStmt, o *ast.ObjectRef) error {
	dictionary := s.Kind == ast.ObjectTSDictionary
	x, err := r.ownSearch(o.Names, dictionary)
	if err != nil {
		if e := errs.Of(err); e.Code == "42704" {
			return r.missing(s, e)
		}
		return err
	}
	if dictionary {
		for _, c := range r.snap().SearchConfigs {
			for k, list := range c.Maps {
				if !slices.Contains(list, x.OID) {
					continue
				}
				if !s.Cascade {
					return errs.New("2BP01", "cannot drop text search dictionary %s because other objects depend on it", x.Name).
						WithDetail("text search configuration %s depends on text search dictionary %s", c.Name, x.Name).
						WithHint("Use DROP ... CASCADE to drop the dependent objects too.")
				}
				y := *c
				y.Maps = maps.Clone(c.Maps)
				delete(y.Maps, k)
				r.edit.PutSearchConfig(&y)
			}
		}
	}
	r.edit.DropSearchConfig(x.OID)
	return nil
}

// changeSearch changes the name, schema or owner of a configuration or dictionary.
func (r *run) changeSearch(o *ast.ObjectRef, change func(*catalog.SearchConfig)) error {
	dictionary := o.Kind == ast.ObjectTSDictionary
	x, err := r.ownSearch(o.Names, dictionary)
	if err != nil {
		return err
	}
	change(x)
	if y := r.snap().SearchConfigNamed(x.Schema, x.Name, dictionary); y != nil && y.OID != x.OID {
		return errs.New("42710", "%s \"%s\" already exists in schema \"%s\"", strings.ToLower(kindNames[o.Kind]), x.Name, x.Schema)
	}
	r.edit.PutSearchConfig(x)
	return nil
}

// dropSearchOf drops what a schema that is dropped has of text search; RESTRICT refuses.
func (r *run) dropSearchOf(s *ast.DropStmt, sc *catalog.Schema) error {
	var names []string
	for _, x := range r.snap().SearchConfigs {
		if x.Schema != sc.Name {
			continue
		}
		what := "text search configuration "
		if x.Base != 0 {
			what = "text search dictionary "
		}
		names = append(names, what+quote(sc.Name)+"."+quote(x.Name)+" depends on schema "+quote(sc.Name))
		if s.Cascade {
			r.edit.DropSearchConfig(x.OID)
		}
	}
	if len(names) == 0 || s.Cascade {
		return nil
	}
	return errs.New("2BP01", "cannot drop schema %s because other objects depend on it", quote(sc.Name)).
		WithDetail("%s", strings.Join(names, "\n")).WithHint("Use DROP ... CASCADE to drop the dependent objects too.")
}
