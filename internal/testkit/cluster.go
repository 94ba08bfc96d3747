package testkit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"syscall"
	"time"
)

// Cluster is a running PostgreSQL cluster in a temporary folder, reachable through a Unix socket alone.
type Cluster struct {
	dir   string
	leash io.Closer
	done  chan struct{}
}

// StartCluster makes and starts a cluster: newest PostgreSQL installed, trust on its socket, no fsync, logical
// replication possible. As root it runs as user postgres, because PostgreSQL refuses root. The cluster stops with Stop
// or when this process ends, however it ends.
func StartCluster() (*Cluster, error) {
	bin, err := postgresBin()
	if err != nil {
		return nil, err
	}
	attr, owner, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bpg")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	if owner >= 0 {
		if err := os.Chown(dir, owner, -1); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(dir, "data")
	run := func(name string, args ...string) error {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir, cmd.SysProcAttr = dir, attr
		cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C.UTF-8")
		log, err := os.OpenFile(filepath.Join(dir, name+".log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
		if err != nil {
			return err
		}
		defer func() { _ = log.Close() }()
		// A file, not a pipe: the server inherits it, and a pipe would keep Wait waiting for the server's end.
		cmd.Stdout, cmd.Stderr = log, log
		if err := cmd.Run(); err != nil {
			text, _ := os.ReadFile(log.Name())
			server, _ := os.ReadFile(filepath.Join(dir, "server.log"))
			return fmt.Errorf("%s: %w\n%s%s", name, err, bytes.TrimSpace(text), server)
		}
		return nil
	}
	err = run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
	if err == nil {
		options := "-c listen_addresses='' -c unix_socket_directories=" + dir +
			" -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=logical" +
			" -c max_connections=200 -c shared_buffers=64MB -c timezone=UTC -c log_timezone=UTC" +
			" -c autovacuum=off -c max_wal_size=256MB"
		err = run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", filepath.Join(dir, "server.log"), "-o", options, "start")
	}
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	return leashed(dir, filepath.Join(bin, "pg_ctl"), attr)
}

// leashed ties the cluster's life to ours: a shell reads from a pipe only we hold, and stops the cluster at its end.
func leashed(dir, pgctl string, attr *syscall.SysProcAttr) (*Cluster, error) {
	const script = `cat >/dev/null; "$1" -D "$2/data" -m immediate stop >/dev/null 2>&1; rm -rf "$2"`
	cmd := exec.Command("/bin/sh", "-c", script, "sh", pgctl, dir)
	group := syscall.SysProcAttr{Setpgid: true}
	if attr != nil {
		group.Credential = attr.Credential
	}
	cmd.Dir, cmd.SysProcAttr = "/", &group
	leash, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	done := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(done)
	}()
	return &Cluster{dir: dir, leash: leash, done: done}, nil
}

// URL is the connection URL of the cluster's database postgres, as its superuser.
func (c *Cluster) URL() string {
	return "postgres://postgres@/postgres?host=" + url.QueryEscape(c.dir)
}

// Stop stops the cluster and removes its folder.
func (c *Cluster) Stop() {
	_ = c.leash.Close()
	select {
	case <-c.done:
	case <-time.After(20 * time.Second):
	}
	_ = os.RemoveAll(c.dir)
}

// postgresBin finds the newest installed server: Debian's folders, then the path.
func postgresBin() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	sort.Slice(found, func(i, j int) bool { return majorOf(found[i]) > majorOf(found[j]) })
	if len(found) > 0 {
		return filepath.Dir(found[0]), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", errors.New("no PostgreSQL server found: install Debian's package postgresql (`make test` does)")
}

func majorOf(initdb string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	return n
}

// unprivileged says as whom the server must run: nobody else (nil, -1), or user postgres when we are root.
func unprivileged() (*syscall.SysProcAttr, int, error) {
	if os.Geteuid() != 0 {
		return nil, -1, nil
	}
	postgres, err := user.Lookup("postgres")
	if err != nil {
		return nil, -1, fmt.Errorf("running as root needs a user postgres: %w", err)
	}
	uid, _ := strconv.Atoi(postgres.Uid)
	gid, _ := strconv.Atoi(postgres.Gid)
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, uid, nil
}

func withDatabase(raw, name string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return "", fmt.Errorf("%s: %w", DatabaseURLVariable, err)
	}
	u.Path = "/" + name
	return u.String(), nil
}
