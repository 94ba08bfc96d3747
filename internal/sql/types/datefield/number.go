package datefield

import (
	"math"
	"strconv"
)

// Int reads an integer at the start of s as C's strtol does, and gives what follows; fit is false when it exceeds bits.
func Int(s string, bits int) (val int64, rest string, fit bool) {
	i := 0
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	start := i
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		i++
	}
	first := i
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i == first {
		return 0, s, true
	}
	val, err := strconv.ParseInt(s[start:i], 10, bits)
	return val, s[i:], err == nil
}

// Fraction reads ".5" to its end; a bare point is 0.
func Fraction(s string) (float64, Fault) {
	if s == "." {
		return 0, OK
	}
	for i := 1; i < len(s); i++ {
		if !isDigit(s[i]) {
			return 0, BadFormat
		}
	}
	f, err := strconv.ParseFloat("0"+s, 64)
	if err != nil {
		return 0, BadFormat
	}
	return f, OK
}

// FractionMicros reads ".5" as microseconds.
func FractionMicros(s string) (int64, Fault) {
	f, fault := Fraction(s)
	return int64(math.RoundToEven(f * 1000000)), fault
}

// Clock reads hh:mm, hh:mm:ss, hh:mm:ss.f and mm:ss.f. minuteSecond takes hh:mm as mm:ss.
func Clock(s string, minuteSecond bool) (hour, minute, second, micros int64, fault Fault) {
	hour, rest, fit := Int(s, 64)
	if !fit {
		return 0, 0, 0, 0, Overflow
	}
	if rest == "" || rest[0] != ':' {
		return 0, 0, 0, 0, BadFormat
	}
	minute, rest, fit = Int(rest[1:], 32)
	if !fit {
		return 0, 0, 0, 0, Overflow
	}
	switch {
	case rest == "":
		if minuteSecond {
			hour, minute, second = 0, hour, minute
		}
	case rest[0] == '.':
		if micros, fault = FractionMicros(rest); fault != OK {
			return 0, 0, 0, 0, fault
		}
		hour, minute, second = 0, hour, minute
	case rest[0] == ':':
		second, rest, fit = Int(rest[1:], 32)
		if !fit {
			return 0, 0, 0, 0, Overflow
		}
		if rest != "" {
			if rest[0] != '.' {
				return 0, 0, 0, 0, BadFormat
			}
			if micros, fault = FractionMicros(rest); fault != OK {
				return 0, 0, 0, 0, fault
			}
		}
	default:
		return 0, 0, 0, 0, BadFormat
	}
	if hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 60 || micros < 0 || micros > 1000000 {
		return 0, 0, 0, 0, Overflow
	}
	return hour, minute, second, micros, OK
}
