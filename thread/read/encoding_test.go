package read_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"

	"threadstance/thread/read"
	"threadstance/thread/read/csv"
	"threadstance/thread/read/html"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
	"threadstance/thread/read/mail"
	"threadstance/thread/read/text"
	"threadstance/thread/threadtest"
)

// TestUTF16 holds that a form is known, and read, in UTF-16 as it is in UTF-8.
func TestUTF16(t *testing.T) {
	for name, content := range map[string]string{
		"csv":    "User\tComment\r\nZoë\tThey don’t care.\r\nBo\t\"Never.\nEver.\"\r\n",
		"jsonl":  `{"author":"Zoë","text":"They don’t care."}` + "\r\n" + `{"author":"Bo","text":"Never."}` + "\r\n",
		"reddit": `{"id":"s1","author":"Zoë","title":"They don’t care","selftext":"","created_utc":1578465000}` + "\n",
		"text":   "They don’t care.\r\nZoë does.\r\n",
		"html":   page(t, "mybb.html"),
		"mail":   "From: Zoë <z@x.example>\nSubject: a\n\nThey don’t care.\n",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			threads, failures := threadtest.Paths(t, read.Options{}, threadtest.Write(t, dir, "a", content))
			want := threadtest.Dump(threads, failures)
			for kind, in := range map[string]unicode.BOMPolicy{"with a mark": unicode.UseBOM, "without": unicode.IgnoreBOM} {
				for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
					encoded, err := unicode.UTF16(order, in).NewEncoder().String(content)
					if err != nil {
						t.Fatal(err)
					}
					threads, failures := threadtest.Paths(t, read.Options{}, threadtest.Write(t, dir, "a", gzipped(t, encoded)))
					if diff := cmp.Diff(want, threadtest.Dump(threads, failures)); diff != "" {
						t.Errorf("%s, order %v (-UTF-8 +UTF-16):\n%s", kind, order, diff)
					}
				}
			}
		})
	}
}

// TestBadBytes holds that users whose names differ in bytes that are no UTF-8
// stay two users, and that the bytes are told of once an input.
func TestBadBytes(t *testing.T) {
	const told = `the first in line 2; they stand as \xNN`
	for _, test := range []struct {
		name, in string
		format   input.Format
	}{
		{"jsonl", "{\"author\":\"Noor\",\"text\":\"Close it.\"}\n{\"author\":\"Ren\xe9\",\"text\":\"No.\"}\n{\"author\":\"Ren\xea\",\"text\":\"Yes \xc3.\"}\n", jsonl.Posts{}},
		{"jsonl that is mixed", "{\"thread\":\"a\",\"author\":\"Noor\",\"text\":\"Close it.\"}\n{\"thread\":\"b\",\"author\":\"Ren\xe9\",\"text\":\"No.\"}\n{\"thread\":\"a\",\"author\":\"Ren\xea\",\"text\":\"Yes \xc3.\"}\n", jsonl.Posts{}},
		{"reddit", "{\"id\":\"1\",\"author\":\"Noor\",\"title\":\"a\",\"selftext\":\"b\",\"created_utc\":1}\n{\"id\":\"2\",\"author\":\"Ren\xe9\",\"body\":\"No.\",\"link_id\":\"t3_1\",\"created_utc\":2}\n{\"id\":\"3\",\"author\":\"Ren\xea\",\"body\":\"Yes \xc3.\",\"link_id\":\"t3_1\",\"created_utc\":3}\n", jsonl.Reddit{}},
		{"csv", "author,text\nRen\xe9,“No.” “Ever.”\nRen\xea,Yes \xc3.\n", csv.Format{}},
		{"text", "Noor — 02/03/2025 10:14 AM\nRen\xe9 wrote:\nNo, “never”. “Ever”, “café”.\nRen\xea wrote:\nYes \xc3.\n", text.Format{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := threadtest.All(t, test.format, "in", test.in, input.Limits{})
			if len(failures) > 0 {
				t.Errorf("failures %q", failures)
			}
			authors, warnings := map[string]bool{}, ""
			for _, thread := range threads {
				threadtest.Check(t, thread)
				warnings += strings.Join(thread.Warnings, "\n")
				for _, p := range thread.Posts {
					authors[p.Author] = true
				}
			}
			if !authors[`Ren\xe9`] || !authors[`Ren\xea`] {
				t.Errorf("authors %v", authors)
			}
			if strings.Count(warnings, told) != 1 || !strings.Contains(warnings, "bytes that are no UTF-8: 3,") {
				t.Errorf("warnings %q", warnings)
			}
		})
	}
	threads, _ := threadtest.All(t, html.Format{}, "in", "<meta charset=utf-8>\n<p>Close the caf\xe9.", input.Limits{})
	if len(threads) != 1 || threads[0].Posts[0].Text != `Close the caf\xe9.` || !strings.Contains(strings.Join(threads[0].Warnings, "\n"), told) {
		t.Errorf("html: %s %q", threadtest.Dump(threads, nil), threads[0].Warnings)
	}
	threads, failures := threadtest.All(t, mail.Format{}, "in", "From: Ren\xc3\xa9 \xff <r@x.example>\nSubject: a\n\nÉté, café \xe9.\n", input.Limits{})
	if len(threads) != 1 || threads[0].Posts[0].Text != `Été, café \xe9.` || len(failures) > 0 || !slices.Equal(threads[0].Warnings, []string{`texts with bytes that are no UTF-8: 1, the first in line 4; the bytes stand as \xNN`}) {
		t.Errorf("mail: %s", threadtest.Dump(threads, failures))
	}
}
