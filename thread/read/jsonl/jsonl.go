package jsonl

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"iter"
	"reflect"
	"strings"
	"unsafe"

	"github.com/goccy/go-json"

	"threadstance/thread"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/input"
)

// Posts reads the generic form: one post a line, of which only text is
// needed:
//
//	{"id":"…","thread":"…","title":"…","author":"…","time":"RFC 3339 or Unix seconds",
//	 "reply_to":"id","text":"…","targets":["Trump",{"name":"Winner","start":0,"end":6}]}
//
// Labelled data has "stance", "tone" and labels in "targets" besides, and the
// texts that a post answers in "context" or "parent". A line without a thread
// is a thread of its own.
type Posts struct{}

// Name returns "jsonl".
func (Posts) Name() string { return "jsonl" }

// Sniff looks for a JSON object, whatever its fields: what is wrong with them
// is then said for each line. It takes an array too, to say what to do with it.
func (Posts) Sniff(head []byte) bool {
	return firstObjectHas(head) || isJSONArray(head)
}

// isJSONArray says whether head starts with an array of objects.
func isJSONArray(head []byte) bool {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	inside, ok := bytes.CutPrefix(head, []byte("["))
	return ok && startsObject(bytes.TrimSpace(inside))
}

// firstObjectHas says whether head starts with JSON objects on the first line
// of which all the keys stand, each given in its quotation marks.
func firstObjectHas(head []byte, keys ...string) bool {
	line := firstObject(head)
	for _, key := range keys {
		if !bytes.Contains(line, []byte(key)) {
			return false
		}
	}
	return line != nil
}

// firstObject returns the first line of the JSON objects that head starts with,
// nil where it starts with none. The first line may be torn, as that of the end
// of a dump is: then, if it can, it returns a line after it.
func firstObject(head []byte) []byte {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	line, rest, whole := bytes.Cut(head, []byte("\n"))
	starts := startsObject(head)
	switch {
	case starts && (!whole || stdjson.Valid(line)):
		return line
	case starts || bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")):
		head = rest
	}
	if object := objectIn(head); object != nil || !starts {
		return object
	}
	return line
}

// objectIn returns the first of the lines that text starts with which is an
// object, nil where one of them is neither JSON nor a comment: a text may speak
// of JSON.
func objectIn(text []byte) (object []byte) {
	const most = 10
	for range most {
		line, rest, whole := bytes.Cut(text, []byte("\n"))
		line = bytes.TrimSpace(line)
		switch {
		case len(line) == 0, line[0] == '#', bytes.HasPrefix(line, []byte("//")):
		case stdjson.Valid(line):
			if object == nil && startsObject(line) {
				object = line
			}
		case whole || line[0] != '{': // and not cut by the end of text
			return nil
		}
		text = rest
	}
	return object
}

// startsObject says whether text starts with a JSON object that has members.
func startsObject(text []byte) bool {
	inside, ok := bytes.CutPrefix(text, []byte("{"))
	return ok && bytes.HasPrefix(bytes.TrimSpace(inside), []byte(`"`))
}

// jsonExtras are the fields of a line that few have: as they stand there, nil
// where they do not.
type jsonExtras struct {
	Targets json.RawMessage `json:"targets"`
	Stance  json.RawMessage `json:"stance"`
	Tone    json.RawMessage `json:"tone"`
	Context json.RawMessage `json:"context"`
	Parent  json.RawMessage `json:"parent"`
}

// jsonPost is one line of the generic form, as nearly all are: every field a
// string.
type jsonPost struct {
	ID      string `json:"id"`
	Thread  string `json:"thread"`
	Title   string `json:"title"`
	Author  string `json:"author"`
	Time    string `json:"time"`
	ReplyTo string `json:"reply_to"`
	Text    string `json:"text"`
	jsonExtras
}

// jsonLoosePost is a line whose identifiers or time are numbers.
type jsonLoosePost struct {
	ID      scalar  `json:"id"`
	Thread  scalar  `json:"thread"`
	Title   scalar  `json:"title"`
	Author  scalar  `json:"author"`
	Time    scalar  `json:"time"`
	ReplyTo scalar  `json:"reply_to"`
	Text    *string `json:"text"`
	jsonExtras
}

// scalar takes a JSON string, number or boolean as the text it is written
// with, and null as "".
type scalar string

// UnmarshalJSON implements json.Unmarshaler.
func (s *scalar) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) == 0 || string(data) == "null":
		*s = ""
	case data[0] == '"':
		text, err := jsonText(data)
		if err != nil {
			return err
		}
		*s = scalar(text)
	case data[0] == '{' || data[0] == '[':
		found := map[byte]string{'{': "object", '[': "array"}[data[0]]
		return &stdjson.UnmarshalTypeError{Value: found, Type: reflect.TypeFor[scalar]()}
	default:
		*s = scalar(data)
	}
	return nil
}

// Read yields the threads of src; see [input.Format]. Where the first lines show that
// threads are mixed, as in an export by time, all of src is put in order
// first; else threads leave as they end.
func (Posts) Read(src input.Source) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		head := make([]byte, mixedHead)
		n, _ := io.ReadFull(src.Reader, head) // an error is met again after these bytes
		head = head[:n]
		src.Reader = io.MultiReader(bytes.NewReader(head), src.Reader)
		if areMixed(head) {
			gather.From(src, gather.NewGroups(src.Limits, readMixedLines, finishMixedLines), yield)
			return
		}
		build := gather.Builder{Limits: src.Limits}
		var past reappearance
		var doubts []input.Doubt
		more := true
		eachJSONLine(src, func(_ []byte, lines *input.LineReader, post *gather.Record, err error) bool {
			if d, ok := err.(input.Doubt); ok {
				doubts = append(doubts, d)
				return true
			}
			if err != nil {
				more = yield(nil, err)
				return more
			}
			if build.StartsNew(post.Thread) {
				if t := build.Finish(); t != nil && !yield(t, nil) {
					more = false
					return false
				}
			}
			isNew := build.Thread == nil
			if err := build.Add(post); err != nil {
				more = yield(nil, lines.ErrorAt(src.Path, err))
			}
			if isNew && past.seen(post.Thread) {
				build.Thread.Warnings = append(build.Thread.Warnings, fmt.Sprintf(
					"line %d: thread %q goes on after other threads, and is read as more than one; sort the lines by thread", lines.Line, post.Thread))
			}
			return more
		})
		if t := build.Finish(); more && t != nil {
			input.Warn(t, doubts)
			yield(t, nil)
		}
	}
}

// eachJSONLine yields the posts of src with the lines they stand on.
func eachJSONLine(src input.Source, yield func(line []byte, lines *input.LineReader, post *gather.Record, err error) bool) {
	var decode jsonDecoder
	eachRecord(src, decode.parse, yield)
}

// eachLine yields what parse makes of each line of JSON in src that is not
// blank; nil is left out.
func eachLine(src input.Source, yield func(*gather.Record, error) bool, parse func(line []byte) (*gather.Record, error)) {
	eachRecord(src, parse, func(_ []byte, _ *input.LineReader, r *gather.Record, err error) bool {
		return r == nil && err == nil || yield(r, err)
	})
}

// eachRecord yields what parse makes of each line of JSON in src that is not
// blank. JSON of another form than lines is told by the first, and not read.
func eachRecord(src input.Source, parse func(line []byte) (*gather.Record, error), yield func(line []byte, lines *input.LineReader, r *gather.Record, err error) bool) {
	lines := input.NewLineReader(src)
	var bad input.BadBytes
	var times gather.BadTimes
	var left leftTargets
	for {
		line, err := lines.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			if !yield(nil, lines, nil, lines.ErrorAt(src.Path, err)) {
				return
			}
			if err != input.ErrLongLine {
				break
			}
			continue
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if lines.Line == 1 {
			if err := notLines(line, src.Path); err != nil {
				yield(nil, lines, nil, lines.ErrorAt(src.Path, err))
				return
			}
		}
		line = bad.MendJSON(line, lines.Line)
		r, err := parse(line)
		if r != nil && replaced(r) {
			if mended, halves := bad.MendHalves(line, lines.Line); halves {
				line = mended
				r, err = parse(line)
			}
		}
		if err != nil {
			if lines.IsTorn() {
				continue
			}
			err = lines.ErrorAt(src.Path, err)
		}
		if r != nil && r.BadTime != "" {
			times.Note(r.BadTime, lines.Line)
		}
		if r != nil {
			left.note(r.TargetsLeft, lines.Line)
		}
		if !yield(line, lines, r, err) {
			return
		}
	}
	for _, err := range []error{bad.Doubt(src.Path), times.Doubt(src.Path), left.doubt(src.Path)} {
		if err != nil && !yield(nil, lines, nil, err) {
			return
		}
	}
}

// notLines says what to do with JSON whose first line is no record.
func notLines(line []byte, path string) error {
	switch trimmed := string(bytes.TrimSpace(line)); {
	case trimmed == "[" || isJSONArray(line):
		return fmt.Errorf("a JSON array, where one record a line is needed; make it so with: jq -c '.[]' %s", path)
	case trimmed == "{":
		return fmt.Errorf("JSON over several lines, where one record a line is needed; make it so with: jq -c . %s", path)
	}
	return nil
}

// mixedHead is how many bytes areMixed looks at.
const mixedHead = 256 << 10

// areMixed says whether a thread goes on after another within the first lines.
func areMixed(head []byte) bool {
	end := bytes.LastIndexByte(head, '\n')
	if end < 0 {
		return false
	}
	seen := map[string]bool{}
	last := ""
	mixed := false
	eachJSONLine(input.Source{Reader: bytes.NewReader(head[:end])}, func(_ []byte, _ *input.LineReader, post *gather.Record, err error) bool {
		if err != nil || post.Thread == "" {
			last = ""
			return true
		}
		mixed = post.Thread != last && seen[post.Thread]
		last = post.Thread
		seen[last] = true
		return !mixed
	})
	return mixed
}

// reappearance notices, once, a thread that goes on after another.
type reappearance struct {
	threads map[uint64]struct{} // hashes of the threads so far
	said    bool
}

// threadSeed is of the hashes of threads.
var threadSeed = maphash.MakeSeed()

// maxReappearance bounds the threads that are remembered.
const maxReappearance = 1 << 20

func (r *reappearance) seen(thread string) bool {
	if thread == "" || r.said {
		return false
	}
	if r.threads == nil {
		r.threads = map[uint64]struct{}{}
	}
	hash := maphash.String(threadSeed, strings.ToLower(thread))
	if _, ok := r.threads[hash]; ok {
		r.said, r.threads = true, nil
		return true
	}
	if len(r.threads) < maxReappearance {
		r.threads[hash] = struct{}{}
	}
	return false
}

// readMixedLines yields each line as a record's text, to be read again once
// its thread is together.
func readMixedLines(src input.Source, yield func(*gather.Record, error) bool) {
	eachJSONLine(src, func(line []byte, _ *input.LineReader, post *gather.Record, err error) bool {
		if err != nil {
			return yield(nil, err)
		}
		r := gather.Record{Thread: post.Thread}
		r.Text = string(line)
		return yield(&r, nil)
	})
}

func finishMixedLines(g *gather.Groups, key string, lines []gather.Record) (*thread.Thread, error) {
	build := gather.Builder{Limits: g.Limits}
	var decode jsonDecoder
	var refused error
	for _, line := range lines {
		post, err := decode.parse([]byte(line.Text))
		if err == nil {
			err = build.Add(post)
		}
		if err != nil {
			refused = err
		}
	}
	return build.Finish(), refused
}

// jsonDecoder turns lines into records.
type jsonDecoder struct {
	post   jsonPost
	record gather.Record
	names  []byte // the short strings of records
}

var noCopy = json.DecodeNoCopyString()

// parse reads one line. The record stays valid until the next call, its strings
// for good.
func (d *jsonDecoder) parse(line []byte) (*gather.Record, error) {
	p := &d.post
	*p = jsonPost{}
	if err := json.UnmarshalWithOption(line, p, noCopy); err != nil || p.Text == "" {
		// Identifiers that are numbers, and whatever is wrong.
		if *p, err = parseLooseJSONPost(line); err != nil {
			return nil, err
		}
	}
	// What the decoder had to unescape it copied, all else is still the line.
	if isPart(p.Text, line) {
		p.Text = strings.Clone(p.Text)
	}
	r := &d.record
	id, title := r.Thread, r.Title
	if p.Thread != id {
		id = d.own(p.Thread)
	}
	if p.Title != title {
		title = d.own(p.Title)
	}
	*r = gather.Record{
		Post:    thread.Post{ID: d.own(p.ID), Author: d.own(p.Author), ReplyTo: thread.None, Text: p.Text},
		Thread:  id,
		Title:   title,
		Answers: d.own(p.ReplyTo),
	}
	r.SetTime(p.Time)
	if p.Context == nil && p.Parent == nil && p.Targets == nil && p.Stance == nil && p.Tone == nil {
		return r, nil
	}
	if err := addContext(r, p.Context, p.Parent); err != nil {
		return nil, err
	}
	labelled, err := addTargets(r, p.Targets)
	if err != nil {
		return nil, err
	}
	if labelled || !isNull(p.Stance) || !isNull(p.Tone) {
		if r.Labels, err = readLabels(p.Stance, p.Tone, line); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// own copies a short string, many into one piece of memory.
func (d *jsonDecoder) own(s string) string {
	const least, most = 128, 16 << 10 // bytes of a piece: many decoders read one line
	if s == "" {
		return ""
	}
	if cap(d.names)-len(d.names) < len(s) {
		piece := min(max(least, 2*cap(d.names)), most)
		d.names = make([]byte, 0, max(piece, len(s)))
	}
	at := len(d.names)
	d.names = append(d.names, s...)
	return unsafe.String(&d.names[at], len(s))
}

// isPart says whether the bytes of s are some of data's, not merely the same.
func isPart(s string, data []byte) bool {
	start, at := uintptr(unsafe.Pointer(unsafe.SliceData(data))), uintptr(unsafe.Pointer(unsafe.StringData(s)))
	return start <= at && at < start+uintptr(len(data))
}

func parseLooseJSONPost(line []byte) (jsonPost, error) {
	var p jsonLoosePost
	// The standard library's errors say what is wrong and at which byte.
	if err := stdjson.Unmarshal(line, &p); err != nil {
		return jsonPost{}, jsonError(err)
	}
	if p.Text == nil {
		return jsonPost{}, errors.New(`no "text" in this record; a post needs one`)
	}
	return jsonPost{
		ID: string(p.ID), Thread: string(p.Thread), Title: string(p.Title), Author: string(p.Author),
		Time: string(p.Time), ReplyTo: string(p.ReplyTo), Text: *p.Text, jsonExtras: p.jsonExtras,
	}, nil
}

// jsonError says what is wrong with a line in a user's words.
func jsonError(err error) error {
	if e, ok := errors.AsType[*stdjson.UnmarshalTypeError](err); ok {
		return wrongKind(e.Field, e.Value, e.Type.Kind().String())
	}
	if e, ok := errors.AsType[*stdjson.SyntaxError](err); ok {
		return fmt.Errorf("not JSON: %v (at byte %d of the line)", e, e.Offset)
	}
	return fmt.Errorf("not a record: %v", err)
}

// jsonLineError says what is wrong with a line that a faster decoder refused
// with err.
func jsonLineError(line []byte, err error) error {
	if !stdjson.Valid(line) {
		var v any
		err = stdjson.Unmarshal(line, &v)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return wrongKind(e.Field, e.Value, e.Type.Kind().String())
	}
	return jsonError(err)
}

// wrongKind says that a field, or where there is none the whole line, is of
// another kind than is needed.
func wrongKind(field, found, needed string) error {
	switch {
	case field == "":
		return fmt.Errorf("found %s where a record is needed, a JSON object", found)
	case needed == "ptr":
		needed = "string"
	}
	return fmt.Errorf("%q: found %s where a %s is needed", field, found, needed)
}

func isNull(raw []byte) bool { return len(raw) == 0 || string(raw) == "null" }

// addContext reads the texts that the post answers.
func addContext(r *gather.Record, context, parent []byte) error {
	for _, raw := range [][]byte{context, parent} {
		if isNull(raw) || len(r.Context) > 0 {
			continue
		}
		var one string
		if stdjson.Unmarshal(raw, &one) == nil {
			if one != "" {
				r.Context = []string{one}
			}
			continue
		}
		if err := stdjson.Unmarshal(raw, &r.Context); err != nil {
			return errors.New(`"context" is neither a text nor a list of texts`)
		}
	}
	return nil
}

// jsonTarget is one of "targets".
type jsonTarget struct {
	Name  string `json:"name"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Label string `json:"label"`
}

// addTargets reads what the record asks the stance toward, and says whether a
// person judged any of that.
func addTargets(r *gather.Record, targets []byte) (labelled bool, err error) {
	if isNull(targets) {
		return false, nil
	}
	var list []stdjson.RawMessage
	if err := stdjson.Unmarshal(targets, &list); err != nil {
		return false, errors.New(`"targets" is not a list`)
	}
	if most := mostTargets(r.Text); len(list) > most {
		r.TargetsLeft = len(list) - most
		list = list[:most]
	}
	for i, raw := range list {
		var target jsonTarget
		if target.Name, err = jsonText(raw); err != nil {
			if err := stdjson.Unmarshal(raw, &target); err != nil {
				return false, fmt.Errorf("target %d is neither a name nor an object with one", i)
			}
		}
		span := thread.Span{Start: target.Start, End: target.End}
		if span.Start < 0 || span.End < span.Start || span.End > len(r.Text) {
			return false, fmt.Errorf("target %d is at bytes %d to %d of a text of %d bytes", i, span.Start, span.End, len(r.Text))
		}
		if target.Name == "" && span.Len() == 0 {
			return false, fmt.Errorf("target %d has neither a name nor bytes where it is named", i)
		}
		if err := checkLabel(target.Label); err != nil {
			return false, fmt.Errorf("target %d: %w", i, err)
		}
		labelled = labelled || target.Label != ""
		r.Targets = append(r.Targets, thread.Target{Name: target.Name, Span: span, Label: target.Label})
	}
	return labelled, nil
}

// readLabels reads what a person judged of a record, and the other fields of its
// line.
func readLabels(stance, tone, line []byte) (*thread.Labels, error) {
	labels := &thread.Labels{}
	if !isNull(stance) {
		if bytes.TrimSpace(stance)[0] != '{' {
			return nil, errors.New(`"stance" is not an object`)
		}
		err := eachMember(stance, func(name, value []byte) error {
			label, err := jsonText(value)
			if err != nil {
				return fmt.Errorf("the stance toward %s is not a text", name)
			}
			if err := checkLabel(label); err != nil {
				return fmt.Errorf("the stance toward %s: %w", name, err)
			}
			labels.Stance = append(labels.Stance, thread.Target{Name: input.Valid(string(name)), Label: label})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if !isNull(tone) {
		var err error
		if labels.Tone, err = jsonText(tone); err != nil {
			return nil, errors.New(`"tone" is not a text`)
		}
		switch labels.Tone {
		case "", "positive", "negative", "neutral":
		default:
			return nil, fmt.Errorf("%q is no tone: positive, negative or neutral is", labels.Tone)
		}
	}
	err := members(line, func(name, value []byte) error {
		switch string(name) {
		case "id", "thread", "title", "author", "time", "reply_to", "text", "targets", "stance", "tone", "context", "parent":
			return nil
		}
		var text scalar
		if !isNull(value) && text.UnmarshalJSON(value) == nil {
			if labels.Fields == nil {
				labels.Fields = map[string]string{}
			}
			labels.Fields[input.Valid(string(name))] = string(text)
		}
		return nil
	})
	return labels, err
}

func checkLabel(label string) error {
	switch label {
	case "", "favor", "against", "neutral":
		return nil
	}
	return fmt.Errorf("%q is no stance: favor, against or neutral is", label)
}

// replaced says whether a decoder may have put U+FFFD for half of a pair in
// what it read.
func replaced(r *gather.Record) bool {
	return hasReplacement(r.Text) || hasReplacement(r.Author) || hasReplacement(r.Title) ||
		hasReplacement(r.ID) || hasReplacement(r.Thread) || hasReplacement(r.Answers)
}

func hasReplacement(text string) bool {
	const first = 0xEF // byte of it, and seldom of anything else
	return strings.IndexByte(text, first) >= 0 && strings.Contains(text, "\uFFFD")
}

// ThreadOf returns the identifier of the thread that a line belongs to; see [input.Lines].
func (Posts) ThreadOf(line []byte) (string, error) {
	var decode jsonDecoder
	post, err := decode.parse(line)
	if err != nil {
		return "", err
	}
	return post.Thread, nil
}
