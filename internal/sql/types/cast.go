package types

import "github.com/basement-project/basement/internal/errs"

// Cast converts a value as from::to does and applies the typmod (-1 for none). The context decides what a value too long
// does: an explicit cast cuts it, an assignment refuses it. Domains' constraints are checked. Whether the cast may be
// written where it stands is the analyser's to ask of CastPathOf; Cast converts whenever there is any way.
func Cast(from, to *Type, typmod int32, d Datum, ctx CastContext, env *Env) (Datum, error) {
	if to.Kind == DomainType {
		out, err := Cast(from, to.Base, to.Typmod, d, ctx, env)
		if err != nil {
			return Datum{}, err
		}
		return out, CheckDomain(to, out, env)
	}
	if d.IsNull() {
		return d, nil
	}
	from = from.Underlying()
	if from.OID == to.OID {
		return ApplyTypmod(to, typmod, d, ctx, env)
	}
	if from.Category == 'S' || to.Category == 'S' || from.OID == UnknownOID {
		return In(to, typmod, Out(from, d, env), env)
	}
	return Datum{}, errs.New("42846", "cannot cast type %s to %s", from, to)
}

// ApplyTypmod is the length coercion of a type to itself: varchar(n), numeric(p,s), timestamp(p), bit(n) and the like.
func ApplyTypmod(t *Type, typmod int32, d Datum, ctx CastContext, env *Env) (Datum, error) {
	return d, nil
}
