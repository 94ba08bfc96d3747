package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/config"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/migrate"
)

// console is where a person reads: results on out, everything else on err. Colour is used on terminals alone.
type console struct {
	in       io.Reader
	out, err io.Writer
	colour   bool
	terminal bool
}

func newConsole(in io.Reader, out, err io.Writer, env []string) *console {
	c := &console{in: in, out: out, err: err, terminal: isTerminal(out)}
	c.colour = isTerminal(err)
	for _, pair := range env {
		if name, value, _ := strings.Cut(pair, "="); (name == "NO_COLOR" && value != "") || (name == "TERM" && value == "dumb") {
			c.colour = false
		}
	}
	return c
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// The colours used, as terminals number them.
const (
	red    = "31"
	green  = "32"
	yellow = "33"
	bold   = "1"
	dim    = "2"
)

func (c *console) paint(colour, text string) string {
	if !c.colour {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

func (c *console) printf(format string, args ...any) { _, _ = fmt.Fprintf(c.out, format, args...) }
func (c *console) notef(format string, args ...any)  { _, _ = fmt.Fprintf(c.err, format, args...) }

// clearLine wipes what a progress line left on a terminal.
func (c *console) clearLine() string {
	if !c.colour {
		return ""
	}
	return "\x1b[2K"
}

func (c *console) warn(text string) { c.notef("%s %s\n", c.paint(yellow, "warning:"), text) }

// fail shows what went wrong, where, and what to do.
func (c *console) fail(err error) {
	var faults config.Faults
	var refusal *migrate.Refusal
	switch {
	case errors.As(err, &faults):
		for _, f := range faults {
			c.notef("%s %s\n", c.paint(red, "error:"), f)
		}
	case errors.As(err, &refusal):
		c.refusal(refusal)
	default:
		c.notef("%s%s %s\n", c.clearLine(), c.paint(red, "error:"), describe(err))
	}
}

// describe words an error with the database's detail and hint.
func describe(err error) string {
	text := err.Error()
	if e := errs.Of(err); e != nil {
		text = strings.Replace(text, e.Error(), e.Message, 1)
		if e.Code != "" {
			text += " (" + e.Code + ")"
		}
		text += extras(e)
		if e.Err != nil {
			text += "\n  cause: " + e.Err.Error()
		}
	}
	return text
}

func extras(e *errs.Error) string {
	text := ""
	if e.Detail != "" {
		text += "\n  detail: " + e.Detail
	}
	if e.Hint != "" {
		text += "\n  hint: " + e.Hint
	}
	return text
}

// refusal shows a refused statement: place, code, message, hint and the line with a mark under the place.
func (c *console) refusal(r *migrate.Refusal) {
	c.notef("%s%s %s %s (%s)%s\n", c.clearLine(), c.paint(red, "error:"),
		c.paint(bold, fmt.Sprintf("%s:%d:%d:", r.File, r.Place.Line, r.Place.Column)), r.Err.Message, r.Err.Code, extras(r.Err))
	line, column := lineAt(r.Statement, r.Err.Position)
	if line == "" {
		return
	}
	if r.Err.Position == 0 {
		column = 0
	}
	c.notef("  %s %s\n", c.paint(dim, "|"), line)
	if column > 0 {
		c.notef("  %s %s%s\n", c.paint(dim, "|"), strings.Repeat(" ", column-1), c.paint(red, "^"))
	}
}

// lineAt gives the line of a text with a character (from 1) and its column, shortened to what fits a screen.
func lineAt(text string, position int) (line string, column int) {
	const widest = 100
	offset := 0
	for rest := text; position > 1 && rest != ""; position-- {
		_, size := utf8.DecodeRuneInString(rest)
		offset += size
		rest = rest[size:]
	}
	start := strings.LastIndexByte(text[:offset], '\n') + 1
	line, _, _ = strings.Cut(text[start:], "\n")
	line = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, strings.TrimRight(line, "\r"))
	column = utf8.RuneCountInString(text[start:offset]) + 1
	runes := []rune(line)
	if len(runes) > widest {
		from := min(max(0, column-widest/2), len(runes)-widest)
		runes, column = runes[from:from+widest], column-from
	}
	return string(runes), column
}

// confirm asks a question that needs the answer yes.
func (c *console) confirm(question string) bool {
	if !isTerminal(c.in) {
		return false
	}
	c.notef("%s [y/N] ", question)
	var answer string
	_, _ = fmt.Fscanln(c.in, &answer)
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes"
}

// box draws rows of names and values with a title.
func (c *console) box(title string, rows [][2]string) {
	widest := 0
	for _, r := range rows {
		widest = max(widest, utf8.RuneCountInString(r[0]))
	}
	lines := []string{title, ""}
	for _, r := range rows {
		lines = append(lines, r[0]+strings.Repeat(" ", widest-utf8.RuneCountInString(r[0])+2)+r[1])
	}
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l))
	}
	c.printf("╭%s╮\n", strings.Repeat("─", width+2))
	for _, l := range lines {
		c.printf("│ %s%s │\n", l, strings.Repeat(" ", width-utf8.RuneCountInString(l)))
	}
	c.printf("╰%s╯\n", strings.Repeat("─", width+2))
}

// notice prints a message of the database as psql does.
func (c *console) notice(n engine.Notice) {
	_, _ = fmt.Fprintf(c.err, "%s:  %s\n", n.Severity, n.Message)
	if n.Detail != "" {
		_, _ = fmt.Fprintf(c.err, "DETAIL:  %s\n", n.Detail)
	}
	if n.Hint != "" {
		_, _ = fmt.Fprintf(c.err, "HINT:  %s\n", n.Hint)
	}
}
