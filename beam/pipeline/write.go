package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"threadstance/analyze/linear"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/stance"
	"threadstance/analyze/summary"
	"threadstance/report"
)

func init() {
	register.DoFn4x1[context.Context, Top, func(*fileio.FileMetadata) bool, func(*Failure) bool, error](&tablesFn{})
	register.DoFn3x1[context.Context, []byte, func(*Failure) bool, error](&failuresFn{})
	register.DoFn3x1[context.Context, int, func(*Records) bool, error](&recordsFn{})
}

// write writes a file of the output.
func (o *Options) write(ctx context.Context, name string, text func(io.Writer) error) error {
	file := strings.TrimSuffix(o.Output, "/") + "/" + name
	fs, err := filesystem.New(ctx, file)
	if err != nil {
		return err
	}
	defer fs.Close()
	out, err := fs.OpenWrite(ctx, file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	err = text(out)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// writeTables writes tables and manifest.
func writeTables(s beam.Scope, o Options, parts, files, failures beam.PCollection) {
	top := beam.Combine(s, &topFn{o}, beam.DropKey(s, parts))
	beam.ParDo0(s, &tablesFn{o}, top, beam.SideInput{Input: files}, beam.SideInput{Input: failures})
}

// tablesFn writes the tables of the whole, as text and as JSON, and the
// manifest. With a limit no worker ever holds more rows than a few times that.
type tablesFn struct{ Options Options }

// ProcessElement writes the files.
func (fn *tablesFn) ProcessElement(ctx context.Context, top Top, files func(*fileio.FileMetadata) bool, failures func(*Failure) bool) error {
	o := &fn.Options
	tables, err := top.tables()
	if err != nil {
		return err
	}
	page := &report.Page{Totals: &top.Totals, Tables: tables}
	if err := o.write(ctx, "tables.json", func(w io.Writer) error { return report.JSON(w, page) }); err != nil {
		return err
	}
	if err := o.write(ctx, "tables.txt", func(w io.Writer) error { return report.Terminal(w, page, report.Screen{}) }); err != nil {
		return err
	}
	m, err := o.manifest(&top.Totals)
	if err != nil {
		return err
	}
	for f := (fileio.FileMetadata{}); files(&f); {
		m.Files = append(m.Files, manifestFile{f.Path, f.Size})
	}
	slices.SortFunc(m.Files, func(a, b manifestFile) int { return strings.Compare(a.Path, b.Path) })
	for f := (Failure{}); failures(&f); f = (Failure{}) {
		if f.Warning {
			m.Warnings++
		} else {
			m.Failures++
		}
	}
	return o.write(ctx, "manifest.json", func(w io.Writer) error { return writeJSON(w, m) })
}

// manifest says of what and how the output was made, so that it can be made
// again.
type manifest struct {
	Schema        string            `json:"schema"`
	Version       string            `json:"version"` // of the program
	Files         []manifestFile    `json:"files"`
	From          string            `json:"from"`
	By            []string          `json:"by"`
	Limit         int               `json:"limit"`
	Actors        []string          `json:"actors,omitempty"`
	Stance        string            `json:"stance"`
	Sentiment     string            `json:"sentiment"`
	MinConfidence float64           `json:"min_confidence,omitempty"`
	MaxPosts      int               `json:"max_posts"`
	MaxLine       int               `json:"max_line"`
	SHA256        map[string]string `json:"sha256"` // of the lexicon in force and the models
	Threads       int64             `json:"threads"`
	Posts         int64             `json:"posts"`
	Users         int64             `json:"users"`
	Failures      int               `json:"failures"`
	Warnings      int               `json:"warnings,omitempty"`
}

type manifestFile struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
}

// manifest says how a run was made and what it counted.
func (o *Options) manifest(t *summary.Totals) (*manifest, error) {
	m := &manifest{
		Schema: "threadstance.manifest/1", Version: o.Version, From: o.From, By: o.By, Limit: o.Limit, Actors: o.Actors,
		Stance: o.Stance, Sentiment: o.Sentiment, MinConfidence: o.MinConfidence, MaxPosts: o.MaxPosts, MaxLine: o.MaxLine,
		SHA256: map[string]string{}, Threads: t.Threads, Posts: t.Posts, Users: t.UserCount(),
	}
	hash := func(name string, write func(io.Writer) error) error {
		h := sha256.New()
		err := write(h)
		m.SHA256[name] = hex.EncodeToString(h.Sum(nil))
		return err
	}
	lex, err := o.LoadLexicon()
	if err != nil {
		return nil, err
	}
	if err := hash("lexicon", lex.Show); err != nil {
		return nil, err
	}
	for name, load := range map[string]func() (*linear.Model, error){"stance": stance.Default, "sentiment": sentiment.Default} {
		model, err := load()
		if err != nil {
			return nil, err
		}
		data, err := model.MarshalBinary()
		if err != nil {
			return nil, err
		}
		if err := hash(name+" model", func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func writeJSON(w io.Writer, value any) error {
	data, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// writeFailures writes what could not be read, and the warnings, one object a
// line, in the order of the input.
func writeFailures(s beam.Scope, o Options, failures beam.PCollection) {
	beam.ParDo0(s, &failuresFn{o}, beam.Impulse(s), beam.SideInput{Input: failures})
}

// failuresFn writes failures.jsonl.
type failuresFn struct{ Options Options }

// maxFailures bounds the failures that are named; the manifest counts all.
const maxFailures = 1_000_000

// ProcessElement writes the failures.
func (fn *failuresFn) ProcessElement(ctx context.Context, _ []byte, failures func(*Failure) bool) error {
	var list []Failure
	for f := (Failure{}); len(list) < maxFailures && failures(&f); f = (Failure{}) {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b Failure) int {
		if c := before(a.Path, a.Offset, b.Path, b.Offset); c != 0 {
			return c
		}
		return strings.Compare(a.Cause, b.Cause)
	})
	return fn.Options.write(ctx, "failures.jsonl", func(w io.Writer) error {
		for i := range list {
			line, err := json.Marshal(&list[i])
			if err != nil {
				return err
			}
			if _, err := w.Write(append(line, '\n')); err != nil {
				return err
			}
		}
		return nil
	})
}

// recordsFn writes a file of records.
type recordsFn struct{ Options Options }

// ProcessElement writes the records of a shard, threads in the order of the
// input.
func (fn *recordsFn) ProcessElement(ctx context.Context, shard int, records func(*Records) bool) error {
	var list []Records
	for r := (Records{}); records(&r); r = (Records{}) {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b Records) int { return before(a.Path, a.Offset, b.Path, b.Offset) })
	name := fmt.Sprintf("records-%05d-of-%05d.jsonl", shard, fn.Options.Shards)
	return fn.Options.write(ctx, name, func(w io.Writer) error {
		for i := range list {
			if _, err := io.Copy(w, bytes.NewReader(list[i].Lines)); err != nil {
				return err
			}
		}
		return nil
	})
}
