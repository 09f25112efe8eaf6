package read

import "strings"

// Lines is a format of one record a line whose threads can be brought together
// by others, line by line: all lines of one thread, in their order, are an
// input of it.
type Lines interface {
	Format
	// ThreadOf returns the identifier of the thread that a line belongs to, ""
	// where the line is a thread of its own, and an error for what Read would
	// not read. It keeps nothing of line.
	ThreadOf(line []byte) (string, error)
}

// ThreadOf implements [Lines].
func (JSONLines) ThreadOf(line []byte) (string, error) {
	var decode jsonDecoder
	post, err := decode.parse(line)
	if err != nil {
		return "", err
	}
	return post.thread, nil
}

// ThreadOf implements [Lines].
func (Reddit) ThreadOf(line []byte) (string, error) {
	post, err := parseReddit(line)
	if err != nil {
		return "", err
	}
	return strings.Clone(post.thread), nil
}
