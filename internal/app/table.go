package app

import (
	"strings"
	"unicode/utf8"
)

// table prints rows under headings, as psql does.
func (c *console) table(headings []string, rows [][]string) {
	widths := make([]int, len(headings))
	for _, row := range append([][]string{headings}, rows...) {
		for i, cell := range row {
			for _, line := range strings.Split(cell, "\n") {
				widths[i] = max(widths[i], utf8.RuneCountInString(line))
			}
		}
	}
	c.tableLine(headings, widths)
	rule := make([]string, len(widths))
	for i, w := range widths {
		rule[i] = strings.Repeat("-", w+2)
	}
	c.printf("%s\n", strings.Join(rule, "+"))
	for _, row := range rows {
		c.tableLine(row, widths)
	}
}

// tableLine prints a row, over several lines when a cell has several.
func (c *console) tableLine(row []string, widths []int) {
	height := 1
	cells := make([][]string, len(row))
	for i, cell := range row {
		cells[i] = strings.Split(cell, "\n")
		height = max(height, len(cells[i]))
	}
	for n := range height {
		var line strings.Builder
		for i := range cells {
			text := ""
			if n < len(cells[i]) {
				text = cells[i][n]
			}
			if i > 0 {
				line.WriteByte('|')
			}
			line.WriteString(" " + text + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text)+1))
		}
		c.printf("%s\n", strings.TrimRight(line.String(), " "))
	}
}
