package datefield

import "github.com/basement-project/basement/internal/errs"

// Fault is what is wrong with a text.
type Fault uint8

// The faults.
const (
	OK Fault = iota
	BadFormat
	Overflow
	MonthDayOverflow // perhaps the order of day and month was taken the wrong way round
	IntervalOverflow
	ZoneOverflow
)

// Error turns a fault into PostgreSQL's error, nil for OK.
func (f Fault) Error(typ, text string) error {
	switch f {
	case OK:
		return nil
	case Overflow:
		return errs.New("22008", "date/time field value out of range: \"%s\"", text)
	case MonthDayOverflow:
		return errs.New("22008", "date/time field value out of range: \"%s\"", text).
			WithHint("Perhaps you need a different \"datestyle\" setting.")
	case IntervalOverflow:
		return errs.New("22015", "interval field value out of range: \"%s\"", text)
	case ZoneOverflow:
		return errs.New("22009", "time zone displacement out of range: \"%s\"", text)
	}
	return errs.New("22007", "invalid input syntax for type %s: \"%s\"", typ, text)
}
