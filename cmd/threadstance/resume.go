package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"threadstance/analyze/journal"
	"threadstance/analyze/summary"
	"threadstance/lexicon"
	"threadstance/thread/pseudonym"
	"threadstance/thread/read"
)

// openJournal opens the journal of finished inputs. All that decides what an
// input gives goes into its fingerprint: the program with its models and its
// lexicon, the user's lexicons, and the flags.
func (c *analyzeCommand) openJournal(pseudonyms *pseudonym.Names) (*journal.Journal, error) {
	hash := sha256.New()
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("--journal: %w", err)
	}
	if err := hashInto(hash, program); err != nil {
		return nil, fmt.Errorf("--journal: %w", err)
	}
	for _, dir := range c.Lexicon {
		for _, name := range lexicon.Files {
			fmt.Fprintf(hash, "\x00%s\x00", name)
			if err := hashInto(hash, filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, fmt.Errorf("--journal: %w", err)
			}
		}
	}
	fmt.Fprintf(hash, "\x00%q %q %v %v %q %v %q %q %q", c.From, c.Columns, []int64{c.MaxBytes, c.MaxRatio},
		[]int{c.MaxLine, c.MaxText, c.MaxNesting, c.MaxPosts}, c.Actor, c.MinConfidence, c.Stance, c.Sentiment, c.By)
	records := c.Format == "jsonl" || c.Format == "sqlite" || c.Format == "parquet"
	fmt.Fprintf(hash, "\x00%v %v %v %v", records, c.Format == "jsonl", c.Format == "html", c.Format == "graphml")
	for _, model := range c.Model {
		hash.Write([]byte{0})
		if err := hashInto(hash, model); err != nil {
			return nil, fmt.Errorf("--journal: %w", err)
		}
	}
	if pseudonyms != nil {
		fmt.Fprintf(hash, "\x00%s", pseudonyms.Name("the key"))
	}
	return journal.Open(c.Journal, hash.Sum(nil))
}

func hashInto(hash io.Writer, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(hash, file)
	return err
}

// journalError is a failure of the journal, and not of the output.
type journalError struct{ error }

func (e journalError) Unwrap() error { return e.error }

// errorMark starts the notes of what could not be read.
const errorMark = "error "

// namedMark starts the notes of threads that were named by their paths.
const namedMark = "named "

// namedIn returns the threads of a recorded input that were named by their
// paths.
func namedIn(entry *journal.Entry) []read.Named {
	var all []read.Named
	for _, note := range entry.Notes {
		if named, ok := strings.CutPrefix(note, namedMark); ok {
			id, path, _ := strings.Cut(named, "\x00")
			all = append(all, read.Named{Path: path, ID: id})
		}
	}
	return all
}

// failuresIn counts what of a recorded input could not be read.
func failuresIn(entry *journal.Entry) int {
	n := 0
	for _, note := range entry.Notes {
		if strings.HasPrefix(note, errorMark) {
			n++
		}
	}
	return n
}

// recording is an input that is being recorded.
type recording struct {
	input   *read.Input
	key     journal.Key
	writer  *journal.Writer
	part    *summary.Summary
	threads int
	notes   []string
}

// add takes a batch of the input, in order.
func (r *recording) add(b *batch) error {
	r.threads += b.count
	for _, problem := range b.problems {
		mark := errorMark
		if problem.warning {
			mark = "warning "
		}
		r.notes = append(r.notes, mark+problem.err.Error())
	}
	r.part.Merge(b.part)
	_, err := r.writer.Write(b.records)
	return err
}

// finish records that the input is whole.
func (r *recording) finish() error {
	part, err := r.part.MarshalBinary()
	if err != nil {
		return err
	}
	notes := append([]string{strconv.Itoa(r.threads)}, r.notes...)
	for _, named := range r.input.Named() {
		notes = append(notes, namedMark+named.ID+"\x00"+named.Path)
	}
	return r.writer.Commit(r.key, part, notes)
}

// replay hands on what a finished input gave, as run does for one that is
// read, and adds its summary to whole.
func (p *pipeline) replay(entry *journal.Entry, whole *summary.Summary, emit func(*batch) error) error {
	encoded, err := entry.Summary()
	if err != nil {
		return journalError{err}
	}
	part := p.plan.New()
	if err := part.UnmarshalBinary(encoded); err != nil {
		return journalError{err}
	}
	whole.Merge(part)
	first := &batch{}
	for i, note := range entry.Notes {
		if i == 0 {
			first.count, _ = strconv.Atoi(note)
			continue
		}
		if strings.HasPrefix(note, namedMark) {
			continue
		}
		mark, text, _ := strings.Cut(note, " ")
		first.problems = append(first.problems, problem{warningError(text), mark == "warning"})
	}
	if err := emit(first); err != nil {
		return err
	}
	records := entry.Records()
	piece := make([]byte, 256<<10)
	for {
		n, err := records.Read(piece)
		if n > 0 {
			if err := emit(&batch{records: piece[:n]}); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return journalError{err}
		}
	}
}
