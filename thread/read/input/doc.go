// Package input is what all formats build on: what a format is and what it is handed,
// the limits to what it may cost, errors that say where, lines of bounded memory, and
// bytes that are no UTF-8.
package input
