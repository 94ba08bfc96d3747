package template

import "testing"

func TestFormat(t *testing.T) {
	m := &Moment{Year: 2024, Month: 3, Day: 5, Hour: 14, Minute: 7, Second: 9, Micros: 12345, Weekday: 2, YearDay: 65}
	for pattern, want := range map[string]string{
		"YYYY-MM-DD HH24:MI:SS.US": "2024-03-05 14:07:09.012345",
		"FMDay, FMDDth FMMonth":    "Tuesday, 5th March",
		`HH12:MI pm "at" \"x\"`:    `02:07 pm at "x"`,
	} {
		if got, err := Format(m, pattern); err != nil || got != want {
			t.Errorf("%s: %q, %v", pattern, got, err)
		}
	}
}

func FuzzTemplates(f *testing.F) {
	f.Add("2024-03-05", "YYYY-MM-DD")
	f.Add("12,454.8-", "99G999D9S")
	f.Add("1", "FM9.99EEEE\"\\")
	f.Fuzz(func(_ *testing.T, text, pattern string) {
		_, _ = Format(&Moment{Year: 2024, Month: 3, Day: 5}, pattern)
		if fields, err := Read(text, pattern); err == nil {
			fields.Date()
			fields.Clock()
		}
		if n, err := ParseNumber(pattern); err == nil && n.Pre+n.Post < 1000 {
			n.Format("12.5", true)
			n.FormatRoman(12)
			_, _ = n.Read(text)
		}
	})
}
