package summary

import (
	"bytes"
	"fmt"
	"math/rand/v2"
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

func FuzzUnmarshal(f *testing.F) {
	f.Add(encode(f, someSummary(f, rand.New(rand.NewPCG(1, 2)))))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Summary
		if s.UnmarshalBinary(data) == nil {
			encode(t, &s)
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
