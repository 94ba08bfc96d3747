package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/jackc/pgx/v5"
)

// report keeps every figure of every round.
type report struct {
	Options *options  `json:"options"`
	Machine string    `json:"machine"`
	Peers   []string  `json:"peers"`
	Figures []*figure `json:"figures"`
}

// figure is one thing measured of one peer: Values are the rounds', Ratio is the median of the first peer divided by this
// one's (above 1 the first does more per second, or needs more where a figure is a need).
type figure struct {
	Peer   string    `json:"peer"`
	Work   string    `json:"work"`
	Unit   string    `json:"unit"`
	Values []float64 `json:"values"`
	Median float64   `json:"median"`
	Spread float64   `json:"spread"` // (greatest - least) / median
	Ratio  float64   `json:"ratio,omitempty"`
}

func (r *report) find(peer, work, unit string) *figure {
	i := slices.IndexFunc(r.Figures, func(f *figure) bool { return f.Peer == peer && f.Work == work && f.Unit == unit })
	if i < 0 {
		return nil
	}
	return r.Figures[i]
}

// add adds one round's value; the medians and ratios are those of the values so far.
func (r *report) add(peer, work, unit string, v float64) {
	f := r.find(peer, work, unit)
	if f == nil {
		f = &figure{Peer: peer, Work: work, Unit: unit}
		r.Figures = append(r.Figures, f)
	}
	f.Values = append(f.Values, v)
	sorted := slices.Sorted(slices.Values(f.Values))
	f.Median = sorted[len(sorted)/2]
	if len(sorted)%2 == 0 {
		f.Median = (f.Median + sorted[len(sorted)/2-1]) / 2
	}
	if f.Median > 0 {
		f.Spread = (sorted[len(sorted)-1] - sorted[0]) / f.Median
	}
	first := r.find(r.Peers[0], work, unit)
	for _, g := range r.Figures {
		if first != nil && g.Work == work && g.Unit == unit && g.Median > 0 {
			g.Ratio = first.Median / g.Median
		}
	}
}

const (
	rate = "/s"
	cpu  = "us CPU"
	p50  = "ms p50"
	p99  = "ms p99"
)

func (r *report) sample(peer, work string, s sample, micros float64) {
	r.add(peer, work, rate, s.perSecond)
	r.add(peer, work, cpu, micros)
	r.add(peer, work, p50, s.p50)
	r.add(peer, work, p99, s.p99)
}

func (r *report) print(w io.Writer) {
	o := r.Options
	_, _ = fmt.Fprintf(w, "%s\n%d authors, %d posts; %d rounds of %v; %s; medians, spread in brackets, x is %s divided by the peer\n\n",
		r.Machine, o.Authors, o.Posts, o.Rounds, o.Duration, o.Generator, r.Peers[0])
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(t, "work\t%s\n", strings.Join(r.Peers, "\t"))
	var names []string
	for _, f := range r.Figures {
		if key := f.Work + "|" + f.Unit; f.Unit != cpu && f.Unit != p50 && f.Unit != p99 && !slices.Contains(names, key) {
			names = append(names, key)
		}
	}
	for _, key := range names {
		work, unit, _ := strings.Cut(key, "|")
		_, _ = fmt.Fprintf(t, "%s", work)
		for i, p := range r.Peers {
			f := r.find(p, work, unit)
			if f == nil {
				_, _ = fmt.Fprint(t, "\t-")
				continue
			}
			text := fmt.Sprintf("%.0f%s", f.Median, unit)
			if unit != rate {
				text = fmt.Sprintf("%.1f %s", f.Median, unit)
			}
			if len(f.Values) > 1 {
				text += fmt.Sprintf(" (%.0f%%)", f.Spread*100)
			}
			if c := r.find(p, work, cpu); unit == rate && c != nil {
				text += fmt.Sprintf(" %.0fus p99 %.1fms", c.Median, r.find(p, work, p99).Median)
			}
			if i > 0 {
				text += fmt.Sprintf(" x%.2f", f.Ratio)
			}
			_, _ = fmt.Fprint(t, "\t"+text)
		}
		_, _ = fmt.Fprintln(t)
	}
	_ = t.Flush()
}

// machine says what the figures were made on.
func machine() string {
	model := runtime.GOARCH
	data, _ := os.ReadFile("/proc/cpuinfo")
	if _, after, ok := strings.Cut(string(data), "model name"); ok {
		line, _, _ := strings.Cut(after, "\n")
		model = strings.TrimLeft(line, "\t :")
	}
	load, _ := os.ReadFile("/proc/loadavg")
	out := fmt.Sprintf("%s, %d processors, %s", model, runtime.NumCPU(), runtime.Version())
	if f := strings.Fields(string(load)); len(f) > 0 {
		out += ", load before " + f[0]
	}
	return out
}

// newDatabase makes an empty database in a cluster and gives its URL.
func newDatabase(ctx context.Context, cluster, name string) (string, error) {
	if cluster == "" {
		return "", fmt.Errorf("%s needs -database", name)
	}
	c, err := pgx.Connect(ctx, cluster)
	if err != nil {
		return "", err
	}
	defer func() { _ = c.Close(ctx) }()
	for _, sql := range []string{"drop database if exists " + name + " with (force)", "create database " + name} {
		if _, err := c.Exec(ctx, sql); err != nil {
			return "", err
		}
	}
	before, query, _ := strings.Cut(cluster, "?")
	at := strings.LastIndexByte(before, '/')
	url := before[:at+1] + name
	if query != "" {
		url += "?" + query
	}
	return url, nil
}
