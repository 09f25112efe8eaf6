// Package plain says what plain text is made of, for all that look into the texts
// of a thread: its characters, words, lines and addresses.
package plain
