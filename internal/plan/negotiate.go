package plan

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/types"
)

// negotiate picks the media type of the answer: the first accepted one that can be made. whole says that select asks
// for the relation's own columns alone, which is what handlers made for the relation take.
func (m *Model) negotiate(r *rest.Request, target catalog.Name, whole bool) (handler, error) {
	lookup := func(media rest.MediaType) (handler, bool) {
		if whole {
			if h, ok := m.handlers[handlerKey{target, "*/*"}]; ok {
				return h, true
			}
			if h, ok := m.handlers[handlerKey{target, media.String()}]; ok {
				return h, true
			}
		}
		h, ok := m.handlers[handlerKey{media: media.String()}]
		return h, ok
	}
	for _, media := range r.Accept {
		switch media.Kind {
		case rest.MediaObject, rest.MediaArray:
			return handler{media: media}, nil
		case rest.MediaPlan:
			if !m.Config.Plans {
				continue
			}
			switch of := media.Plan.For; of.Kind {
			case rest.MediaObject, rest.MediaArray:
				return handler{media: media}, nil
			default:
				if h, ok := lookup(of); ok {
					h.media = media
					return h, nil
				}
			}
		default:
			if h, ok := lookup(media); ok {
				return h, nil
			}
		}
	}
	return handler{}, notAcceptable(r.Accept)
}

// callable says whether f is a function the API may call: not a trigger's, and with at most one unnamed parameter, which
// takes the request's body.
func (m *Model) callable(f *catalog.Function) bool {
	if f.Kind != catalog.RegularFunction || f.Returns == types.TriggerOID {
		return false
	}
	unnamed := 0
	var one catalog.OID
	for _, p := range f.Inputs() {
		if p.Name == "" {
			unnamed++
			one = p.Type
		}
	}
	switch {
	case unnamed == 0:
		return true
	case unnamed > 1:
		return false
	}
	switch one {
	case types.ByteaOID, types.JSONOID, types.JSONBOID, types.TextOID, types.XMLOID:
		return true
	}
	return false
}
