package rest

import (
	"sort"
	"strconv"
	"strings"
)

// MediaKind is a media type the dialect knows.
type MediaKind uint8

// The media types. MediaOther is any other; its text is in MediaType.Other.
const (
	MediaAny MediaKind = iota
	MediaJSON
	MediaGeoJSON
	MediaCSV
	MediaText
	MediaXML
	MediaOpenAPI
	MediaForm
	MediaOctets
	MediaOther
	// MediaArray is the array without nulls, MediaObject a single object.
	MediaArray
	MediaObject
	// MediaPlan is the execution plan of the answer in For.
	MediaPlan
)

// MediaType is a media type of Accept or Content-Type.
type MediaType struct {
	Kind  MediaKind
	Other string
	// Stripped is the parameter nulls=stripped of MediaObject.
	Stripped bool
	Plan     *PlanMedia
}

// PlanMedia are the parameters of the plan's media type.
type PlanMedia struct {
	For     MediaType
	JSON    bool
	Options []string // analyze, verbose, settings, buffers, wal, in this order
}

// String is the media type as it is written in headers.
func (m MediaType) String() string {
	switch m.Kind {
	case MediaJSON:
		return "application/json"
	case MediaGeoJSON:
		return "application/geo+json"
	case MediaCSV:
		return "text/csv"
	case MediaText:
		return "text/plain"
	case MediaXML:
		return "text/xml"
	case MediaOpenAPI:
		return "application/openapi+json"
	case MediaForm:
		return "application/x-www-form-urlencoded"
	case MediaOctets:
		return "application/octet-stream"
	case MediaArray:
		return "application/vnd.pgrst.array+json;nulls=stripped"
	case MediaObject:
		if m.Stripped {
			return "application/vnd.pgrst.object+json;nulls=stripped"
		}
		return "application/vnd.pgrst.object+json"
	case MediaPlan:
		s := "application/vnd.pgrst.plan+text"
		if m.Plan.JSON {
			s = "application/vnd.pgrst.plan+json"
		}
		s += `; for="` + m.Plan.For.String() + `"`
		if len(m.Plan.Options) > 0 {
			s += "; options=" + strings.Join(m.Plan.Options, "|")
		}
		return s
	case MediaOther:
		return m.Other
	}
	return "*/*"
}

// ContentType is the Content-Type header for m.
func (m MediaType) ContentType() string {
	switch m.Kind {
	case MediaJSON:
		return "application/json; charset=utf-8"
	case MediaOctets, MediaOther:
		return m.String()
	}
	return m.String() + "; charset=utf-8"
}

// ParseMediaType reads one media type.
func ParseMediaType(s string) MediaType { return parseMediaType(s, 0) }

func parseMediaType(s string, depth int) MediaType {
	switch s {
	case "application/json":
		return MediaType{Kind: MediaJSON}
	case "*/*":
		return MediaType{Kind: MediaAny}
	}
	main, sub, params := splitMediaType(s)
	stripped := params["nulls"] == "stripped"
	switch strings.ToLower(main) + "/" + strings.ToLower(sub) {
	case "application/json":
		return MediaType{Kind: MediaJSON}
	case "application/geo+json":
		return MediaType{Kind: MediaGeoJSON}
	case "text/csv":
		return MediaType{Kind: MediaCSV}
	case "text/plain":
		return MediaType{Kind: MediaText}
	case "text/xml":
		return MediaType{Kind: MediaXML}
	case "application/openapi+json":
		return MediaType{Kind: MediaOpenAPI}
	case "application/x-www-form-urlencoded":
		return MediaType{Kind: MediaForm}
	case "application/octet-stream":
		return MediaType{Kind: MediaOctets}
	case "application/vnd.pgrst.object+json", "application/vnd.pgrst.object":
		return MediaType{Kind: MediaObject, Stripped: stripped}
	case "application/vnd.pgrst.array+json", "application/vnd.pgrst.array":
		if stripped {
			return MediaType{Kind: MediaArray}
		}
		return MediaType{Kind: MediaJSON}
	case "application/vnd.pgrst.plan", "application/vnd.pgrst.plan+text":
		return planMedia(params, false, depth)
	case "application/vnd.pgrst.plan+json":
		return planMedia(params, true, depth)
	case "*/*":
		return MediaType{Kind: MediaAny}
	}
	return MediaType{Kind: MediaOther, Other: s}
}

func planMedia(params map[string]string, json bool, depth int) MediaType {
	p := &PlanMedia{JSON: json, For: MediaType{Kind: MediaJSON}}
	if s, ok := params["for"]; ok && depth < 3 {
		p.For = parseMediaType(s, depth+1)
	}
	asked := strings.Split(params["options"], "|")
	for _, name := range []string{"analyze", "verbose", "settings", "buffers", "wal"} {
		for _, a := range asked {
			if a == name {
				p.Options = append(p.Options, name)
				break
			}
		}
	}
	return MediaType{Kind: MediaPlan, Plan: p}
}

// splitMediaType takes main/sub and the parameters as far as they are well formed; a text that is no media type at all
// comes back as main.
func splitMediaType(s string) (main, sub string, params map[string]string) {
	i := span(s, 0, ".*")
	if i == 0 || i >= len(s) || s[i] != '/' {
		return s, "", nil
	}
	j := span(s, i+1, ".*+-")
	if j == i+1 {
		return s, "", nil
	}
	main, sub = s[:i], s[i+1:j]
	for {
		k := blanks(s, j)
		if k >= len(s) || s[k] != ';' {
			return main, sub, params
		}
		k = blanks(s, k+1)
		e := span(s, k, "-")
		if e == k {
			return main, sub, params
		}
		name := strings.ToLower(s[k:e])
		k = blanks(s, e)
		if k >= len(s) || s[k] != '=' {
			return main, sub, params
		}
		k = blanks(s, k+1)
		var value string
		if k < len(s) && s[k] == '"' {
			q := strings.IndexByte(s[k+1:], '"')
			if q < 0 {
				return main, sub, params
			}
			value, j = s[k+1:k+1+q], k+q+2
		} else {
			j = span(s, k, "|-")
			if j == k {
				return main, sub, params
			}
			value = s[k:j]
		}
		if params == nil {
			params = map[string]string{}
		}
		params[name] = value
	}
}

func span(s string, i int, extra string) int {
	for i < len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(extra, c) >= 0 {
			i++
			continue
		}
		break
	}
	return i
}

func blanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	return i
}

// parseAccept gives the media types of an Accept header, the most wanted first.
func parseAccept(s string) []MediaType {
	if s == "" || s == "*/*" {
		return []MediaType{{Kind: MediaAny}}
	}
	if strings.IndexByte(s, ',') < 0 && strings.IndexByte(s, ';') < 0 {
		return []MediaType{ParseMediaType(strings.TrimSpace(s))}
	}
	type wanted struct {
		text        string
		quality     float64
		specificity int
	}
	var list []wanted
	for _, one := range strings.Split(s, ",") {
		one = strings.ReplaceAll(one, " ", "")
		text, q, has := strings.Cut(one, ";q=")
		w := wanted{text: text, quality: 1, specificity: strings.Count(text, ";") - strings.Count(text, "*")}
		if has {
			q, _, _ = strings.Cut(q, ";")
			if f, err := strconv.ParseFloat(q, 64); err == nil {
				w.quality = f
			}
		}
		list = append(list, w)
	}
	sort.SliceStable(list, func(i, j int) bool {
		if list[i].quality != list[j].quality {
			return list[i].quality > list[j].quality
		}
		return list[i].specificity > list[j].specificity
	})
	out := make([]MediaType, len(list))
	for i, w := range list {
		out[i] = ParseMediaType(w.text)
	}
	return out
}
