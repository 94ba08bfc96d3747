package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// sample is what one run of a generator saw; latencies are in milliseconds.
type sample struct {
	done, failed int
	perSecond    float64
	p50, p99     float64
}

// generator sends requests over a number of connections for a time.
type generator interface {
	name() string
	run(ctx context.Context, url string, requests []request, connections int, d time.Duration) (sample, error)
}

func newGenerator(o *options) (generator, error) {
	wrk, err := exec.LookPath("wrk")
	switch {
	case o.Generator == "go" || o.Generator == "" && err != nil:
		return &native{o}, nil
	case o.Generator == "" || o.Generator == "wrk":
		return &external{o, wrk}, err
	}
	return nil, fmt.Errorf("no generator is called %s", o.Generator)
}

// external is wrk with one thread: the servers have the other processors.
type external struct {
	o    *options
	path string
}

func (*external) name() string { return "wrk" }

func (g *external) run(ctx context.Context, url string, requests []request, connections int, d time.Duration) (sample, error) {
	file := filepath.Join(g.o.dir, "requests.lua")
	if err := os.WriteFile(file, []byte(g.script(requests)), 0o644); err != nil {
		return sample{}, err
	}
	// wrk counts whole seconds.
	seconds := max(1, int(d.Round(time.Second)/time.Second))
	out, err := output(ctx, exec.CommandContext(ctx, g.path, "-t1", fmt.Sprintf("-c%d", connections), fmt.Sprintf("-d%ds", seconds), "--timeout", "10s",
		"-s", file, url))
	if err != nil {
		return sample{}, err
	}
	_, line, ok := strings.Cut(out, "RESULT ")
	if !ok {
		return sample{}, errors.New("wrk gave no result")
	}
	var s sample
	var micros float64
	if _, err := fmt.Sscan(line, &s.done, &s.failed, &micros, &s.p50, &s.p99); err != nil {
		return sample{}, err
	}
	s.perSecond = float64(s.done) / micros * 1e6
	return s, nil
}

// script is the requests in Lua. A request without places for values is made once.
func (g *external) script(requests []request) string {
	var b strings.Builder
	fmt.Fprintf(&b, "local posts, authors = %d, %d\n", g.o.Posts, g.o.Authors)
	b.WriteString(`local function fill(s)
  return (s:gsub("{(%l+)(%d*)}", function(what, width)
    local n = what == "id" and math.random(posts) or math.random(authors)
    return width == "" and tostring(n) or string.format("%0" .. width .. "d", n)
  end))
end
local all = {}
local function add(weight, method, path, body, headers)
  local made = not (path .. body):find("{%l") and wrk.format(method, path, headers, body)
  local make = function() return made or wrk.format(method, fill(path), headers, fill(body)) end
  for _ = 1, weight do all[#all + 1] = make end
end
request = function() return all[#all == 1 and 1 or math.random(#all)]() end
done = function(s, latency)
  local e = s.errors
  io.write(string.format("RESULT %d %d %d %f %f\n", s.requests, e.connect + e.read + e.write + e.status + e.timeout, s.duration,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
init = function()
  math.randomseed(os.time())
`)
	for _, r := range requests {
		fmt.Fprintf(&b, "  add(%d, %q, %q, [==[%s]==], {", r.weight, r.method, r.path, r.body)
		for _, h := range r.header {
			fmt.Fprintf(&b, "[%q] = %q, ", h[0], h[1])
		}
		b.WriteString("})\n")
	}
	b.WriteString("end\n")
	return b.String()
}

// native is a generator in Go: it costs more processor time than wrk, so that its figures compare only with its own.
type native struct{ o *options }

func (*native) name() string { return "go" }

func (g *native) run(ctx context.Context, url string, requests []request, connections int, d time.Duration) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, d+30*time.Second)
	defer cancel()
	transport := &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 10 * time.Second}
	var weighted []request
	for _, r := range requests {
		for range r.weight {
			weighted = append(weighted, r)
		}
	}
	var (
		mu  sync.Mutex
		all []time.Duration
		out sample
		wg  sync.WaitGroup
	)
	begin := time.Now()
	for range connections {
		wg.Go(func() {
			var mine []time.Duration
			failed := 0
			for time.Since(begin) < d && ctx.Err() == nil {
				at := time.Now()
				if !g.send(ctx, client, url, &weighted[rand.IntN(len(weighted))]) {
					failed++
				}
				mine = append(mine, time.Since(at))
			}
			mu.Lock()
			defer mu.Unlock()
			all, out.failed = append(all, mine...), out.failed+failed
		})
	}
	wg.Wait()
	out.done = len(all)
	if out.done == 0 {
		return out, ctx.Err()
	}
	slices.Sort(all)
	out.perSecond = float64(out.done) / time.Since(begin).Seconds()
	out.p50 = float64(all[len(all)/2].Microseconds()) / 1000
	out.p99 = float64(all[len(all)*99/100].Microseconds()) / 1000
	return out, nil
}

func (g *native) send(ctx context.Context, client *http.Client, url string, r *request) bool {
	fill := func(s string) string {
		if !strings.Contains(s, "{") {
			return s
		}
		id, author := rand.IntN(g.o.Posts)+1, rand.IntN(g.o.Authors)+1
		return strings.NewReplacer("{id}", fmt.Sprint(id), "{author}", fmt.Sprint(author),
			"{id15}", fmt.Sprintf("%015d", id), "{author15}", fmt.Sprintf("%015d", author)).Replace(s)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, url+fill(r.path), strings.NewReader(fill(r.body)))
	if err != nil {
		return false
	}
	for _, h := range r.header {
		req.Header.Set(h[0], h[1])
	}
	res, err := client.Do(req)
	if err != nil {
		return false
	}
	defer func() { _ = res.Body.Close() }()
	_, err = io.Copy(io.Discard, res.Body)
	return err == nil && res.StatusCode < 300
}
