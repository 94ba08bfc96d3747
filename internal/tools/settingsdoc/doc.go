// Command settingsdoc writes docs/configuration.md from the table of settings; with -check it only says whether the
// file is up to date.
package main
