package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type options struct {
	Authors     int           `json:"authors"`
	Posts       int           `json:"posts"`
	Rounds      int           `json:"rounds"`
	Duration    time.Duration `json:"duration_ns"`
	Connections int           `json:"connections"`
	Generator   string        `json:"generator"`
	peers       []string
	works       []string
	json        string
	basement    string
	database    string
	dir         string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	var o options
	f := flag.NewFlagSet("load", flag.ContinueOnError)
	f.IntVar(&o.Authors, "authors", 1000, "rows of authors")
	f.IntVar(&o.Posts, "posts", 100_000, "rows of posts and of notes")
	f.IntVar(&o.Rounds, "rounds", 5, "rounds; the table shows medians")
	f.DurationVar(&o.Duration, "duration", 3*time.Second, "how long each work is put on a peer in each round")
	f.IntVar(&o.Connections, "connections", 64, "connections, where the work does not say how many")
	f.StringVar(&o.Generator, "generator", "", "wrk or go; wrk when it is installed")
	f.StringVar(&o.json, "json", "", "a file for the figures of all rounds")
	f.StringVar(&o.basement, "basement", "", "the binary to measure; built when empty")
	f.StringVar(&o.database, "database", os.Getenv("BASEMENT_TEST_DATABASE_URL"), "a PostgreSQL for the peers that need one (they make databases of their own in it)")
	peers := f.String("peers", "basement,bare,pocketbase", "who is measured: also basement-postgres, bare-postgres, NAME=FILE for another basement")
	works := f.String("work", "", "the names of the work, separated by commas; all when empty")
	if err := f.Parse(args); err != nil {
		return err
	}
	o.peers = strings.Split(*peers, ",")
	if *works != "" {
		o.works = strings.Split(*works, ",")
	}
	dir, err := os.MkdirTemp("", "basement-load-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	o.dir = dir
	report, err := measure(ctx, &o)
	if err != nil {
		return err
	}
	report.print(os.Stdout)
	if o.json == "" {
		return nil
	}
	data, err := json.MarshalIndent(report, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(o.json, append(data, '\n'), 0o644)
}

// measure builds, loads and measures every peer.
func measure(ctx context.Context, o *options) (*report, error) {
	gen, err := newGenerator(o)
	if err != nil {
		return nil, err
	}
	o.Generator = gen.name()
	r := &report{Options: o, Machine: machine()}
	var list []*peer
	for _, name := range o.peers {
		p, err := newPeer(name, o)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(os.Stderr, "build and load %s\n", p.name)
		p.dir = filepath.Join(o.dir, p.name)
		if err := os.MkdirAll(p.dir, 0o755); err != nil {
			return nil, err
		}
		if err := p.prepare(ctx, p); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		info, err := os.Stat(p.binary)
		if err != nil {
			return nil, err
		}
		r.Peers = append(r.Peers, p.name)
		r.add(p.name, "binary", "MB", float64(info.Size())/1e6)
		list = append(list, p)
	}
	for round := range o.Rounds {
		for i := range list {
			// Whoever is first finds the machine in another state than the others: each is first in turn.
			p := list[(i+round)%len(list)]
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", round+1, o.Rounds, p.name)
			if err := measurePeer(ctx, o, gen, r, p); err != nil {
				return nil, fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	return r, nil
}

func measurePeer(ctx context.Context, o *options, gen generator, r *report, p *peer) error {
	started, err := p.start(ctx)
	if err != nil {
		return err
	}
	defer p.stop()
	r.add(p.name, "start", "ms", float64(started.Microseconds())/1000)
	time.Sleep(200 * time.Millisecond)
	r.add(p.name, "memory idle", "MB", p.memory())
	for _, w := range works(o) {
		if len(o.works) > 0 && !slices.Contains(o.works, w.name) {
			continue
		}
		requests := p.requests(w.kind)
		if requests == nil {
			continue
		}
		// The first requests fill caches; they do not count.
		if _, err := gen.run(ctx, p.url, requests, w.connections, min(o.Duration/4, 500*time.Millisecond)); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		before := p.cpu()
		s, err := gen.run(ctx, p.url, requests, w.connections, o.Duration)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		if s.failed > 0 || s.done == 0 {
			return fmt.Errorf("%s: %d of %d requests failed", w.name, s.failed, s.done)
		}
		r.sample(p.name, w.name, s, (p.cpu()-before)/float64(s.done))
	}
	r.add(p.name, "memory loaded", "MB", p.memory())
	return nil
}
