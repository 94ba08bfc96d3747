package datetime

// AddDays is d + days.
func (d Date) AddDays(days int32) (Date, error) {
	if !d.IsFinite() {
		return d, nil
	}
	sum := int64(d) + int64(days)
	if sum < -epochJulian || sum >= endDate {
		return 0, dateRange()
	}
	return Date(sum), nil
}
