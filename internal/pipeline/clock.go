package pipeline

import (
	"strconv"
	"time"
)

// The stages whose time is told.
const (
	jwt = iota
	parse
	planning
	transaction
	response
	stages
)

var stageNames = [stages]string{"jwt", "parse", "plan", "transaction", "response"}

// clock measures the stages of one request.
type clock struct {
	last time.Time
	took [stages]time.Duration
	seen [stages]bool
}

func (c *clock) start() { c.last = time.Now() }

// mark ends a stage.
func (c *clock) mark(stage int) {
	now := time.Now()
	c.took[stage] += now.Sub(c.last)
	c.seen[stage] = true
	c.last = now
}

// header writes the Server-Timing header, in milliseconds, when it is wanted.
func (c *clock) header(x *exchange) {
	if !x.cfg.ServerTiming {
		return
	}
	b := make([]byte, 0, 96)
	for i, name := range stageNames {
		if !c.seen[i] {
			continue
		}
		if len(b) > 0 {
			b = append(b, ", "...)
		}
		b = append(append(b, name...), ";dur="...)
		b = strconv.AppendFloat(b, float64(c.took[i].Microseconds())/1000, 'f', 1, 64)
	}
	x.w.Header().Set("Server-Timing", string(b))
}
