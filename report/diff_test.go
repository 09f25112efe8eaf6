package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
)

// saved is the tables of a run in which users have a net stance toward one
// actor, of so many tags with a deviation.
func saved(t *testing.T, rows ...string) *Saved {
	t.Helper()
	text := `{"schema":"threadstance.tables/1","read":{"threads":1,"posts":9,"users":2},"tables":[{"by":["user"],"rows_cut":0,"rows":[` + strings.Join(rows, ",") + `]}]}`
	s, err := ReadJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func userRow(user string, net float64, tags int, deviation string) string {
	name, _ := json.Marshal(user)
	if user == "" {
		name = []byte("null")
	}
	return fmt.Sprintf(`{"user":%s,"posts":9,"stances":{"Port":{"net":%v,"tags":%d,"deviation":%s}}}`, name, net, tags, deviation)
}

func TestCompare(t *testing.T) {
	a := saved(t, userRow("ebb", -0.5, 9, "0.3"), userRow("tide", 0.1, 5, "0.2"), userRow("", -0.9, 4, "0.1"), userRow("gone", 0, 1, "null"))
	b := saved(t, userRow("tide", 0.15, 5, "0.2"), userRow("ebb", 0.5, 16, "0.4"), userRow("", 0.2, 8, "0.1"), userRow("new", 0, 1, "null"), userRow("newer", 0, 1, "null"))
	d, err := Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	table := d.Tables[0]
	if table.OnlyA != 1 || table.OnlyB != 2 || len(table.Changes) != 3 {
		t.Fatalf("only in A %d, in B %d, changes %+v", table.OnlyA, table.OnlyB, table.Changes)
	}
	// By hand: variances 0.09/9 = 0.01 and 0.16/16 = 0.01, spread sqrt(0.02) =
	// 0.14142, t = 7.0711, freedom 0.0004/(0.0001/8 + 0.0001/15) = 20.870; the
	// 97.5th percentile of t for that is 2.0804, half the interval 0.2942.
	ebb := table.Changes[0]
	if *ebb.Key[0] != "ebb" || !ebb.Beyond || ebb.Difference != 1 || math.Abs(*ebb.Low-0.7058) > 2e-4 || math.Abs(*ebb.High-1.2942) > 2e-4 || *ebb.P > 1e-5 {
		t.Errorf("ebb: %+v, %v to %v, p %v", ebb, *ebb.Low, *ebb.High, *ebb.P)
	}
	// By hand: spread sqrt(2·0.04/5) = 0.12649, t = 0.3953, freedom 8, p = 0.7030.
	tide := table.Changes[1]
	if *tide.Key[0] != "tide" || tide.Beyond || math.Abs(*tide.P-0.7030) > 1e-3 {
		t.Errorf("tide: %+v, p %v", tide, *tide.P)
	}
	if unknown := table.Changes[2]; unknown.Key[0] != nil || unknown.P != nil || unknown.Beyond {
		t.Errorf("four tags are not enough evidence: %+v", unknown)
	}
	// A run beside itself has not moved.
	same, err := Compare(a, a)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range same.Tables[0].Changes {
		if c.Difference != 0 || c.Beyond {
			t.Errorf("%+v moved against itself", c)
		}
	}
	var text bytes.Buffer
	if err := Changes(&text, d, 1, Screen{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"+1.00!", "+0.71 to +1.29", "1 of 3 changes beyond chance", "1 of 3 rows", "1 only in A, 2 only in B"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in\n%s", want, text.String())
		}
	}
}

// What is not compared is said: rows of one run only, and rows that were cut.
func TestChangesSayWhatIsLeftOut(t *testing.T) {
	a, b := saved(t, userRow("ebb", -0.5, 9, "0.3"), userRow("gone", 0, 1, "null")), saved(t, userRow("ebb", 0.5, 16, "0.4"))
	d, err := Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	a.Tables[0].Cut = 7
	cut, err := Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		*Diff
		want string
	}{{d, ""}, {cut, "7 rows of A and B were not written"}} {
		var text, markdown strings.Builder
		if err := errors.Join(Changes(&text, test.Diff, 0, Screen{}), ChangesMarkdown(&markdown, test.Diff, 0)); err != nil {
			t.Fatal(err)
		}
		for _, got := range []string{text.String(), markdown.String()} {
			if !strings.Contains(got, "1 only in A, 0 only in B") || !strings.Contains(got, test.want) || strings.Contains(got, "not written") != (test.want != "") {
				t.Errorf("no %q in\n%s", test.want, got)
			}
		}
	}
}

// TestDiscover holds the choice of Benjamini and Hochberg on their own example
// (1995, section 3.2): of these 15, the four smallest.
func TestDiscover(t *testing.T) {
	var changes []Change
	for _, p := range []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0} {
		changes = append(changes, Change{P: &p})
	}
	changes = append(changes, Change{})
	discover(changes)
	for i, c := range changes {
		if c.Beyond != (i < 4) {
			t.Errorf("the change with the %d. smallest p: %v", i+1, c.Beyond)
		}
	}
}

// TestCompareTables holds that the tables that JSON writes can be compared, by
// whatever keys.
func TestCompareTables(t *testing.T) {
	p := page(t, Options{}, "user", "topic", "user,actor", "actor", "month")
	var b bytes.Buffer
	if err := JSON(&b, p); err != nil {
		t.Fatal(err)
	}
	s, err := ReadJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Compare(s, s)
	if err != nil || len(d.Tables) != 5 {
		t.Fatalf("%d tables (%v)", len(d.Tables), err)
	}
	for _, table := range d.Tables {
		if len(table.Changes) == 0 || table.OnlyA+table.OnlyB > 0 {
			t.Errorf("by %v: %+v", table.By, table)
		}
	}
}

// TestCompareRefuses holds that figures that no run has are refused, with where they
// stand.
func TestCompareRefuses(t *testing.T) {
	saved := func(rows string) *Saved {
		s, err := ReadJSON(strings.NewReader(`{"schema":"threadstance.tables/1","tables":[{"by":["user"],"rows":[` + rows + `]}]}`))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const good = `{"user":"keel","stances":{"Port":{"net":0.5,"tags":6,"deviation":0.1}}}`
	for rows, want := range map[string]string{
		good + "," + good: `two rows are of the same key "keel""Port"`,
		`{"user":"keel","stances":{"Port":{"net":0.5,"tags":6,"deviation":1e200}}}`: `the figures of "keel""Port" can be of no posts`,
		`{"user":"keel","stances":{"Port":{"net":5,"tags":6,"deviation":0.1}}}`:     `the figures of "keel""Port" can be of no posts`,
		`{"user":"keel","stances":{"Port":{"net":0.5,"tags":-6,"deviation":0.1}}}`:  `the figures of "keel""Port" can be of no posts`,
		`{"stances":{}}`: `a row has no "user"`,
	} {
		_, err := Compare(saved(good), saved(rows))
		if want = "run B, table by user: " + want; err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		_, err = Compare(saved(rows), saved(good))
		if err == nil || !strings.HasPrefix(err.Error(), "run A, table by user: ") {
			t.Errorf("got %v, which is not of run A", err)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	f.Add([]byte(`{"schema":"threadstance.tables/1","tables":[{"by":["user"],"rows":[{"user":null,"stances":{"Port":{"net":0.5,"tags":3,"deviation":0.1}}}]}]}`))
	f.Add([]byte(`{"schema":"threadstance.tables/1","tables":[{"by":["user","actor"],"rows":[{"user":"a","actor":"Port","net":0.5,"tags":3,"deviation":-1e300}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ReadJSON(bytes.NewReader(data))
		if err != nil {
			return
		}
		d, err := Compare(s, s)
		if err != nil {
			return
		}
		for _, write := range []func() error{
			func() error { return Changes(new(bytes.Buffer), d, 0, Screen{}) },
			func() error { return ChangesMarkdown(new(bytes.Buffer), d, 3) },
			func() error { return ChangesJSON(new(bytes.Buffer), d) },
		} {
			if err := write(); err != nil {
				t.Error(err)
			}
		}
	})
}
