package summary

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/analyze"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/stance"
	"threadstance/analyze/topic"
	"threadstance/thread"
)

// everyBy is all the kinds of grouping.
func everyBy(t testing.TB) []By {
	var list []By
	for _, s := range []string{"user", "topic", "actor", "thread", "source", "month", "user,actor", "source,actor", "topic,month"} {
		by, err := ParseBy(s)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, by)
	}
	return list
}

// everything is the plan of a summary that counts all that can be counted.
func everything(t testing.TB) Plan {
	return Plan{By: everyBy(t), Replies: true, Words: true, Posts: true}
}

// someResult makes up a result.
func someResult(r *rand.Rand) *analyze.Result {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	text := "The carriers should go home. Reuters: the fleet has left the gulf."
	p := &thread.Post{
		Index: r.IntN(4), Author: pick("", "(unknown)", "harbourmaster", "Zoë", "tide_pool"), Text: text,
		Segments: []thread.Segment{
			{Kind: thread.Own, Span: thread.Span{Start: 0, End: 28}},
			{Kind: thread.News, Span: thread.Span{Start: 29, End: len(text)}, Source: pick("", "Reuters")},
		},
	}
	if r.IntN(3) > 0 {
		p.Time = time.Unix(r.Int64N(4e8)+1.5e9, 0)
	}
	posts := make([]thread.Post, 4)
	for i := range posts {
		posts[i] = thread.Post{Index: i, Author: pick("", "harbourmaster", "tide_pool")}
	}
	p.ReplyTo = p.Index - 1 // None for the first
	result := &analyze.Result{Thread: &thread.Thread{ID: pick("", "a", "b"), Posts: posts}, Post: p, Words: 5, English: r.IntN(5) > 0}
	if p.ReplyTo != thread.None && r.IntN(2) == 0 {
		result.Answered = []stance.Stance{{Actor: "US", Holder: stance.Author, Label: stance.Label(1 + r.IntN(2))}}
	}
	if result.English {
		result.Tone = &analyze.Tone{Score: float64(r.IntN(20001)-10000) / analyze.Unit, Label: sentiment.Neutral}
	}
	for _, actor := range []string{"US", "Iran"} {
		for _, holder := range []string{stance.Author, stance.Source(p.Segments[1].Source)} {
			if r.IntN(2) == 0 {
				continue
			}
			s := stance.Stance{Actor: actor, Holder: holder, Label: stance.Label(r.IntN(3)), Confidence: float64(r.IntN(10001)) / analyze.Unit}
			s.Score = float64(r.IntN(20001)-10000) / analyze.Unit
			if s.Label != stance.Neutral {
				s.Evidence = []stance.Evidence{{Span: thread.Span{Start: r.IntN(4), End: 10 + r.IntN(4)}}}
			}
			result.Stances = append(result.Stances, s)
		}
	}
	for _, name := range []string{"sea power", "oil"} {
		if r.IntN(2) == 0 {
			result.Topics = append(result.Topics, topic.Topic{Name: name, Score: 0.5})
		}
	}
	return result
}

func someSummary(t testing.TB, r *rand.Rand) *Summary {
	s := everything(t).New()
	for range r.IntN(12) {
		s.Add(someResult(r))
	}
	return s
}

func encode(t testing.TB, s *Summary) []byte {
	t.Helper()
	data, err := s.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// sum merges summaries into a new one, from left to right.
func sum(t testing.TB, list ...*Summary) *Summary {
	s := everything(t).New()
	for _, o := range list {
		s.Merge(o)
	}
	return s
}

func TestSummaryIsACommutativeMonoid(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		a, b, c := someSummary(t, r), someSummary(t, r), someSummary(t, r)
		empty := everything(t).New()
		equal := func(law string, x, y *Summary) {
			t.Helper()
			if !bytes.Equal(encode(t, x), encode(t, y)) {
				t.Fatalf("seed %d: %s does not hold:\n%s", seed, law, cmp.Diff(x.Groups, y.Groups))
			}
		}
		equal("identity", sum(t, a, empty), a)
		equal("identity", sum(t, empty, a), a)
		equal("commutativity", sum(t, a, b), sum(t, b, a))
		equal("associativity", sum(t, sum(t, a, b), c), sum(t, a, sum(t, b, c)))
	}
}

// However results are shared out and merged, the sum is that of one after
// another.
func TestMergeIsAddition(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	whole := everything(t).New()
	parts := []*Summary{everything(t).New(), everything(t).New(), everything(t).New()}
	for range 500 {
		result := someResult(r)
		whole.Add(result)
		parts[r.IntN(len(parts))].Add(result)
	}
	if !bytes.Equal(encode(t, sum(t, parts[2], parts[0], parts[1])), encode(t, whole)) {
		t.Error("the parts do not add up to the whole")
	}
}

func TestMergeLeavesTheOther(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	a, b := someSummary(t, r), someSummary(t, r)
	before := encode(t, b)
	a.Merge(b)
	a.Merge(someSummary(t, r))
	if !bytes.Equal(encode(t, b), before) {
		t.Error("merging changed the summary that was merged in")
	}
}

// TestCells holds what each table says of a few posts. A post counts once in each
// cell; its words and its tone are its author's, and only the tables of sources
// have the stances and the words of articles.
func TestCells(t *testing.T) {
	own := func(text string) thread.Segment { return thread.Segment{Span: thread.Span{End: len(text)}} }
	author := func(actor string, label stance.Label, score float64) stance.Stance {
		return stance.Stance{Actor: actor, Holder: stance.Author, Label: label, Score: score, Confidence: 1}
	}
	source := func(outlet, actor string, label stance.Label, score float64) stance.Stance {
		return stance.Stance{Actor: actor, Holder: stance.Source(outlet), Label: label, Score: score, Confidence: 1}
	}
	const first = "Bring the fleet home. Reuters: Iran has seized a ship. The US protested."
	const second = "Iran is right."
	const third = "Reuters again. Nobody says why."
	th := &thread.Thread{ID: "strait"}
	results := []*analyze.Result{{
		// 1 June there, and still May in UTC.
		Thread: th, Words: 4, English: true, Tone: &analyze.Tone{Score: -0.5},
		Post: &thread.Post{Author: "keel", Time: time.Date(2024, 6, 1, 0, 30, 0, 0, time.FixedZone("", 2*60*60)), Text: first, Segments: []thread.Segment{
			own(first[:21]), {Kind: thread.News, Source: "Reuters", Span: thread.Span{Start: 22, End: 54}}, {Kind: thread.News, Source: "Reuters", Span: thread.Span{Start: 55, End: len(first)}},
		}},
		Topics: []topic.Topic{{Name: "oil"}, {Name: "sea power"}},
		Stances: []stance.Stance{
			author("US", stance.Against, -0.6),
			source("Reuters", "Iran", stance.Against, -0.3), source("Reuters", "US", stance.Neutral, 0.1),
		},
	}, {
		Thread: th, Words: 3, English: true,
		Post:    &thread.Post{Index: 1, Text: second, Segments: []thread.Segment{own(second)}},
		Stances: []stance.Stance{author("Iran", stance.Favor, 0.8), author("Iran", stance.Favor, 0.4)},
	}, {
		Thread: th, English: true,
		Post: &thread.Post{Index: 2, Author: "tide", Time: time.Date(2024, 6, 2, 0, 0, 0, 0, time.UTC), Text: third, Segments: []thread.Segment{
			{Kind: thread.News, Source: "Reuters", Span: thread.Span{End: 14}}, {Kind: thread.News, Span: thread.Span{Start: 15, End: len(third)}},
		}},
		Topics:  []topic.Topic{{Name: "oil"}},
		Stances: []stance.Stance{source("", "Iran", stance.Favor, 0.2)},
	}}
	const us, iran = " US -1 -6000", " Iran +2 12000" // the stances of authors
	for by, want := range map[string][]string{
		"user":         {"keel: 1 post, 4 words, 1 user, tone -5000 of 1" + us, "tide: 1 post, 0 words, 1 user", "?: 1 post, 3 words, 0 users" + iran},
		"topic":        {"oil: 2 posts, 4 words, 2 users, tone -5000 of 1" + us, "sea power: 1 post, 4 words, 1 user, tone -5000 of 1" + us, "?: 1 post, 3 words, 0 users" + iran},
		"actor":        {"Iran: 1 post, 3 words, 0 users" + iran, "US: 1 post, 4 words, 1 user, tone -5000 of 1" + us},
		"thread":       {"strait: 3 posts, 7 words, 2 users, tone -5000 of 1" + iran + us},
		"month":        {"2024-05: 1 post, 4 words, 1 user, tone -5000 of 1" + us, "2024-06: 1 post, 0 words, 1 user", "?: 1 post, 3 words, 0 users" + iran},
		"source":       {"Reuters: 2 posts, 11 words, 2 users Iran -1 -3000 US =1 1000", "?: 1 post, 3 words, 1 user Iran +1 2000"},
		"user,actor":   {"keel/US: 1 post, 4 words, 1 user, tone -5000 of 1" + us, "?/Iran: 1 post, 3 words, 0 users" + iran},
		"actor,source": {"Iran/Reuters: 1 post, 9 words, 1 user Iran -1 -3000", "Iran/?: 1 post, 3 words, 1 user Iran +1 2000", "US/Reuters: 1 post, 9 words, 1 user US =1 1000"},
		"topic,month": {
			"oil/2024-05: 1 post, 4 words, 1 user, tone -5000 of 1" + us, "oil/2024-06: 1 post, 0 words, 1 user",
			"sea power/2024-05: 1 post, 4 words, 1 user, tone -5000 of 1" + us, "?/?: 1 post, 3 words, 0 users" + iran,
		},
	} {
		grouping, err := ParseBy(by)
		if err != nil {
			t.Fatal(err)
		}
		s := New(grouping)
		for _, r := range results {
			s.Add(r)
		}
		if diff := cmp.Diff(want, cellLines(s.Groups[0])); diff != "" {
			t.Errorf("by %s: %s", by, diff)
		}
	}
	s := New()
	for _, r := range results {
		s.Add(r)
	}
	want := Totals{
		Threads: 1, Posts: 3, NoAuthor: 1, NoOwnWords: 1, Stances: 6, Users: map[string]struct{}{"keel": {}, "tide": {}},
		Dated: 2, Earliest: results[0].Post.Time.Unix(), Newest: results[2].Post.Time.Unix(),
	}
	want.Bytes[thread.Own], want.Bytes[thread.News] = int64(21+len(second)), int64(32+len(first)-55+14+len(third)-15)
	if diff := cmp.Diff(want, s.Totals); diff != "" {
		t.Error(diff)
	}
}

// cellLines says what each cell of a group counts, in the order of their keys.
func cellLines(g Group) []string {
	name := func(v Value) string {
		if !v.Known {
			return "?"
		}
		return v.Name
	}
	many := func(n int64, what string) string {
		if n == 1 {
			return "1 " + what
		}
		return fmt.Sprintf("%d %ss", n, what)
	}
	var lines []string
	for _, key := range slices.SortedFunc(maps.Keys(g.Cells), Key.Compare) {
		c := g.Cells[key]
		line := name(key.First)
		if g.By.Joined {
			line += "/" + name(key.Second)
		}
		line += fmt.Sprintf(": %s, %d words, %s", many(c.Posts, "post"), c.Words, many(int64(len(c.Users)), "user"))
		if c.Toned > 0 {
			line += fmt.Sprintf(", tone %d of %d", c.Tone, c.Toned)
		}
		for _, actor := range slices.Sorted(maps.Keys(c.Tags)) {
			tags := c.Tags[actor]
			line += " " + actor
			for _, count := range []struct {
				sign string
				n    int64
			}{{"+", tags.Favor}, {"=", tags.Neutral}, {"-", tags.Against}} {
				if count.n > 0 {
					line += fmt.Sprint(" ", count.sign, count.n)
				}
			}
			line += fmt.Sprint(" ", tags.Score)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestUnknownAuthorIsNobody(t *testing.T) {
	by, _ := ParseBy("user")
	s := New(by)
	for i, author := range []string{"", "(unknown)", "", "(unknown)", "(unknown)"} {
		s.Add(&analyze.Result{Thread: &thread.Thread{}, Post: &thread.Post{Index: i, Author: author}, English: true})
	}
	got := map[string]int64{}
	for key, cell := range s.Groups[0].Cells {
		got[fmt.Sprint(key.First)] = cell.Posts
	}
	want := map[string]int64{"{ false}": 2, "{(unknown) true}": 3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(s.Totals.Users); n != 1 {
		t.Errorf("%d users, want 1", n)
	}
}

func TestSharesAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	s := someSummary(t, r)
	for range 300 {
		s.Add(someResult(r))
	}
	for _, g := range s.Groups {
		for key, cell := range g.Cells {
			for actor, tags := range cell.Tags {
				if got, want := tags.LikelyFavor+tags.LikelyNeutral+tags.LikelyAgainst, 2*analyze.Unit*tags.Count(); got != want {
					t.Errorf("%v %v %s: probabilities sum to %d, want %d", g.By, key, actor, got, want)
				}
			}
		}
	}
}

func TestEncodingRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 10 {
		data := encode(t, someSummary(t, r))
		var back Summary
		if err := back.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(encode(t, &back), data) {
			t.Fatal("what comes back is not what went in")
		}
		for cut := range data {
			if err := new(Summary).UnmarshalBinary(data[:cut]); err == nil {
				t.Fatalf("no error although %d of %d bytes are left", cut, len(data))
			}
		}
	}
}

// FuzzUnmarshal holds that what is taken for a summary is one: it comes back from
// its own encoding, and its posts can be shown.
func FuzzUnmarshal(f *testing.F) {
	f.Add(encode(f, someSummary(f, rand.New(rand.NewPCG(1, 2)))))
	// The label of a camp and the kind of a segment that there are not.
	words := New()
	words.Words = newWords()
	words.Words.camp(Camp{"US", stance.Against + 1})
	f.Add(encode(f, words))
	posts := Plan{Posts: true}.New()
	posts.Posts.add(&analyze.Result{Thread: &thread.Thread{}, Post: &thread.Post{Text: "No ferry.", Segments: []thread.Segment{{Kind: thread.Chrome + 1, Span: thread.Span{End: 9}}}}})
	posts.Posts.add(&analyze.Result{Thread: &thread.Thread{}, Post: &thread.Post{Text: "No ferry.", Segments: []thread.Segment{{Span: thread.Span{Start: 5, End: 2}}}}})
	f.Add(encode(f, posts))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s, again Summary
		if s.UnmarshalBinary(data) != nil {
			return
		}
		once := encode(t, &s)
		if err := again.UnmarshalBinary(once); err != nil || !bytes.Equal(encode(t, &again), once) {
			t.Errorf("what comes back is not what went in: %v", err)
		}
		if s.Words != nil {
			for camp := range s.Words.Camps {
				_ = camp.Label.String()
			}
		}
		if s.Posts == nil {
			return
		}
		for p := range s.Posts.All() {
			for _, x := range p.Stances {
				_ = x.Label.String()
				for _, span := range x.Evidence {
					_ = span.Of(p.Text)
				}
			}
			for _, x := range p.Segments {
				_ = x.Kind.String() + x.Of(p.Text)
			}
			for _, x := range p.Mentions {
				_ = x.Of(p.Text)
			}
		}
	})
}

func TestParseBy(t *testing.T) {
	for s, want := range map[string]string{"user": "user", "user, actor": "user,actor", "source,month": "source,month"} {
		if by, err := ParseBy(s); err != nil || by.String() != want {
			t.Errorf("ParseBy(%q) = %v, %v", s, by, err)
		}
	}
	for _, s := range []string{"", "users", "user,", "user,user", "user,topic,actor"} {
		if by, err := ParseBy(s); err == nil {
			t.Errorf("ParseBy(%q) = %v, want an error", s, by)
		}
	}
}

// The parts of a summary merge to it, and none has more than one cell.
func TestSplit(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		s := someSummary(t, r)
		s.Replies, s.Words, s.Posts = nil, nil, nil
		whole := New()
		for i := range s.Groups {
			whole.Groups = append(whole.Groups, Group{s.Groups[i].By, map[Key]*Cell{}})
		}
		keys := map[string]bool{}
		s.Split(func(key string, part *Summary) bool {
			cells := 0
			for i := range part.Groups {
				cells += len(part.Groups[i].Cells)
			}
			if keys[key] || cells > 1 || cells == 1 && len(part.Totals.Users) > 0 {
				t.Errorf("part %q has %d cells and %d users", key, cells, len(part.Totals.Users))
			}
			keys[key] = true
			// As it goes from one machine to another.
			again := new(Summary)
			if err := again.UnmarshalBinary(encode(t, part)); err != nil {
				t.Fatal(err)
			}
			whole.Merge(again)
			return true
		})
		if !bytes.Equal(encode(t, whole), encode(t, s)) {
			t.Fatalf("seed %d: the parts are not the whole", seed)
		}
	}
}
