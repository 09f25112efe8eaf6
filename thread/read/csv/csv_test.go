package csv_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread/read/csv"
	"threadstance/thread/read/input"
	"threadstance/thread/threadtest"
)

func TestCSV(t *testing.T) {
	for _, test := range []struct {
		name, in, want string
		columns        map[string]string
	}{
		{
			name: "usual names, quoted fields, a bad time, a short row",
			in: "\ufeffPost ID,Thread ID,User,Date,Comment\r\n" +
				"1,a,Ann,2020-01-08 06:30:00,\"Out, \"\"now\"\"\nI say.\"\r\n" +
				"2,b,Bo,1/8/2020 7:15 AM,Other\r\n" +
				"3,a,Cy,someday,Third\r\n" +
				"4,a,Di\r\n" +
				"5,a,Ed,,Last\r\n",
			want: `thread "a" ""
warning times that cannot be read: 1, the first in line 5, "someday"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)
  0 1 "Ann" 2020-01-08T06:30:00Z reply to -1
    text "Out, \"now\"\nI say."
  1 3 "Cy"  reply to -1
    text "Third"
  2 5 "Ed"  reply to -1
    text "Last"
thread "b" ""
  0 2 "Bo" 2020-01-08T07:15:00Z reply to -1
    text "Other"
failure in:6: 3 columns where the header has 5
`,
		},
		{
			name:    "columns of other names, tabs",
			in:      "Wer\tWas\nAnn\tRaus!\nBo\tNein.\n",
			columns: map[string]string{"text": "Was", "author": "wer"},
			want: `thread "" ""
warning no column holds the thread, so that each row is one by itself; --columns thread=NAME names it
  0  "Ann"  reply to -1
    text "Raus!"
thread "" ""
  0  "Bo"  reply to -1
    text "Nein."
`,
		},
		{
			name: "lines that end in bare returns, as Excel on a Mac writes them",
			in:   "id,user,parent,text\r1,Ann,,\"Out.\rNow.\"\r2,Bo,1,Zo\xebl\r3,Cy\r",
			want: `thread "in" ""
  0 1 "Ann"  reply to -1
    text "Out.\nNow."
  1 2 "Bo"  reply to 0
    text "Zoël"
failure in:5: 2 columns where the header has 4
`,
		},
		{
			name: "no thread, but who answers whom: a discussion",
			in:   "id,user,parent,text\n1,Ann,,Out.\n2,Bo,1,Other\n",
			want: `thread "in" ""
  0 1 "Ann"  reply to -1
    text "Out."
  1 2 "Bo"  reply to 0
    text "Other"
`,
		},
		{
			name: "who wrote when, as tweets do: no discussion",
			in:   "user\tdate\ttext\nAnn\t2020-01-08\tOut.\nBo\t2020-01-09\tOther\n",
			want: `thread "" ""
warning no column holds the thread, so that each row is one by itself; --columns thread=NAME names it
  0  "Ann" 2020-01-08T00:00:00Z reply to -1
    text "Out."
thread "" ""
  0  "Bo" 2020-01-09T00:00:00Z reply to -1
    text "Other"
`,
		},
		{
			name:    "each row a thread, by its id",
			in:      "id,user,date,text\n1,Ann,2020-01-08,Out.\n2,Bo,2020-01-09,Other\n",
			columns: map[string]string{"thread": "id"},
			want: `thread "1" ""
  0 1 "Ann" 2020-01-08T00:00:00Z reply to -1
    text "Out."
thread "2" ""
  0 2 "Bo" 2020-01-09T00:00:00Z reply to -1
    text "Other"
`,
		},
		{
			name: "titles part threads",
			in:   "user,date,title,text\nAnn,2020-01-08,Bases,Out.\nBo,2020-01-09,Ferries,Other\n",
			want: `thread "Bases" "Bases"
  0  "Ann" 2020-01-08T00:00:00Z reply to -1
    text "Out."
thread "Ferries" "Ferries"
  0  "Bo" 2020-01-09T00:00:00Z reply to -1
    text "Other"
`,
		},
		{
			name: "no authors, no discussion",
			in:   "date,text\n2020-01-08,Out.\n2020-01-09,Other\n",
			want: `thread "" ""
warning no column holds the thread, so that each row is one by itself; --columns thread=NAME names it
  0  "" 2020-01-08T00:00:00Z reply to -1
    text "Out."
thread "" ""
  0  "" 2020-01-09T00:00:00Z reply to -1
    text "Other"
`,
		},
		{
			name:    "a column that is not there",
			in:      "a;b\n1;2\n",
			columns: map[string]string{"text": "Body"},
			want:    "failure in:1: no column is called \"Body\"; the columns are a, b\n",
		},
		{
			name: "a quotation mark in the last column that is not closed",
			in:   "id,thread,user,text\n1,a,Ann,\"Out, now.\n2,a,Bo,Other\n3,a,Cy,\"Third, then.\"\n4,a,Di,Last\n",
			want: `thread "a" ""
  0 1 "Ann"  reply to -1
    text "Out, now."
  1 2 "Bo"  reply to -1
    text "Other"
  2 3 "Cy"  reply to -1
    text "Third, then."
  3 4 "Di"  reply to -1
    text "Last"
failure in:2: the quotation mark that opens a field in this line is not closed; the field is read up to the end of the line
`,
		},
		{
			name: "no mark after it, and a field of several lines before it",
			in:   "id,thread,user,text\n1,a,\"Ann\nLee\",\"Out.\n2,a,Bo,Other\n",
			want: `thread "a" ""
  0 1 "Ann\nLee"  reply to -1
    text "Out."
  1 2 "Bo"  reply to -1
    text "Other"
failure in:3: the quotation mark that opens a field in this line is not closed; the field is read up to the end of the line
`,
		},
		{
			name: "marks within fields, not doubled",
			in:   "id,thread,user,text\n1,a,Ann,He said \"out\".\n2,a,Bo,\"He \"said\" it.\"\n3,a,Cy,\"The \"third\" one,\n\nhe said\"\n4,a,\"\",\"\"\"Last\"\"\"\n",
			want: `thread "a" ""
  0 1 "Ann"  reply to -1
    text "He said \"out\"."
  1 2 "Bo"  reply to -1
    text "He \"said\" it."
  2 3 "Cy"  reply to -1
    text "The \"third\" one,\n\nhe said"
  3 4 ""  reply to -1
    text "\"Last\""
`,
		},
		{
			name: "fields that begin with a quotation mark and are in none",
			in:   "thread\tuser\ttext\na\tAnn\t\"Out\" was all, Bo.\na\tBo\tOther\na\tCy\t\"Third\", he \"said.\na\t\"Di\"\t\"So? \"Last\" so.\n",
			want: `thread "a" ""
  0  "Ann"  reply to -1
    text "\"Out\" was all, Bo."
  1  "Bo"  reply to -1
    text "Other"
  2  "Cy"  reply to -1
    text "\"Third\", he \"said."
  3  "\"Di\""  reply to -1
    text "\"So? \"Last\" so."
`,
		},
		{
			name: "a blank after each comma",
			in:   "thread, user, text\na, Ann, \"Out, now.\"\na, \"Bo\", \"Two\nlines, \"\"both\"\"\"\na, Cy,\n",
			want: `thread "a" ""
  0  "Ann"  reply to -1
    text "Out, now."
  1  "Bo"  reply to -1
    text "Two\nlines, \"both\""
  2  "Cy"  reply to -1
    text ""
`,
		},
		{
			name: "no blank after a comma of the header",
			in:   "thread, user,text\na, Ann, \"Out\" was all.\n",
			want: `thread "a" ""
  0  "Ann"  reply to -1
    text "\"Out\" was all."
`,
		},
		{
			name: "what parts the columns in a line of its own, as Excel writes it",
			in:   "\ufeff\"sep=;\"\r\n\r\nthread;user;text\r\na;Ann;Out, now, all, of, you.\r\na;Bo\r\n",
			want: `thread "a" ""
  0  "Ann"  reply to -1
    text "Out, now, all, of, you."
failure in:5: 2 columns where the header has 3
`,
		},
		{
			name: "no text",
			in:   "a;b\n1;2\n",
			want: "failure in:1: no column holds a text; the columns are a, b; --columns text=NAME names it\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := threadtest.All(t, csv.Format{Columns: test.columns}, "in", test.in, input.Limits{})
			if diff := cmp.Diff(test.want, threadtest.Dump(threads, failures)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestCSVDates holds in what order the day and the month of a table's dates are
// read, and that a post whose date cannot be is read without one.
func TestCSVDates(t *testing.T) {
	for _, test := range []struct {
		name        string
		dates, want []string
		warning     string
	}{
		{
			name:  "nothing shows the order",
			dates: []string{"05/12/2020", "1/2/2020 15:04", "05-12-2020"},
			want:  []string{"2020-05-12 00:00", "2020-01-02 15:04", "2020-05-12 00:00"},
		},
		{
			name:  "a date below shows that the day comes first",
			dates: []string{"05/12/2020", "7/7/2020", "", "25/12/2020", "06/12/2020 3:04 PM", "2020-05-12", "05.12.2020"},
			want:  []string{"2020-12-05 00:00", "2020-07-07 00:00", "", "2020-12-25 00:00", "2020-12-06 15:04", "2020-05-12 00:00", "2020-12-05 00:00"},
		},
		{
			name:  "with hyphens",
			dates: []string{"25-12-2020, 15:04", "05-12-2020, 15:04"},
			want:  []string{"2020-12-25 15:04", "2020-12-05 15:04"},
		},
		{
			name:  "a slip among dates with the month first",
			dates: []string{"12/25/2020", "25/12/2020", "12/31/2020", "05/12/2020"},
			want:  []string{"2020-12-25 00:00", "2020-12-25 00:00", "2020-12-31 00:00", "2020-05-12 00:00"},
		},
		{
			name:    "dates that are none",
			dates:   []string{"05/12/2020", "31/02/2020", "25/25/2020", "the day after"},
			want:    []string{"2020-05-12 00:00", "", "", ""},
			warning: `times that cannot be read: 3, the first in line 3, "31/02/2020"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := "thread,date,text\n"
			for _, date := range test.dates {
				in += "a,\"" + date + "\",Out.\n"
			}
			threads, failures := threadtest.All(t, csv.Format{}, "in", in, input.Limits{})
			if len(threads) != 1 || failures != nil {
				t.Fatal(threadtest.Dump(threads, failures))
			}
			var got []string
			for _, p := range threads[0].Posts {
				text := ""
				if !p.Time.IsZero() {
					text = p.Time.Format("2006-01-02 15:04")
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if warning := strings.Join(threads[0].Warnings, "\n"); warning != test.warning {
				t.Errorf("warning %q, want %q", warning, test.warning)
			}
		})
	}
}

// TestCSVLimit holds that a field that is not closed is given up at the limit.
func TestCSVLimit(t *testing.T) {
	in := "user,text\nAnn,\"Out.\n" + strings.Repeat("no row at all\n", 100) + "Bo,\"In.\"\n"
	threads, failures := threadtest.All(t, csv.Format{}, "in", in, input.Limits{Line: 1000})
	if len(threads) != 2 || len(failures) != 2 || !strings.Contains(failures[1], "in:3: 1 columns where the header has 2; nor do the 99 rows after it fit") || !strings.HasPrefix(failures[0], "in:2: the quotation mark") {
		t.Errorf("%d threads, %d failures, first %q", len(threads), len(failures), failures[0])
	}
}

func FuzzCSV(f *testing.F) {
	threadtest.Fuzz(f, csv.Format{}, "id,thread,author,time,text\n1,a,Ann,2020-01-08,\"x\ny\"\n2,a,B\n", "text\tuser\n\"\"\"\tb\n", "text,user\n"+strings.Repeat("a,\"\"\"\n", 300), "text,user\n"+strings.Repeat("\"\n", 999), "text,user\n"+strings.Repeat("\"a\"b,c\n", 999), "text,user\ra,\"b\rc\"\r\"d,e\r", "time,text\n05/12/2020,a\n25/12/2020,b\n31/02/2020,c\n")
}

// TestWesternTable holds that a table in Windows-1252 is read as such.
func TestWesternTable(t *testing.T) {
	threads, failures := threadtest.All(t, csv.Format{}, "in", "User;Comment\nZo\xeb;\"They don\x92t,\nI say.\"\n", input.Limits{})
	want := "thread \"\" \"\"\n  0  \"Zoë\"  reply to -1\n    text \"They don’t,\\nI say.\"\n"
	if diff := cmp.Diff(want, threadtest.Dump(threads, failures)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
