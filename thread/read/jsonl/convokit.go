package jsonl

import (
	"bufio"
	"cmp"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-json"

	"threadstance/thread"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/input"
)

// ConvoKit reads the utterances of a ConvoKit corpus (utterances.jsonl), with
// the titles of its conversations.json where that lies beside it.
type ConvoKit struct{}

// Name returns "convokit".
func (ConvoKit) Name() string { return "convokit" }

// Sniff looks for the fields of an utterance.
func (ConvoKit) Sniff(head []byte) bool {
	return firstObjectHas(head, `"text"`) &&
		(firstObjectHas(head, `"conversation_id"`) || firstObjectHas(head, `"root"`)) &&
		(firstObjectHas(head, `"speaker"`) || firstObjectHas(head, `"user"`))
}

// utterance is one line; older corpora say root, user and reply-to.
type utterance struct {
	ID           json.RawMessage `json:"id"`
	Conversation json.RawMessage `json:"conversation_id"`
	Root         json.RawMessage `json:"root"`
	Speaker      json.RawMessage `json:"speaker"`
	User         json.RawMessage `json:"user"`
	ReplyTo      json.RawMessage `json:"reply-to"`
	ReplyTo2     json.RawMessage `json:"reply_to"`
	Timestamp    json.RawMessage `json:"timestamp"`
	Text         *string         `json:"text"`
}

// Read yields the threads of src; see [input.Format].
func (ConvoKit) Read(src input.Source) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		titles, err := conversationTitles(src)
		if err != nil && !yield(nil, err) {
			return
		}
		finish := func(g *gather.Groups, key string, records []gather.Record) (*thread.Thread, error) {
			t, err := g.Build(key, records)
			t.Title = titles[key]
			return t, err
		}
		gather.From(src, gather.NewGroups(src.Limits, readConvoKit, finish), yield)
	}
}

func readConvoKit(src input.Source, yield func(*gather.Record, error) bool) {
	eachLine(src, yield, func(line []byte) (*gather.Record, error) {
		var u utterance
		if err := json.UnmarshalWithOption(line, &u, noCopy); err != nil {
			return nil, jsonLineError(line, err)
		}
		if u.Text == nil {
			return nil, errors.New(`no "text" in this utterance`)
		}
		r := &gather.Record{
			Post: thread.Post{
				ID: textOf(u.ID), Author: cmp.Or(speakerName(u.Speaker), speakerName(u.User)),
				ReplyTo: thread.None, Text: *u.Text,
			},
			Thread:  cmp.Or(textOf(u.Conversation), textOf(u.Root)),
			Answers: cmp.Or(textOf(u.ReplyTo), textOf(u.ReplyTo2)),
		}
		r.SetTime(textOf(u.Timestamp))
		return r, nil
	})
}

// textOf returns a JSON string, number or boolean as text, and "" for all else.
func textOf(raw []byte) string {
	if isNull(raw) {
		return ""
	}
	var text scalar
	if text.UnmarshalJSON(raw) != nil {
		return ""
	}
	return string(text)
}

// speakerName reads a speaker, who is a name or an object with an id.
func speakerName(raw []byte) string {
	if len(raw) > 0 && raw[0] == '{' {
		var speaker struct {
			ID   json.RawMessage `json:"id"`
			Name json.RawMessage `json:"name"`
		}
		if stdjson.Unmarshal(raw, &speaker) != nil {
			return ""
		}
		return cmp.Or(textOf(speaker.ID), textOf(speaker.Name))
	}
	return textOf(raw)
}

// ConversationsFile returns the path of the conversations.json that may lie
// beside an utterances.jsonl, and "" for another file.
func ConversationsFile(path string) string {
	if !strings.HasPrefix(filepath.Base(path), "utterances.") {
		return ""
	}
	return filepath.Join(filepath.Dir(path), "conversations.json")
}

// conversationTitles reads the titles of the conversations.json that lies
// beside an utterances.jsonl; there may be none.
func conversationTitles(src input.Source) (map[string]string, error) {
	path := ConversationsFile(src.Path)
	if path == "" {
		return nil, nil
	}
	open := src.Beside
	if open == nil {
		open = func(path string) (io.ReadCloser, error) { return os.Open(path) }
	}
	file, err := open(path)
	if err != nil {
		return nil, nil
	}
	defer file.Close()
	titles := map[string]string{}
	decode := stdjson.NewDecoder(bufio.NewReaderSize(file, 64<<10))
	fail := func(err error) (map[string]string, error) {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return titles, &input.Error{Path: path, Offset: decode.InputOffset(), Err: fmt.Errorf("%w; the conversations from here on have no title", err)}
	}
	if start, err := decode.Token(); err != nil || start != stdjson.Delim('{') {
		return fail(errors.New("not an object of conversations"))
	}
	for decode.More() {
		id, err := decode.Token()
		if err != nil {
			return fail(err)
		}
		var conversation struct {
			Title json.RawMessage `json:"title"`
			Meta  struct {
				Title json.RawMessage `json:"title"`
			} `json:"meta"`
		}
		if err := decode.Decode(&conversation); err != nil {
			if _, otherKind := errors.AsType[*stdjson.UnmarshalTypeError](err); !otherKind {
				return fail(err)
			}
		}
		if title := cmp.Or(textOf(conversation.Meta.Title), textOf(conversation.Title)); title != "" {
			titles[id.(string)] = title
		}
	}
	if _, err := decode.Token(); err != nil {
		return fail(err)
	}
	return titles, nil
}

// Utterances is the file of a ConvoKit corpus that holds its posts; the .json files
// of its folder tell about them.
const Utterances = "utterances.jsonl"
