package tochar

import (
	"math"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datefield"
	"github.com/basement-project/basement/internal/sql/types/datetime"
)

// fullYear completes a year of one to three digits to the one nearest 2020.
func fullYear(y int) int {
	switch {
	case y < 70:
		return y + 2000
	case y < 100:
		return y + 1900
	case y < 520:
		return y + 2000
	case y < 1000:
		return y + 1000
	}
	return y
}

// moment puts the fields found together.
func (c *scanner) moment(text string) (datetime.Moment, error) {
	outOfRange := func() error { return datefield.Overflow.Error("timestamp", text) }
	m := datetime.Moment{Month: 1, Day: 1}
	if c.ssss != 0 {
		m.Hour, m.Minute, m.Second = c.ssss/3600, c.ssss%3600/60, c.ssss%60
	}
	setIf := func(dest *int, v int) {
		if v != 0 {
			*dest = v
		}
	}
	setIf(&m.Second, c.ss)
	setIf(&m.Minute, c.mi)
	setIf(&m.Hour, c.hh)
	if c.clock12 {
		if m.Hour < 1 || m.Hour > 12 {
			return m, badFormat("hour \"%d\" is invalid for the 12-hour clock", m.Hour).
				WithHint("Use the 24-hour clock, or give an hour between 1 and 12.")
		}
		if c.pm != 0 && m.Hour < 12 {
			m.Hour += 12
		} else if c.pm == 0 && m.Hour == 12 {
			m.Hour = 0
		}
	}
	hasYear, hasMonth, hasDay := c.setYear(&m), false, false
	if c.j != 0 {
		m.Year, m.Month, m.Day = datetime.FromJulianDay(c.j)
		hasYear, hasMonth, hasDay = true, true, true
	}
	if c.ww != 0 {
		if c.convention == 'i' {
			jd := datetime.ISOWeekStart(m.Year) + (c.ww-1)*7
			if c.d > 1 {
				jd += c.d - 2
			} else if c.d == 1 {
				jd += 6
			}
			if jd < 0 || jd > math.MaxInt32 {
				return m, errs.New("22008", "timestamp out of range")
			}
			m.Year, m.Month, m.Day = datetime.FromJulianDay(jd)
			hasYear, hasMonth, hasDay = true, true, true
		} else {
			c.ddd = (c.ww-1)*7 + 1
		}
	}
	if c.w != 0 {
		c.dd = (c.w-1)*7 + 1
	}
	if c.dd != 0 {
		m.Day, hasDay = c.dd, true
	}
	if c.mm != 0 {
		m.Month, hasMonth = c.mm, true
	}
	if c.ddd != 0 && (m.Month <= 1 || m.Day <= 1) {
		if m.Year == 0 && c.bc == 0 {
			return m, badFormat("cannot calculate day of year without year information")
		}
		if c.convention == 'i' {
			jd := datetime.ISOWeekStart(m.Year) - 1 + c.ddd
			if jd < 0 || jd > math.MaxInt32 {
				return m, errs.New("22008", "timestamp out of range")
			}
			m.Year, m.Month, m.Day = datetime.FromJulianDay(jd)
			hasYear, hasMonth, hasDay = true, true, true
		} else {
			month, before := 1, 0
			for month <= 12 && c.ddd > before+datetime.DaysIn(m.Year, month) {
				before += datetime.DaysIn(m.Year, month)
				month++
			}
			if m.Month <= 1 {
				m.Month = month
			}
			if m.Day <= 1 {
				m.Day = c.ddd - before
			}
			hasMonth, hasDay = true, true
		}
	}
	if c.ms > math.MaxInt32/1000 {
		return m, outOfRange()
	}
	m.Micros = c.ms*1000 + c.us
	if hasMonth && (m.Month < 1 || m.Month > 12) || hasDay && (m.Day < 1 || m.Day > 31) ||
		hasYear && hasMonth && hasDay && m.Day > datetime.DaysIn(m.Year, m.Month) {
		return m, outOfRange()
	}
	if m.Hour < 0 || m.Hour > 23 || m.Minute < 0 || m.Minute > 59 || m.Second < 0 || m.Second > 59 || m.Micros < 0 || m.Micros >= 1000000 {
		return m, outOfRange()
	}
	if c.zoneSign != 0 && (c.zoneHour < 0 || c.zoneHour > 15 || c.zoneMinut < 0 || c.zoneMinut > 59) {
		return m, datefield.ZoneOverflow.Error("timestamp", text)
	}
	return m, nil
}

// setYear works out the year from year, century and era.
func (c *scanner) setYear(m *datetime.Moment) bool {
	cc := c.cc
	if c.bc != 0 {
		cc = -cc
	}
	switch {
	case c.year != 0 && c.cc != 0 && c.yearDigits <= 2:
		m.Year = c.year % 100
		switch {
		case m.Year != 0 && cc >= 0:
			m.Year += (cc - 1) * 100
		case m.Year != 0:
			m.Year = (cc+1)*100 - m.Year + 1
		case cc >= 0:
			m.Year = cc * 100
		default:
			m.Year = cc*100 + 1
		}
	case c.year != 0:
		m.Year = c.year
		if c.bc != 0 {
			m.Year = -m.Year
		}
		if m.Year < 0 {
			m.Year++
		}
	case c.cc != 0 && cc >= 0:
		m.Year = (cc-1)*100 + 1
	case c.cc != 0:
		m.Year = cc*100 + 1
	default:
		return false
	}
	return true
}
