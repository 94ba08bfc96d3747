package datefield

// WordKind says what a word stands for; its bit in a mask says that the value is known.
type WordKind uint8

// The kinds of word, numbered as the masks of datetime and interval use them.
const (
	Reserved  WordKind = 0
	Month     WordKind = 1
	Year      WordKind = 2
	Day       WordKind = 3
	Julian    WordKind = 4
	TZ        WordKind = 5
	DTZ       WordKind = 6
	DynTZ     WordKind = 7
	Ignored   WordKind = 8
	AMPM      WordKind = 9
	Hour      WordKind = 10
	Minute    WordKind = 11
	Second    WordKind = 12
	Millisec  WordKind = 13
	Microsec  WordKind = 14
	DayOfYear WordKind = 15
	DayOfWeek WordKind = 16
	Units     WordKind = 17
	ADBC      WordKind = 18
	Ago       WordKind = 19
	ISOTime   WordKind = 23
	Week      WordKind = 24
	Decade    WordKind = 25
	Century   WordKind = 26
	Millenium WordKind = 27
	DTZMod    WordKind = 28
	Unknown   WordKind = 31
)

// Values of reserved words and units.
const (
	Now = iota + 1
	Today
	Tomorrow
	Yesterday
	Zulu
	Epoch
	Infinity
	NegInfinity
	UnitYear
	UnitMonth
	UnitDay
	UnitHour
	UnitMinute
	UnitSecond
	UnitMillisec
	UnitMicrosec
	UnitQuarter
	UnitWeek
	UnitDecade
	UnitCentury
	UnitMillennium
	UnitJulian
	UnitDOW
	UnitDOY
	UnitISODOW
	UnitISOYear
	UnitEpoch
	UnitTimezone
	UnitTimezoneHour
	UnitTimezoneMinute
	UnitTime
	AM
	PM
	AD
	BC
)

// Word is what a word means.
type Word struct {
	Kind  WordKind
	Value int
}

// dateWords are the words of dates and times.
var dateWords = map[string]Word{
	"-infinity": {Reserved, NegInfinity}, "infinity": {Reserved, Infinity}, "epoch": {Reserved, Epoch}, "now": {Reserved, Now},
	"today": {Reserved, Today}, "tomorrow": {Reserved, Tomorrow}, "yesterday": {Reserved, Yesterday}, "allballs": {Reserved, Zulu},
	"ad": {ADBC, AD}, "bc": {ADBC, BC}, "am": {AMPM, AM}, "pm": {AMPM, PM}, "at": {Ignored, 0}, "on": {Ignored, 0},
	"jan": {Month, 1}, "january": {Month, 1}, "feb": {Month, 2}, "february": {Month, 2}, "mar": {Month, 3}, "march": {Month, 3},
	"apr": {Month, 4}, "april": {Month, 4}, "may": {Month, 5}, "jun": {Month, 6}, "june": {Month, 6}, "jul": {Month, 7}, "july": {Month, 7},
	"aug": {Month, 8}, "august": {Month, 8}, "sep": {Month, 9}, "sept": {Month, 9}, "september": {Month, 9}, "oct": {Month, 10},
	"october": {Month, 10}, "nov": {Month, 11}, "november": {Month, 11}, "dec": {Month, 12}, "december": {Month, 12},
	"sun": {DayOfWeek, 0}, "sunday": {DayOfWeek, 0}, "mon": {DayOfWeek, 1}, "monday": {DayOfWeek, 1}, "tue": {DayOfWeek, 2},
	"tues": {DayOfWeek, 2}, "tuesday": {DayOfWeek, 2}, "wed": {DayOfWeek, 3}, "weds": {DayOfWeek, 3}, "wednesday": {DayOfWeek, 3},
	"thu": {DayOfWeek, 4}, "thur": {DayOfWeek, 4}, "thurs": {DayOfWeek, 4}, "thursday": {DayOfWeek, 4}, "fri": {DayOfWeek, 5},
	"friday": {DayOfWeek, 5}, "sat": {DayOfWeek, 6}, "saturday": {DayOfWeek, 6},
	"y": {Units, UnitYear}, "m": {Units, UnitMonth}, "d": {Units, UnitDay}, "h": {Units, UnitHour}, "mm": {Units, UnitMinute},
	"s": {Units, UnitSecond}, "j": {Units, UnitJulian}, "jd": {Units, UnitJulian}, "julian": {Units, UnitJulian},
	"dow": {Units, UnitDOW}, "doy": {Units, UnitDOY}, "isodow": {Units, UnitISODOW}, "isoyear": {Units, UnitISOYear},
	"t": {ISOTime, UnitTime}, "dst": {DTZMod, 3600},
}

// unitWords are the words of intervals and of date_trunc's and extract's fields.
var unitWords = map[string]Word{
	"@": {Ignored, 0}, "ago": {Ago, 0},
	"c": {Units, UnitCentury}, "cent": {Units, UnitCentury}, "centuries": {Units, UnitCentury}, "century": {Units, UnitCentury},
	"d": {Units, UnitDay}, "day": {Units, UnitDay}, "days": {Units, UnitDay},
	"dec": {Units, UnitDecade}, "decade": {Units, UnitDecade}, "decades": {Units, UnitDecade}, "decs": {Units, UnitDecade},
	"h": {Units, UnitHour}, "hour": {Units, UnitHour}, "hours": {Units, UnitHour}, "hr": {Units, UnitHour}, "hrs": {Units, UnitHour},
	"m": {Units, UnitMinute}, "min": {Units, UnitMinute}, "mins": {Units, UnitMinute}, "minute": {Units, UnitMinute}, "minutes": {Units, UnitMinute},
	"microsecon": {Units, UnitMicrosec}, "us": {Units, UnitMicrosec}, "usec": {Units, UnitMicrosec}, "usecond": {Units, UnitMicrosec},
	"useconds": {Units, UnitMicrosec}, "usecs": {Units, UnitMicrosec},
	"mil": {Units, UnitMillennium}, "millennia": {Units, UnitMillennium}, "millennium": {Units, UnitMillennium}, "mils": {Units, UnitMillennium},
	"millisecon": {Units, UnitMillisec}, "ms": {Units, UnitMillisec}, "msec": {Units, UnitMillisec}, "msecond": {Units, UnitMillisec},
	"mseconds": {Units, UnitMillisec}, "msecs": {Units, UnitMillisec},
	"mon": {Units, UnitMonth}, "mons": {Units, UnitMonth}, "month": {Units, UnitMonth}, "months": {Units, UnitMonth},
	"qtr": {Units, UnitQuarter}, "quarter": {Units, UnitQuarter},
	"s": {Units, UnitSecond}, "sec": {Units, UnitSecond}, "second": {Units, UnitSecond}, "seconds": {Units, UnitSecond}, "secs": {Units, UnitSecond},
	"timezone": {Units, UnitTimezone}, "timezone_h": {Units, UnitTimezoneHour}, "timezone_m": {Units, UnitTimezoneMinute},
	"w": {Units, UnitWeek}, "week": {Units, UnitWeek}, "weeks": {Units, UnitWeek},
	"y": {Units, UnitYear}, "year": {Units, UnitYear}, "years": {Units, UnitYear}, "yr": {Units, UnitYear}, "yrs": {Units, UnitYear},
}

// cutWord is how much of a word PostgreSQL looks at.
const cutWord = 10

// FindWord looks up a word of dates and times, in lower case.
func FindWord(s string) (Word, bool) { return find(dateWords, s) }

// FindUnit looks up a word of intervals, in lower case.
func FindUnit(s string) (Word, bool) { return find(unitWords, s) }

func find(words map[string]Word, s string) (Word, bool) {
	if len(s) > cutWord {
		s = s[:cutWord]
	}
	w, ok := words[s]
	return w, ok
}
