package read_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"threadstance/thread/read"
	"threadstance/thread/read/input"
	"threadstance/thread/threadtest"
)

func gzipped(t testing.TB, data string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstded(t testing.TB, data string) string {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// zstdWith is data as a frame of zstd that asks for a window of so many bits.
func zstdWith(windowLog int, data string) string {
	const lastRaw = 1
	header := []byte{0x28, 0xb5, 0x2f, 0xfd, 0, byte(windowLog-10) << 3}
	block := len(data)<<3 | lastRaw
	return string(append(header, byte(block), byte(block>>8), byte(block>>16))) + data
}

func tarred(t testing.TB, files ...string) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: files[i], Size: int64(len(files[i+1])), Mode: 0o666, Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, files[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zipped(t testing.TB, files ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, files[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// encrypted sets the mark of a password at each member of a zip.
func encrypted(archive string) string {
	data := []byte(archive)
	for at := range data {
		switch {
		case bytes.HasPrefix(data[at:], []byte("PK\x03\x04")):
			data[at+6] |= 1
		case bytes.HasPrefix(data[at:], []byte("PK\x01\x02")):
			data[at+8] |= 1
		}
	}
	return string(data)
}

// bzipped is threadtest.TwoPosts as bzip2 compresses it; Go has no writer for it.
const bzipped = "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x2f\x87\xf0\x91\x00\x00\x1a\x59\x80\x00\x10\x10\x04\x00\x10\x26\x41\x94\xca\x20\x00\x31\x4c\x00\x13\x40\xaa\x93\x46\x26\x4f\x46\xa4\xac\xba\x18\xa6\x12\xac\x6b\x43\xa7\xa8\xdb\x25\xf9\x8e\x25\x5a\x2d\x94\xbb\x7e\x2e\xe4\x8a\x70\xa1\x20\x5f\x0f\xe1\x22"

func page(t testing.TB, name string) string {
	data, err := os.ReadFile(filepath.Join("../../testdata/threads/html", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestContainers holds that what a thread is packed in changes nothing.
func TestContainers(t *testing.T) {
	plain := "thread \"a\" \"\"\n  0  \"\"  reply to -1\n    text \"one\"\n  1  \"\"  reply to -1\n    text \"two\"\n"
	for _, test := range []struct{ name, content string }{
		{"plain", threadtest.TwoPosts},
		{"gzip", gzipped(t, threadtest.TwoPosts)},
		{"zstd", zstded(t, threadtest.TwoPosts)},
		{"zstd with a window of 512 MiB", zstdWith(29, threadtest.TwoPosts)},
		{"zstd behind a skippable frame", "\x50\x2a\x4d\x18\x04\x00\x00\x00abcd" + zstded(t, threadtest.TwoPosts)},
		{"two gzips, one behind the other", gzipped(t, threadtest.TwoPosts[:20]) + gzipped(t, threadtest.TwoPosts[20:])},
		{"bzip2", bzipped},
		{"gzip in zstd", zstded(t, gzipped(t, threadtest.TwoPosts))},
		{"tar", tarred(t, "x/a.jsonl", threadtest.TwoPosts)},
		{"tar.gz with what is left out", gzipped(t, tarred(t, "a.png", "\x89PNG", ".DS_Store", "x", "x/a.jsonl", threadtest.TwoPosts))},
		{"zstd in zstd, with a window of 128 MiB", zstded(t, zstdWith(27, threadtest.TwoPosts))},
		{"zip", zipped(t, "a.jsonl", threadtest.TwoPosts)},
		{"zip of a gzip", zipped(t, "a.jsonl.gz", gzipped(t, threadtest.TwoPosts))},
		{"zip in a tar", tarred(t, "a.zip", zipped(t, "a.jsonl", threadtest.TwoPosts))},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := threadtest.Write(t, t.TempDir(), "input", test.content)
			threads, failures := threadtest.Paths(t, read.Options{}, path)
			if diff := cmp.Diff(plain, threadtest.Dump(threads, failures)); diff != "" {
				t.Errorf("a file (-want +got):\n%s", diff)
			}
			threads, failures = threadtest.Paths(t, read.Options{Stdin: strings.NewReader(test.content)}, "-")
			if diff := cmp.Diff(plain, threadtest.Dump(threads, failures)); diff != "" {
				t.Errorf("standard input (-want +got):\n%s", diff)
			}
		})
	}
}

// TestArchiveOfPages holds that the pages of a thread come together in an
// archive as they do in a folder.
func TestArchiveOfPages(t *testing.T) {
	for name, content := range map[string]string{
		"tar": tarred(t, "2.html", page(t, "xenforo2-page-2.html"), "other.html", page(t, "mybb.html"), "1.html", page(t, "xenforo2-page-1.html")),
		"zip": zipped(t, "2.html", page(t, "xenforo2-page-2.html"), "other.html", page(t, "mybb.html"), "1.html", page(t, "xenforo2-page-1.html")),
	} {
		path := threadtest.Write(t, t.TempDir(), "pages", content)
		threads, failures := threadtest.Paths(t, read.Options{}, path)
		if len(threads) != 2 || len(failures) > 0 || len(threads[0].Posts) != 3 || threads[0].Posts[0].Author != "Noor" {
			t.Errorf("%s:\n%s", name, threadtest.Dump(threads, failures))
		}
	}
}

// TestPagesThatFail holds that the page is named in which something is wrong,
// wherever it stands.
func TestPagesThatFail(t *testing.T) {
	dir := t.TempDir()
	good, empty := page(t, "mybb.html"), "<html><head><title>Night ferries</title></head><body></body></html>"
	path := threadtest.Write(t, dir, "pages.zip", zipped(t, "a.html", good, "b.html", empty, "c.html", page(t, "smf2.html")))
	_, failures := threadtest.Paths(t, read.Options{Limits: input.Limits{Posts: 1}}, path)
	for i, want := range []string{"/a.html: thread ", "/b.html: no post in this page", "/c.html: thread "} {
		if len(failures) != 3 || !strings.HasPrefix(failures[i], path+want) {
			t.Errorf("failures %q, want %q", failures, want)
		}
	}
}

// TestDamage holds that what is damaged is named, and the rest read.
func TestDamage(t *testing.T) {
	var b strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&b, "{\"thread\":\"t%d\",\"text\":\"post %x of %x\"}\n", i/10, i*i*7919, i*104729)
	}
	long := b.String()
	squeezed := zstded(t, long)
	compressedTar := gzipped(t, tarred(t, "a", long))
	for _, test := range []struct{ name, content, failure string }{
		{"empty", "", "FILE: empty"},
		{"blank", " \n\n", "FILE: empty"},
		{"a zstd cut short", squeezed[:len(squeezed)-40], "the compressed input is cut short"},
		{"a gzip cut short", gzipped(t, long)[:300], "the compressed input is cut short"},
		{"a gzip with a bad header", "\x1f\x8b\xff\xff\xff", "FILE: gzip: "},
		{"a record cut in half", threadtest.TwoPosts + `{"thread":"a","te`, "FILE:3: not JSON: unexpected end of JSON input"},
		{"a dump without its beginning", "e\":\"a\",\"te\"}\n" + threadtest.TwoPosts, "FILE:1: not JSON: "},
		{"a dump that begins with nothing", "{}\n" + threadtest.TwoPosts, `FILE:1: no "text" in this record`},
		{"a tar cut short in a header", tarred(t, "a", threadtest.TwoPosts, "b", threadtest.TwoPosts)[:1100], "FILE: tar: the archive is cut short"},
		{"a tar cut short in a member", tarred(t, "a", "x", "b", long)[:3000], "FILE: tar: the archive is cut short"},
		{"a tar cut short in a member's padding", tarred(t, "a", threadtest.TwoPosts, "b", threadtest.TwoPosts)[:700], "FILE: tar: the archive is cut short"},
		{"a tar within a tar that is cut short", tarred(t, "a", tarred(t, "b", "x")[:600]), "FILE/a: tar: the archive is cut short"},
		{"a compressed tar cut short", compressedTar[:len(compressedTar)-40], "FILE: tar: the compressed input is cut short"},
		{"a compressed text cut short", gzipped(t, "Close it.\n")[:20], "the compressed input is cut short"},
		{"a zip cut short", zipped(t, "a", threadtest.TwoPosts)[:60], "FILE: zip: not a valid zip file: the list of its files, which is at its end, is not there or damaged"},
		{"a zip with a password", encrypted(zipped(t, "a", threadtest.TwoPosts)), "FILE/a: encrypted with a password; unpack it first"},
		{"one bad member", tarred(t, "a", "\x1f\x8b\xff\xff\xff", "b", threadtest.TwoPosts), "FILE/a: gzip: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := threadtest.Write(t, t.TempDir(), "input", test.content)
			_, failures := threadtest.Paths(t, read.Options{}, path)
			last := strings.ReplaceAll(strings.Join(failures[max(0, len(failures)-1):], ""), path, "FILE")
			if len(failures) > 2 || !strings.Contains(last, test.failure) {
				t.Errorf("failures %q, want the last with %q", failures, test.failure)
			}
		})
	}
	path := threadtest.Write(t, t.TempDir(), "input", squeezed[:len(squeezed)-40])
	if threads, _ := threadtest.Paths(t, read.Options{}, path); len(threads) == 0 {
		t.Error("nothing was read of a zstd that is cut short")
	}
}

// TestCutText holds that a post over the limit keeps what is before it.
func TestCutTexts(t *testing.T) {
	path := threadtest.Write(t, t.TempDir(), "a.jsonl", `{"author":"Noor","text":"Close it, café"}`+"\n"+`{"author":"Bo","text":"No."}`+"\n")
	threads, failures := threadtest.Paths(t, read.Options{Limits: input.Limits{Text: 14}}, path)
	want := "posts of more than 14 bytes in the thread \"\": 1, the first is number 1; they are cut there, --max-text raises the limit"
	if len(failures) != 1 || !strings.HasSuffix(failures[0], want) || len(threads) != 2 || threads[0].Posts[0].Text != "Close it, caf" || threads[1].Posts[0].Text != "No." {
		t.Errorf("%s%q", threadtest.Dump(threads, nil), failures)
	}
}

// TestCorpusInZip holds that a corpus is read from an archive as from a folder.
func TestCorpusInZip(t *testing.T) {
	archive := zipped(t, "posts.json", threadtest.TwoPosts, "bases/conversations.json", `{"1":{"title":"Bases"}}`, "bases/speakers.json", "{}",
		"bases/utterances.jsonl", `{"id":"1","conversation_id":"1","text":"Close the base.","speaker":"ann"}`)
	for _, content := range []string{archive, gzipped(t, archive)} {
		threads, failures := threadtest.Paths(t, read.Options{}, threadtest.Write(t, t.TempDir(), "corpora.zip", content))
		titles := ""
		for _, thread := range threads {
			titles += thread.ID + " " + thread.Title + ", "
		}
		if titles != "a , 1 Bases, " || failures != nil {
			t.Errorf("threads %q, failures %q", titles, failures)
		}
	}
}

// TestCorpusInTar holds that a corpus is read from a tar as from a folder, in
// whatever order its files come, and other files of their names as what they are.
func TestCorpusInTar(t *testing.T) {
	const said = `{"id":"1","conversation_id":"1","text":"Close the base.","speaker":"ann"}`
	const titles = `{"1":{"title":"Bases"}}`
	for _, test := range []struct{ name, content, want string }{
		{"titles first", tarred(t, "posts.json", threadtest.TwoPosts, "bases/conversations.json", titles, "bases/speakers.json", "{}", "bases/utterances.jsonl", said), "a , 1 Bases, "},
		{"titles last", tarred(t, "bases/utterances.jsonl", said, "bases/speakers.json", "{}", "bases/conversations.json", titles, "posts.json", threadtest.TwoPosts), "a , 1 Bases, "},
		{"compressed", gzipped(t, tarred(t, "bases/utterances.jsonl", said, "bases/conversations.json", titles)), "1 Bases, "},
		{"two", tarred(t, "a/utterances.jsonl", said, "b/conversations.json", titles, "b/utterances.jsonl", said), "1 , 1 Bases, "},
		{"no corpus", tarred(t, "index.json", threadtest.TwoPosts), "a , "},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := threadtest.Paths(t, read.Options{}, threadtest.Write(t, t.TempDir(), "corpora.tar", test.content))
			got := ""
			for _, thread := range threads {
				got += thread.ID + " " + thread.Title + ", "
			}
			if got != test.want || failures != nil {
				t.Errorf("threads %q, want %q; failures %q", got, test.want, failures)
			}
		})
	}
}

// TestLimits holds that each limit bites and names its flag.
func TestLimits(t *testing.T) {
	bomb := gzipped(t, `{"text":"`+strings.Repeat(" ", 80<<20)+`"}`)
	nested := threadtest.TwoPosts
	for range 6 {
		nested = tarred(t, "a", nested)
	}
	blank := gzipped(t, threadtest.TwoPosts+strings.Repeat("\n", 30<<20)) // too small to harm alone
	wide := zstdWith(28, threadtest.TwoPosts)
	for _, test := range []struct {
		name, content string
		limits        input.Limits
		flag          string
	}{
		{"ratio", bomb, input.Limits{Ratio: 100}, "--max-ratio"},
		{"ratio of all that is in a tar", tarred(t, "a", blank, "b", blank, "c", blank), input.Limits{Ratio: 100}, "--max-ratio"},
		{"ratio of all that is in zips in a zip", zipped(t, "a", zipped(t, "a", blank), "b", zipped(t, "a", blank), "c", zipped(t, "a", blank)), input.Limits{Ratio: 100}, "--max-ratio"},
		{"bytes", gzipped(t, strings.Repeat(threadtest.TwoPosts, 1000)), input.Limits{Bytes: 10000}, "--max-bytes"},
		{"bytes of what is not compressed", strings.Repeat(threadtest.TwoPosts, 1000), input.Limits{Bytes: 10000}, ": more than 10000 bytes; --max-bytes"},
		{"bytes of a pasted text", "Close it.\nNow.\n", input.Limits{Bytes: 10}, "input: more than 10 bytes; --max-bytes"},
		{"bytes of a tar", tarred(t, "a", threadtest.TwoPosts), input.Limits{Bytes: 1000}, "more than 1000 bytes; --max-bytes"},
		{"bytes of a zip", zipped(t, "a", threadtest.TwoPosts), input.Limits{Bytes: 50}, "input: more than 50 bytes; --max-bytes"},
		{"line", threadtest.TwoPosts, input.Limits{Line: 10}, "--max-line"},
		{"posts", threadtest.TwoPosts, input.Limits{Posts: 1}, "--max-posts"},
		{"archives", nested, input.Limits{Nesting: 5}, "--max-nesting"},
		{"compression", gzipped(t, gzipped(t, gzipped(t, threadtest.TwoPosts))), input.Limits{Nesting: 2}, "--max-nesting"},
		{"pasted text", "Close it.\nNow.\n", input.Limits{Line: 10}, "--max-line"},
		{"text of a post", threadtest.TwoPosts, input.Limits{Text: 2}, "--max-text"},
		{"page", page(t, "mybb.html"), input.Limits{Line: 100}, "--max-line"},
		{"posts of a page", page(t, "mybb.html"), input.Limits{Posts: 1}, "--max-posts"},
		{"message", "From: a@b.example\nSubject: c\n\n" + strings.Repeat("line\n", 100), input.Limits{Line: 100}, "--max-line"},
		{"row", "author,text\nAnn,\"" + strings.Repeat("never closed\n", 1<<16), input.Limits{Line: 100000}, "--max-line"},
		{"window of zstd in zstd", zstded(t, wide), input.Limits{}, "window size exceeded: 2 GiB at most, and inside other zstd a sixteenth of what may be around it; decompress it first"},
		{"window of zstd in a tar in zstd", zstded(t, tarred(t, "a.zst", wide)), input.Limits{}, "window size exceeded: 2 GiB at most"},
		{"window of zstd in zstd in a zip", zipped(t, "a.zst.zst", zstded(t, wide)), input.Limits{}, "window size exceeded: 2 GiB at most"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := threadtest.Write(t, t.TempDir(), "input", test.content)
			_, failures := threadtest.Paths(t, read.Options{Limits: test.limits}, path)
			if !strings.Contains(fmt.Sprint(failures), test.flag) {
				t.Errorf("failures %q do not name %s", failures, test.flag)
			}
		})
	}
}

// TestWalk holds the order of inputs and what is passed over.
func TestWalk(t *testing.T) {
	dir := t.TempDir()
	threadtest.Write(t, dir, "b.jsonl", threadtest.TwoPosts)
	threadtest.Write(t, dir, "a/2.html", page(t, "xenforo2-page-2.html"))
	threadtest.Write(t, dir, "a/1.html", page(t, "xenforo2-page-1.html"))
	threadtest.Write(t, dir, "a/1_files/frame.html", "<html>no</html>")
	threadtest.Write(t, dir, "a/.hidden", "no")
	threadtest.Write(t, dir, "a/style.css", "no")
	threadtest.Write(t, dir, "mail/cur/1:2,S", "From: a@b.example\nSubject: x\n\ny\n")
	threadtest.Write(t, dir, "mail/new/2", "From: c@d.example\nSubject: Re: x\n\nz\n")
	threadtest.Write(t, dir, "mail/tmp/3", "From: e@f.example\nSubject: Re: x\n\nw\n")
	threadtest.Write(t, dir, "mail/archive/2019.mbox", "From a@b Wed Jan  8 06:30:00 2020\nFrom: g@h.example\nSubject: v\n\nu\n")
	threadtest.Write(t, dir, "mail/dovecot-uidlist", "3 V1578465000 N3\n1 :1\n")
	threadtest.Write(t, dir, "mail/notes.txt", "Letters that I kept.\n")
	threadtest.Write(t, dir, "c.txt", "A text.\n")
	if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
		t.Log(err)
	}
	var got []string
	for in, err := range read.Walk([]string{dir, filepath.Join(dir, "none"), filepath.Join(dir, "b.jsonl"), dir + "/a/../mail/cur/1:2,S", filepath.Join(dir, "a", ".hidden")}, read.Options{}) {
		if err != nil {
			got = append(got, strings.ReplaceAll(err.Error(), dir, "DIR"))
			continue
		}
		got = append(got, strings.ReplaceAll(strings.Join(in.Files(), " "), dir, "DIR"))
	}
	want := []string{
		"DIR/a/1.html DIR/a/2.html",
		"DIR/b.jsonl",
		"DIR/c.txt",
		"DIR/mail/cur/1:2,S DIR/mail/new/2",
		"DIR/mail/archive/2019.mbox",
		"DIR/mail/notes.txt",
		"DIR/none: no such file or directory",
		"DIR/b.jsonl: named more than once, and read once",
		"DIR/a/../mail/cur/1:2,S: named more than once, and read once",
		"DIR/a/.hidden",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
}

// TestNamesByPath holds that threads whose only name is that of a file are told
// apart, by no more of their paths than that takes.
func TestNamesByPath(t *testing.T) {
	dir := t.TempDir()
	threadtest.Write(t, dir, "dues.md", "A text.\n")
	threadtest.Write(t, dir, "2023/dues.txt", "Another text.\n")
	threadtest.Write(t, dir, "2024/dues.txt", "A third text.\n")
	threadtest.Write(t, dir, "2024/ferry.html", page(t, "mybb.html"))
	threadtest.Write(t, dir, "ferry.txt", "About a ferry.\n")
	threadtest.Write(t, dir, "old.zip", zipped(t, "2023/dues.txt", "A fourth text.\n", "2022/dues.txt", "A fifth text.\n"))
	threadtest.Write(t, dir, "top\xe9.txt", "None.\n")
	threadtest.Write(t, dir, "top.md", "One.\n")
	threadtest.Write(t, dir, "top.txt", "Two.\n")
	t.Chdir(dir)
	threads, failures := threadtest.Paths(t, read.Options{}, ".", "2024", "top.md", "top.txt")
	var got []string
	for _, thread := range threads {
		got = append(got, thread.Path+" "+thread.ID)
	}
	want := []string{
		"2023/dues.txt dues",
		"2024/dues.txt 2024/dues",
		"2024/ferry.html loft.example/showthread.php?tid=19",
		"dues.md dues.md",
		"ferry.txt ferry",
		"old.zip/2023/dues.txt old.zip/2023/dues",
		"old.zip/2022/dues.txt 2022/dues",
		"top.md top",
		"top.txt top.txt",
		"top\xe9.txt top\\xe9",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("identifiers (-want +got):\n%s", diff)
	}
	if left := strings.Join(failures, "\n"); strings.Count(left, ": named more than once, and read once") != 4 || len(failures) != 4 {
		t.Errorf("read once: %s", left)
	}
}

// TestForced holds that a format that is forced is used, and that an unknown
// one is named.
func TestForced(t *testing.T) {
	path := threadtest.Write(t, t.TempDir(), "input", threadtest.TwoPosts)
	threads, failures := threadtest.Paths(t, read.Options{Format: "text"}, path)
	if len(failures) > 0 || len(threads) != 1 || len(threads[0].Posts) != 1 {
		t.Errorf("as text:\n%s", threadtest.Dump(threads, failures))
	}
	_, failures = threadtest.Paths(t, read.Options{Format: "docx"}, path)
	if len(failures) != 1 || !strings.Contains(failures[0], `no format is called "docx"; the formats are reddit`) {
		t.Errorf("failures %q", failures)
	}
}

// FuzzOpen fuzzes what inputs are packed in, and how their form is found.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{
		threadtest.TwoPosts, gzipped(f, threadtest.TwoPosts), zstded(f, threadtest.TwoPosts), bzipped, tarred(f, "a", threadtest.TwoPosts, "b.html", "<html>x"), tarred(f, "a/utterances.jsonl", `{"id":"1","conversation_id":"1","text":"a","speaker":"b"}`, "a/conversations.json", `{"1":{"title":"c"}}`, "b/index.json", threadtest.TwoPosts),
		zipped(f, "a", threadtest.TwoPosts, "b", "From: a\nSubject: b\n\nc"), "a text", "\xff\xfea\x00",
		"\xff\xfea\x00,\x00t\x00e\x00x\x00t\x00\n\x00b\x00,\x00\x3d\xd8", "user,text\nZo\xeb,They don\x92t.\n",
		zstded(f, zstdWith(28, threadtest.TwoPosts)), tarred(f, "a", threadtest.TwoPosts)[:700], encrypted(zipped(f, "a", threadtest.TwoPosts)),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		threads, failures := threadtest.Paths(t, read.Options{Stdin: bytes.NewReader(data), Limits: threadtest.Limits}, "-")
		again, failuresAgain := threadtest.Paths(t, read.Options{Stdin: iotest.HalfReader(bytes.NewReader(data)), Limits: threadtest.Limits}, "-")
		if diff := cmp.Diff(threads, again) + cmp.Diff(failures, failuresAgain); diff != "" {
			t.Errorf("in pieces it is read otherwise: %s", diff)
		}
	})
}

func BenchmarkZstd(b *testing.B) {
	var lines strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&lines, `{"id":"%d","thread":"%d","author":"user%d","time":"2020-01-08T06:30:00Z","reply_to":"%d","text":"They should leave, I say for the time number %d, and let Iraq sort itself out. Nobody asked us."}`+"\n", i, i/30, i%97, i-1, i)
	}
	threadtest.Benchmark(b, zstded(b, lines.String()))
}
