package thread

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"
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
			threads, failures := readPaths(t, Options{}, write(t, dir, "a", content))
			want := dump(threads, failures)
			for kind, in := range map[string]unicode.BOMPolicy{"with a mark": unicode.UseBOM, "without": unicode.IgnoreBOM} {
				for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
					encoded, err := unicode.UTF16(order, in).NewEncoder().String(content)
					if err != nil {
						t.Fatal(err)
					}
					threads, failures := readPaths(t, Options{}, write(t, dir, "a", gzipped(t, encoded)))
					if diff := cmp.Diff(want, dump(threads, failures)); diff != "" {
						t.Errorf("%s, order %v (-UTF-8 +UTF-16):\n%s", kind, order, diff)
					}
				}
			}
		})
	}
}

// TestWestern holds that a table is read as Windows-1252 where that is what it
// is in, however late that shows.
func TestWestern(t *testing.T) {
	long := strings.Repeat("Bo,No.\n", 20_000)
	accents := strings.Repeat("é", sniffSize) // the look ahead ends within one
	for _, test := range []struct{ name, in, want string }{
		{"ascii", long, long},
		{"western", "Zo\xeb,They don\x92t.\n", "Zoë,They don’t.\n"},
		{"late", long + "Zo\xeb,They don\x92t.\n" + long + "Ren\xe9,\x93No\x94\n", long + "Zoë,They don’t.\n" + long + "René,“No”\n"},
		{"at the end", "Bo,caf\xe9", "Bo,café"},
		{"UTF-8", "Zoë,They don’t.\n" + long, "Zoë,They don’t.\n" + long},
		{"UTF-8 with damage", "Zoë,They don’t \x92.\n", "Zoë,They don’t \x92.\n"},
		{"a look ahead that ends within a character", "é\x92\x92" + accents, "é\x92\x92" + accents},
		{"one character, and the look ahead ends within the next", "€" + long[:sniffSize-5] + "€", "€" + long[:sniffSize-5] + "€"},
	} {
		for kind, r := range map[string]io.Reader{
			"at once": strings.NewReader(test.in), "in halves": iotest.HalfReader(strings.NewReader(test.in)),
		} {
			got, err := io.ReadAll(newWestern(r))
			if err != nil || string(got) != test.want {
				t.Errorf("%s, %s: %.80q of %d bytes (%v), want %.80q of %d", test.name, kind, got, len(got), err, test.want, len(test.want))
			}
		}
	}
	threads, failures := readAll(t, CSV{}, "in", "User;Comment\nZo\xeb;\"They don\x92t,\nI say.\"\n", Limits{})
	want := "thread \"\" \"\"\n  0  \"Zoë\"  reply to -1\n    text \"They don’t,\\nI say.\"\n"
	if diff := cmp.Diff(want, dump(threads, failures)); diff != "" {
		t.Errorf("a table (-want +got):\n%s", diff)
	}
}

// TestBadBytes holds that users whose names differ in bytes that are no UTF-8
// stay two users, and that the bytes are told of once an input.
func TestBadBytes(t *testing.T) {
	const told = `the first in line 2; they stand as \xNN`
	for _, test := range []struct {
		name, in string
		format   Format
	}{
		{"jsonl", "{\"author\":\"Noor\",\"text\":\"Close it.\"}\n{\"author\":\"Ren\xe9\",\"text\":\"No.\"}\n{\"author\":\"Ren\xea\",\"text\":\"Yes \xc3.\"}\n", JSONLines{}},
		{"jsonl that is mixed", "{\"thread\":\"a\",\"author\":\"Noor\",\"text\":\"Close it.\"}\n{\"thread\":\"b\",\"author\":\"Ren\xe9\",\"text\":\"No.\"}\n{\"thread\":\"a\",\"author\":\"Ren\xea\",\"text\":\"Yes \xc3.\"}\n", JSONLines{}},
		{"reddit", "{\"id\":\"1\",\"author\":\"Noor\",\"title\":\"a\",\"selftext\":\"b\",\"created_utc\":1}\n{\"id\":\"2\",\"author\":\"Ren\xe9\",\"body\":\"No.\",\"link_id\":\"t3_1\",\"created_utc\":2}\n{\"id\":\"3\",\"author\":\"Ren\xea\",\"body\":\"Yes \xc3.\",\"link_id\":\"t3_1\",\"created_utc\":3}\n", Reddit{}},
		{"csv", "author,text\nRen\xe9,“No.” “Ever.”\nRen\xea,Yes \xc3.\n", CSV{}},
		{"text", "Noor — 02/03/2025 10:14 AM\nRen\xe9 wrote:\nNo, “never”. “Ever”, “café”.\nRen\xea wrote:\nYes \xc3.\n", Text{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := readAll(t, test.format, "in", test.in, Limits{})
			if len(failures) > 0 {
				t.Errorf("failures %q", failures)
			}
			authors, warnings := map[string]bool{}, ""
			for _, thread := range threads {
				checkThread(t, thread)
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
	threads, _ := readAll(t, HTML{}, "in", "<meta charset=utf-8>\n<p>Close the caf\xe9.", Limits{})
	if len(threads) != 1 || threads[0].Posts[0].Text != `Close the caf\xe9.` || !strings.Contains(strings.Join(threads[0].Warnings, "\n"), told) {
		t.Errorf("html: %s %q", dump(threads, nil), threads[0].Warnings)
	}
	threads, failures := readAll(t, Mail{}, "in", "From: Ren\xc3\xa9 \xff <r@x.example>\nSubject: a\n\nÉté, café \xe9.\n", Limits{})
	if len(threads) != 1 || threads[0].Posts[0].Text != `Été, café \xe9.` || strings.Join(failures, "") != `in:4: bytes of the text that are no UTF-8: 1; they stand as \xNN` {
		t.Errorf("mail: %s", dump(threads, failures))
	}
}

// TestHalves holds the same for halves of surrogate pairs in JSON, and that
// whole pairs, U+FFFD itself and text that only looks like an escape stay.
func TestHalves(t *testing.T) {
	const posts = `{"id":"1","thread":"a","author":"Noor","title":"a","text":"\ud83d\ude00 \\ud83d \ufffd"}
{"id":"2","thread":"a","author":"Ren\ud83d","text":"No \ud83d\ud83d\ude00."}
{"id":"3","thread":"a","author":"Ren\ude00","text":"Yes."}
`
	mixed := posts + `{"id":"4","thread":"b","text":"No."}` + "\n" + `{"id":"5","thread":"a","text":"No."}` + "\n"
	dumped := strings.NewReplacer(`"thread":"a"`, `"link_id":"t3_1"`, `"text"`, `"created_utc":1,"body"`).Replace(posts)
	for _, test := range []struct {
		name, in string
		format   Format
	}{
		{"jsonl", posts, JSONLines{}},
		{"jsonl that is mixed", mixed, JSONLines{}},
		{"reddit", dumped, Reddit{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := readAll(t, test.format, "in", test.in, Limits{})
			if len(failures) > 0 || len(threads) == 0 || len(threads[0].Posts) < 3 {
				t.Fatalf("%s", dump(threads, failures))
			}
			for i, want := range []string{"Noor: \U0001F600 \\ud83d \uFFFD", `Ren\ud83d: No \ud83d` + "\U0001F600.", `Ren\ude00: Yes.`} {
				if p := threads[0].Posts[i]; p.Author+": "+p.Text != want {
					t.Errorf("post %d is %q by %q, want %q", i, p.Text, p.Author, want)
				}
			}
			var warnings []string
			for _, thread := range threads {
				warnings = append(warnings, thread.Warnings...)
			}
			if all := strings.Join(warnings, "\n"); strings.Count(all, `halves of characters: 3, the first in line 2; they stand as \uNNNN`) != 1 {
				t.Errorf("warnings %q", all)
			}
		})
	}
}

// A half is told of in whichever field it stands, and wherever in it.
func TestHalfInEachField(t *testing.T) {
	for _, field := range []string{"id", "thread", "title", "author", "reply_to", "text"} {
		for _, value := range []string{`\ud83d`, `Noor \ude00`} {
			record := fmt.Sprintf(`{"text":"No.",%q:"%s"}`, field, value)
			if field == "text" {
				record = fmt.Sprintf(`{"text":"%s"}`, value)
			}
			threads, failures := readAll(t, JSONLines{}, "in", `{"id":"1","text":"Close it."}`+"\n"+record+"\n", Limits{})
			var warnings []string
			for _, thread := range threads {
				warnings = append(warnings, thread.Warnings...)
			}
			if all := strings.Join(warnings, "\n"); len(failures) > 0 || !strings.Contains(all, "halves of characters: 1, the first in line 2") {
				t.Errorf("%s: failures %q, warnings %q", record, failures, all)
			}
		}
	}
}
