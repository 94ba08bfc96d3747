package interval

import (
	"cmp"
	"math"
	"strconv"

	"github.com/basement-project/basement/internal/errs"
)

// Interval is one value.
type Interval struct {
	Months int32
	Days   int32
	Micros int64
}

// Lengths of time in microseconds.
const (
	Second = int64(1000000)
	Minute = 60 * Second
	Hour   = 60 * Minute
	Day    = 24 * Hour
)

func outOfRange() *errs.Error { return errs.New("22008", "interval out of range") }

// Append appends the output function's text (IntervalStyle postgres): "1 year 2 mons -3 days +04:05:06.7".
func (v Interval) Append(buf []byte) []byte {
	empty, before := true, false
	part := func(n int64, unit string) {
		if n == 0 {
			return
		}
		if !empty {
			buf = append(buf, ' ')
		}
		if before && n > 0 {
			buf = append(buf, '+')
		}
		buf = append(strconv.AppendInt(buf, n, 10), ' ')
		buf = append(buf, unit...)
		if n != 1 {
			buf = append(buf, 's')
		}
		before, empty = n < 0, false
	}
	part(int64(v.Months/12), "year")
	part(int64(v.Months%12), "mon")
	part(int64(v.Days), "day")
	if v.Micros == 0 && !empty {
		return buf
	}
	if !empty {
		buf = append(buf, ' ')
	}
	// The magnitude as unsigned: the least int64 has no positive counterpart.
	micros := uint64(v.Micros)
	if v.Micros < 0 {
		buf = append(buf, '-')
		micros = -micros
	} else if before {
		buf = append(buf, '+')
	}
	hours := micros / uint64(Hour)
	if hours < 10 {
		buf = append(buf, '0')
	}
	buf = strconv.AppendUint(buf, hours, 10)
	rest := micros % uint64(Hour)
	buf = append(buf, ':', byte('0'+rest/uint64(10*Minute)), byte('0'+rest/uint64(Minute)%10), ':')
	rest %= uint64(Minute)
	buf = append(buf, byte('0'+rest/uint64(10*Second)), byte('0'+rest/uint64(Second)%10))
	return AppendMicros(buf, int(rest%uint64(Second)))
}

// AppendMicros appends a fraction of a second without zeros at its end: ".5", or nothing.
func AppendMicros(buf []byte, micros int) []byte {
	if micros == 0 {
		return buf
	}
	buf = append(buf, '.')
	for unit := 100000; micros > 0; unit /= 10 {
		buf = append(buf, byte('0'+micros/unit))
		micros %= unit
	}
	return buf
}

// String is the output function's text.
func (v Interval) String() string { return string(v.Append(nil)) }

// span is the length the order goes by, in days and the microseconds of a day: a month has 30 days, a day 24 hours.
func (v Interval) span() (days, micros int64) {
	days = int64(v.Months)*30 + int64(v.Days) + v.Micros/Day
	micros = v.Micros % Day
	if micros < 0 {
		micros += Day
		days--
	}
	return days, micros
}

// Compare orders intervals by their length: "1 month" equals "30 days".
func Compare(a, b Interval) int {
	ad, am := a.span()
	bd, bm := b.span()
	return cmp.Or(cmp.Compare(ad, bd), cmp.Compare(am, bm))
}

func addInt32(a, b int32) (int32, bool) {
	s := int64(a) + int64(b)
	return int32(s), s == int64(int32(s))
}

func addInt64(a, b int64) (int64, bool) {
	s := a + b
	return s, (s > a) == (b > 0)
}

func mulInt64(a, b int64) (int64, bool) {
	if a == 0 || b == 0 {
		return 0, true
	}
	p := a * b
	return p, p/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64)
}

// Add is a + b, field by field.
func Add(a, b Interval) (Interval, error) {
	months, ok1 := addInt32(a.Months, b.Months)
	days, ok2 := addInt32(a.Days, b.Days)
	micros, ok3 := addInt64(a.Micros, b.Micros)
	if !ok1 || !ok2 || !ok3 {
		return Interval{}, outOfRange()
	}
	return Interval{months, days, micros}, nil
}

// Sub is a - b, field by field.
func Sub(a, b Interval) (Interval, error) {
	n, err := b.Neg()
	if err != nil {
		return Interval{}, err
	}
	return Add(a, n)
}

// Neg is the interval with every sign turned.
func (v Interval) Neg() (Interval, error) {
	if v.Months == math.MinInt32 || v.Days == math.MinInt32 || v.Micros == math.MinInt64 {
		return Interval{}, outOfRange()
	}
	return Interval{-v.Months, -v.Days, -v.Micros}, nil
}

// Mul is v * factor; fractions of months and days become days and microseconds.
func (v Interval) Mul(factor float64) (Interval, error) {
	return v.scale(func(f float64) float64 { return f * factor })
}

// Div is v / divisor.
func (v Interval) Div(divisor float64) (Interval, error) {
	if divisor == 0 {
		return Interval{}, errs.New("22012", "division by zero")
	}
	return v.scale(func(f float64) float64 { return f / divisor })
}

func (v Interval) scale(by func(float64) float64) (Interval, error) {
	months, days := by(float64(v.Months)), by(float64(v.Days))
	fits := func(f float64) bool { return f >= math.MinInt32 && f <= math.MaxInt32 }
	if !fits(months) || !fits(days) {
		return Interval{}, outOfRange()
	}
	r := Interval{Months: int32(months), Days: int32(days)}
	monthDays := round6((months - float64(r.Months)) * 30)
	seconds := round6((days - float64(r.Days) + monthDays - math.Trunc(monthDays)) * 86400)
	if math.Abs(seconds) >= 86400 {
		whole := math.Trunc(seconds / 86400)
		r.Days += int32(whole)
		seconds -= whole * 86400
	}
	r.Days += int32(monthDays)
	micros := math.RoundToEven(by(float64(v.Micros)) + seconds*1000000)
	if !(micros >= math.MinInt64 && micros < math.MaxInt64) {
		return Interval{}, outOfRange()
	}
	r.Micros = int64(micros)
	return r, nil
}

func round6(f float64) float64 { return math.RoundToEven(f*1000000) / 1000000 }

// JustifyHours turns each 24 hours into a day.
func (v Interval) JustifyHours() (Interval, error) {
	whole := v.Micros / Day
	v.Micros -= whole * Day
	days := int64(v.Days) + whole
	if days != int64(int32(days)) {
		return Interval{}, outOfRange()
	}
	v.Days = int32(days)
	return v.evenTime(), nil
}

func (v Interval) evenTime() Interval {
	if v.Days > 0 && v.Micros < 0 {
		v.Micros += Day
		v.Days--
	} else if v.Days < 0 && v.Micros > 0 {
		v.Micros -= Day
		v.Days++
	}
	return v
}

// JustifyDays turns each 30 days into a month.
func (v Interval) JustifyDays() (Interval, error) {
	whole := v.Days / 30
	v.Days -= whole * 30
	months, ok := addInt32(v.Months, whole)
	if !ok {
		return Interval{}, outOfRange()
	}
	v.Months = months
	if v.Months > 0 && v.Days < 0 {
		v.Days += 30
		v.Months--
	} else if v.Months < 0 && v.Days > 0 {
		v.Days -= 30
		v.Months++
	}
	return v, nil
}

// Justify does both, with one sign for all fields.
func (v Interval) Justify() (Interval, error) {
	whole := v.Micros / Day
	v.Micros -= whole * Day
	days := int64(v.Days) + whole
	months := int64(v.Months) + days/30
	days %= 30
	if months != int64(int32(months)) {
		return Interval{}, outOfRange()
	}
	v.Months, v.Days = int32(months), int32(days)
	if v.Months > 0 && (v.Days < 0 || v.Days == 0 && v.Micros < 0) {
		v.Days += 30
		v.Months--
	} else if v.Months < 0 && (v.Days > 0 || v.Days == 0 && v.Micros > 0) {
		v.Days -= 30
		v.Months++
	}
	return v.evenTime(), nil
}

// Make is make_interval.
func Make(years, months, weeks, days, hours, mins int32, secs float64) (Interval, error) {
	if math.IsInf(secs, 0) || math.IsNaN(secs) {
		return Interval{}, outOfRange()
	}
	m := int64(years)*12 + int64(months)
	d := int64(weeks)*7 + int64(days)
	if m != int64(int32(m)) || d != int64(int32(d)) {
		return Interval{}, outOfRange()
	}
	s := math.RoundToEven(secs * 1000000)
	if !(s >= math.MinInt64 && s < math.MaxInt64) {
		return Interval{}, outOfRange()
	}
	micros, ok := addInt64(int64(hours)*Hour+int64(mins)*Minute, int64(s))
	if !ok {
		return Interval{}, outOfRange()
	}
	return Interval{int32(m), int32(d), micros}, nil
}

// Fields of an interval type's limits, as its typmod numbers them.
const (
	FieldMonth  = 1 << 1
	FieldYear   = 1 << 2
	FieldDay    = 1 << 3
	FieldHour   = 1 << 10
	FieldMinute = 1 << 11
	FieldSecond = 1 << 12
	AllFields   = 0x7FFF
)

// Limit cuts an interval to the fields of its type and rounds its seconds; precision below 0 or over 6 keeps them.
func (v Interval) Limit(fields int32, precision int) (Interval, error) {
	switch {
	case fields == AllFields || fields&FieldSecond != 0:
	case fields&FieldMinute != 0:
		v.Micros -= v.Micros % Minute
	case fields&FieldHour != 0:
		v.Micros -= v.Micros % Hour
	case fields&FieldDay != 0:
		v.Micros = 0
	case fields&FieldMonth != 0:
		v.Days, v.Micros = 0, 0
	case fields&FieldYear != 0:
		v.Months -= v.Months % 12
		v.Days, v.Micros = 0, 0
	}
	if precision >= 0 && precision < 6 {
		rounded, ok := RoundMicros(v.Micros, precision)
		if !ok {
			return Interval{}, outOfRange()
		}
		v.Micros = rounded
	}
	return v, nil
}

// RoundMicros rounds microseconds to so many digits of a second, half away from zero.
func RoundMicros(micros int64, precision int) (int64, bool) {
	if precision < 0 || precision >= 6 {
		return micros, true
	}
	scale := int64(1)
	for ; precision < 6; precision++ {
		scale *= 10
	}
	half := scale / 2
	if micros < 0 {
		half = -half
	}
	sum, ok := addInt64(micros, half)
	if !ok {
		return 0, false
	}
	return sum - sum%scale, true
}
