package jsonl

import (
	"bytes"
	stdjson "encoding/json"
	"errors"

	"threadstance/thread/read/input"
)

// eachMember calls do with the members of a JSON object in their order. The
// names are decoded, valid until do returns, the values as they are written.
func eachMember(object []byte, do func(name, value []byte) error) error {
	if !stdjson.Valid(object) {
		var v any
		return jsonError(stdjson.Unmarshal(object, &v))
	}
	return members(object, do)
}

// members is eachMember for JSON that a decoder took. Of what is none it may hand
// on parts, until it fails.
func members(object []byte, do func(name, value []byte) error) error {
	object = bytes.TrimLeft(object, jsonSpace)
	if len(object) == 0 || object[0] != '{' {
		return errors.New("not an object")
	}
	for rest := bytes.TrimLeft(object[1:], jsonSpace); len(rest) > 0 && rest[0] != '}'; rest = bytes.TrimLeft(rest, ","+jsonSpace) {
		n := jsonLength(rest)
		name, err := jsonBytes(rest[:n])
		if err != nil {
			return err
		}
		rest = bytes.TrimLeft(rest[n:], ":"+jsonSpace)
		n = jsonLength(rest)
		if err := do(name, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

const jsonSpace = " \t\r\n"

// jsonLength returns how many bytes the value has that valid JSON begins with.
func jsonLength(data []byte) int {
	depth, inString := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inString:
			switch c {
			case '\\':
				i++
			case '"':
				inString = false
				if depth == 0 {
					return i + 1
				}
			}
		case c == '"':
			inString = true
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
			if depth < 0 {
				return i // what holds a number ends
			}
		case depth == 0 && (c == ',' || bytes.IndexByte([]byte(jsonSpace), c) >= 0):
			return i
		}
	}
	return len(data)
}

// jsonText decodes a JSON string to valid UTF-8.
func jsonText(data []byte) (string, error) {
	text, err := jsonBytes(data)
	return input.Valid(string(text)), err
}

// jsonBytes decodes a JSON string. Where it can, it returns a part of data.
func jsonBytes(data []byte) ([]byte, error) {
	data = bytes.TrimSpace(data)
	if n := len(data); n >= 2 && data[0] == '"' && bytes.IndexByte(data, '\\') < 0 {
		return data[1 : n-1], nil
	}
	var text string
	err := stdjson.Unmarshal(data, &text)
	return []byte(text), err
}
