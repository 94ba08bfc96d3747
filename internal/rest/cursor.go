package rest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// cursorParam is the parameter that a page of keyset pagination begins after.
const cursorParam = "cursor"

// maxCursor bounds the text of a cursor, in bytes.
const maxCursor = 64 << 10

// Cursor is the place after a row in an order.
type Cursor struct {
	// Order are the terms of the order the row was met in.
	Order []string
	// Values are the row's values of those terms, as indexes into Request.Values; -1 is null.
	Values []int
}

// cursorText is a cursor as it travels, in JSON and then base64.
type cursorText struct {
	Order  []string  `json:"o"`
	Values []*string `json:"v"`
}

// NewCursor writes the place after a row: its values of an order's terms, nil for null.
func NewCursor(order []string, values []*string) string {
	b, err := json.Marshal(cursorText{Order: order, Values: values})
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// takeCursor reads the cursor among the parameters and gives the others.
func (r *Request) takeCursor(params []parameter, sh *shape) ([]parameter, error) {
	var rest []parameter
	for _, p := range params {
		if p.key != cursorParam {
			rest = append(rest, p)
			continue
		}
		if r.Cursor != nil || len(p.value) > maxCursor {
			return nil, badCursor()
		}
		var c cursorText
		b, err := base64.RawURLEncoding.DecodeString(p.value)
		if err != nil || json.Unmarshal(b, &c) != nil || len(c.Order) == 0 || len(c.Order) != len(c.Values) {
			return nil, badCursor()
		}
		r.Cursor = &Cursor{Order: c.Order}
		for i, v := range c.Values {
			sh.add('k', c.Order[i])
			sh.flag(v == nil)
			if v == nil {
				r.Cursor.Values = append(r.Cursor.Values, -1)
				continue
			}
			if strings.IndexByte(*v, 0) >= 0 {
				return nil, badCursor()
			}
			r.Cursor.Values = append(r.Cursor.Values, len(r.Values))
			r.Values = append(r.Values, *v)
		}
	}
	return rest, nil
}

func badCursor() error {
	return &errs.Error{Code: "PGRST100", Message: "failed to parse the cursor", Status: http.StatusBadRequest,
		Hint: "Take the address of the next page from the Link header as it is."}
}

// WrongCursor refuses a cursor that belongs to another order.
func WrongCursor() error {
	return &errs.Error{Code: "PGRST100", Message: "the cursor belongs to another order", Status: http.StatusBadRequest,
		Hint: "Take the address of the next page from the Link header as it is, or begin again without a cursor."}
}

// nextPage is the address of the page after a cursor, relative to the request's own.
func (r *Request) nextPage(cursor string) string {
	var parts []string
	for part := range strings.SplitSeq(r.rawQuery, "&") {
		if key, _, _ := strings.Cut(part, "="); key != cursorParam && part != "" {
			parts = append(parts, part)
		}
	}
	return "?" + strings.Join(append(parts, cursorParam+"="+cursor), "&")
}
