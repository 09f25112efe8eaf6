package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"

	"threadstance/thread/read"
)

func open(t testing.TB, path, fingerprint string) *Journal {
	t.Helper()
	j, err := Open(path, []byte(fingerprint))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

// inputs writes n files and returns them as inputs.
func inputs(t testing.TB, dir string, n int) []*read.Input {
	t.Helper()
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.txt", i)), fmt.Appendf(nil, "post %d\n", i), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var all []*read.Input
	for in, err := range read.Walk([]string{dir}, read.Options{Format: "text"}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, in)
	}
	if len(all) != n {
		t.Fatalf("%d inputs, want %d", len(all), n)
	}
	return all
}

func key(t testing.TB, j *Journal, in *read.Input) Key {
	t.Helper()
	k, ok, err := j.Key(in)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return k
}

// finish records an input with records of many frames.
func finish(t testing.TB, j *Journal, in *read.Input, records string) {
	t.Helper()
	w := j.Begin()
	for i := 0; i < len(records); i += 1000 {
		if _, err := io.WriteString(w, records[i:min(len(records), i+1000)]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(key(t, j, in), []byte("summary of "+in.Path), []string{"a note", ""}); err != nil {
		t.Fatal(err)
	}
}

func check(t testing.TB, j *Journal, in *read.Input, records string) {
	t.Helper()
	e := j.Find(key(t, j, in))
	if e == nil {
		t.Fatalf("%s is not found", in.Path)
	}
	got, err := io.ReadAll(e.Records())
	summary, errSummary := e.Summary()
	if err := errors.Join(err, errSummary); err != nil || string(got) != records || string(summary) != "summary of "+in.Path || len(e.Notes) != 2 || e.Notes[0] != "a note" {
		t.Fatalf("%s gave %d bytes of records (%v), summary %q, notes %q", in.Path, len(got), err, summary, e.Notes)
	}
}

func TestResume(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(t.TempDir(), "journal")
	all := inputs(t, dir, 3)
	long := strings.Repeat("records of the first\n", 50_000)
	j := open(t, path, "v1")
	abandoned := j.Begin()
	io.WriteString(abandoned, long)
	finish(t, j, all[0], long)
	finish(t, j, all[1], "")
	check(t, j, all[0], long)
	j.Close()

	j = open(t, path, "v1")
	check(t, j, all[0], long)
	check(t, j, all[1], "")
	if j.Find(key(t, j, all[2])) != nil || j.Len() != 2 {
		t.Error("an input is found that was not finished")
	}
	if _, err := Open(path, nil); err == nil || !strings.Contains(err.Error(), "in use by another run") {
		t.Errorf("a second run: %v", err)
	}
	finish(t, j, all[2], "third\n")
	// A changed input is another one.
	if err := os.WriteFile(all[1].Path, []byte("changed\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if j.Find(key(t, j, all[1])) != nil {
		t.Error("a changed input is found")
	}
	j.Close()

	if j = open(t, path, "v2"); j.Find(key(t, j, all[0])) != nil {
		t.Error("another fingerprint makes no difference")
	}
}

// TestFilesBesideCount holds that a corpus of ConvoKit is another input once the
// titles beside it change.
func TestFilesBesideCount(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("utterances.jsonl", `{"id":"1","conversation_id":"1","speaker":"keel","text":"The ferry is late."}`+"\n")
	j := open(t, filepath.Join(t.TempDir(), "journal"), "v1")
	titles := map[Key]string{}
	for _, title := range []string{"", `{"1":{"title":"Ferries"}}`, `{"1":{"title":"Harbours"}}`} {
		if title != "" {
			write("conversations.json", title)
		}
		for in, err := range read.Walk([]string{dir}, read.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			k := key(t, j, in)
			if before, ok := titles[k]; ok {
				t.Errorf("%s with %q has the key that it had with %q", in.Path, title, before)
			}
			titles[k] = title
		}
	}
	if len(titles) != 3 {
		t.Errorf("%d keys, want 3", len(titles))
	}
}

// TestSummariesStayInTheFile holds that a journal of many inputs needs no more
// memory than for where their summaries lie.
func TestSummariesStayInTheFile(t *testing.T) {
	all := inputs(t, t.TempDir(), 20)
	path := filepath.Join(t.TempDir(), "journal")
	held := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	const size = 1 << 20
	before := held()
	j := open(t, path, "v1")
	for _, in := range all {
		if err := j.Begin().Commit(key(t, j, in), make([]byte, size), nil); err != nil {
			t.Fatal(err)
		}
	}
	written := held()
	j.Close()
	j = open(t, path, "v1")
	if read := held(); max(written, read) > before+5*size {
		t.Errorf("with %d summaries of 1 MB %d bytes are held when they are written, %d when they are read", len(all), written-before, read-before)
	}
	if summary, err := j.Find(key(t, j, all[7])).Summary(); err != nil || len(summary) != size {
		t.Errorf("a summary has %d bytes (%v)", len(summary), err)
	}
}

// TestTorn cuts and damages a journal at every byte: what is found afterwards
// is whole, what was finished before the damage is found, and the journal can
// be written on.
func TestTorn(t *testing.T) {
	all := inputs(t, t.TempDir(), 4)
	path := filepath.Join(t.TempDir(), "journal")
	j := open(t, path, "v1")
	var ends []int64
	for i, in := range all[:3] {
		finish(t, j, in, strings.Repeat("x", i*10))
		ends = append(ends, j.end)
	}
	keys := []Key{key(t, j, all[0]), key(t, j, all[1]), key(t, j, all[2])}
	j.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		for _, damage := range []string{"cut", "flip"} {
			data := bytes.Clone(whole[:at])
			if damage == "flip" {
				data = bytes.Clone(whole)
				data[at] ^= 0x40
			}
			if err := os.WriteFile(path, data, 0o666); err != nil {
				t.Fatal(err)
			}
			j, err := Open(path, []byte("v1"))
			if at < len(magic) && damage == "flip" {
				if err == nil {
					t.Fatalf("a damaged head at byte %d is taken", at)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			for i, end := range ends {
				found := j.Find(keys[i]) != nil
				if want := end <= int64(at); found != want {
					t.Fatalf("%s at byte %d: input %d is found: %v, want %v", damage, at, i, found, want)
				}
				if found {
					check(t, j, all[i], strings.Repeat("x", i*10))
				}
			}
			if at%16 == 0 { // each writing on waits for the disk
				finish(t, j, all[3], "written on")
				check(t, j, all[3], "written on")
				j.Close()
				j = open(t, path, "v1")
				check(t, j, all[3], "written on")
			}
			j.Close()
		}
	}
}

// TestUnreadable holds that a journal that cannot be read to its end is not
// taken for a torn one, and nothing of it is cut off.
func TestUnreadable(t *testing.T) {
	all := inputs(t, t.TempDir(), 2)
	path := filepath.Join(t.TempDir(), "journal")
	j := open(t, path, "v1")
	finish(t, j, all[0], "first")
	half := j.end
	finish(t, j, all[1], "second")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, end := range []int64{half, half + 3, half + 40} {
		again := &Journal{end: int64(len(magic)), entries: map[Key]*Entry{}}
		broken := io.MultiReader(bytes.NewReader(whole[len(magic):end]), iotest.ErrReader(syscall.EIO))
		if err := again.takeAll(broken, int64(len(whole))); !errors.Is(err, syscall.EIO) || again.Len() != 1 {
			t.Errorf("after %d bytes: %v, with %d inputs", end, err, again.Len())
		}
	}
}

func TestForeign(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	if err := os.WriteFile(path, []byte("somebody's notes, not ours at all\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, nil); err == nil || !strings.Contains(err.Error(), "not a journal") {
		t.Errorf("a foreign file: %v", err)
	}
	if data, _ := os.ReadFile(path); len(data) != 34 {
		t.Error("the foreign file was changed")
	}
	if _, ok, err := (&Journal{}).Key(&read.Input{Path: "-", Size: -1}); ok || err != nil {
		t.Errorf("standard input is recorded: %v %v", ok, err)
	}
}

// What cannot be written is an error, at once and from then on, and the input is not
// taken for finished.
func TestUnwritable(t *testing.T) {
	all := inputs(t, t.TempDir(), 2)
	j := open(t, filepath.Join(t.TempDir(), "journal"), "v1")
	finish(t, j, all[0], "records")
	end := j.end
	j.file.Close() // as a disk that is gone
	w := j.Begin()
	if n, err := w.Write(make([]byte, recordsSize)); err == nil || n != 0 {
		t.Errorf("%d bytes are written, %v", n, err)
	}
	if err := w.Commit(key(t, j, all[1]), nil, nil); err == nil {
		t.Error("an input is finished whose records are lost")
	}
	if err := j.Begin().Commit(key(t, j, all[1]), nil, nil); err == nil || !strings.Contains(err.Error(), "journal: ") {
		t.Errorf("an input is finished on a disk that is gone: %v", err)
	}
	if j.Len() != 1 || j.end != end {
		t.Errorf("%d inputs are found, and %d bytes kept of %d", j.Len(), j.end, end)
	}
}

// FuzzFrames holds that what is taken of a journal, however damaged, lies within
// what is kept of it, and is the same when it is read again. A frame whose checksum
// fits comes last, with whatever in it.
func FuzzFrames(f *testing.F) {
	all := inputs(f, f.TempDir(), 1)
	path := filepath.Join(f.TempDir(), "journal")
	j := open(f, path, "v1")
	finish(f, j, all[0], "records")
	j.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	frames, id := whole[len(magic):], []byte{1}
	key := make([]byte, len(Key{}))
	f.Add(frames, byte(frameRecords), []byte{9})
	f.Add(frames, byte(frameRecords), binary.AppendUvarint(nil, math.MaxUint64))
	f.Add(frames[:len(frames)-1], byte(frameDone), slices.Concat(id, key, []byte{1, 's', 1, 'n'}))
	f.Add([]byte{}, byte(frameDone), slices.Concat(id, key))
	f.Add([]byte{}, byte(frameDone), slices.Concat(id, key, []byte{2, 's'}))
	f.Add([]byte{}, byte(frameDone), slices.Concat(id, key, []byte{0, 9}))
	f.Add([]byte{}, byte('x'), id)
	f.Fuzz(func(t *testing.T, frames []byte, kind byte, data []byte) {
		frames = append(bytes.Clone(frames), encodeFrame(nil, kind, data)...)
		const start = int64(len(magic))
		read := func(frames []byte) *Journal {
			j := &Journal{end: start, entries: map[Key]*Entry{}}
			if err := j.takeAll(bytes.NewReader(frames), start+int64(len(frames))); err != nil {
				t.Fatal(err)
			}
			if j.end < start || j.end > start+int64(len(frames)) {
				t.Fatalf("of %d bytes of frames those to %d are kept", len(frames), j.end-start)
			}
			return j
		}
		j := read(frames)
		for _, e := range j.entries {
			at := start
			for _, p := range append(slices.Clone(e.pieces), e.summary) {
				if p.size < 0 || p.offset < at || p.offset+p.size > j.end {
					t.Fatalf("a piece of %d bytes at %d, after %d and of %d", p.size, p.offset, at, j.end)
				}
				at = p.offset + p.size
			}
		}
		if again := read(frames[:j.end-start]); again.end != j.end || again.Len() != j.Len() {
			t.Fatalf("read again, %d bytes and %d inputs are kept of %d and %d", again.end, again.Len(), j.end, j.Len())
		}
	})
}
