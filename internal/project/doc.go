// Package project owns the project folder: its layout, its migrations and seed files in the order they apply, and their
// division into statements with places. It must not know databases: what is applied already is the caller's to ask.
package project
