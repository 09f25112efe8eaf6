// Package jsonl reads the forms of posts that have an object of JSON a line: our own,
// with a post a line, and the dumps of Reddit, ConvoKit and forum-dl.
package jsonl
