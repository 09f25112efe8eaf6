package summary

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/analyze"
	"threadstance/analyze/mention"
	"threadstance/analyze/stance"
	"threadstance/analyze/topic"
	"threadstance/lexicon"
	"threadstance/thread"
)

// smallPosts returns a summary whose posts have room for a few only.
func smallPosts() *Summary { return samplePosts(2000) }

// samplePosts returns a summary whose posts are sampled from a few on, and keep
// so many bytes of text.
func samplePosts(texts int64) *Summary {
	s := Plan{Posts: true}.New()
	s.Posts.maxSample, s.Posts.maxTexts = 40, texts
	return s
}

// Which posts are chosen does not depend on how they were shared out, also
// where there are more than are kept.
func TestChoiceOfPostsIsOfTheirSet(t *testing.T) {
	for seed := range uint64(40) {
		maxTexts := []int64{2000, 1 << 20}[seed%2] // some, or all
		empty := func() *Summary { return samplePosts(maxTexts) }
		r := rand.New(rand.NewPCG(seed, 2))
		whole, parts := empty(), []*Summary{empty(), empty(), empty()}
		for range 300 {
			result := someResult(r)
			whole.Add(result)
			parts[r.IntN(3)].Add(result)
		}
		left, right := empty(), empty()
		for i := range parts {
			left.Merge(parts[i])
			right.Merge(parts[2-i])
		}
		if want := encode(t, whole); !bytes.Equal(encode(t, left), want) || !bytes.Equal(encode(t, right), want) {
			t.Fatalf("seed %d: the parts do not add up to the whole", seed)
		}
		sampled, texts := 0, 0
		for p := range whole.Posts.All() {
			if p.Sampled {
				sampled++
			}
			if p.HasText {
				texts++
			}
		}
		if sampled != 40 || texts < 20 || texts > 250 && !whole.Posts.AllTexts() {
			t.Errorf("seed %d: %d posts sampled, %d with text", seed, sampled, texts)
		}
	}
}

// Where the words of all posts are kept, there is nothing to drop: it is tried
// once in a while only, and not for each post.
func TestPrunesSeldom(t *testing.T) {
	for name, take := range map[string]func(*Summary, *analyze.Result){
		"added": func(s *Summary, r *analyze.Result) { s.Add(r) },
		"merged": func(s *Summary, r *analyze.Result) {
			part := Plan{Posts: true}.New()
			part.Add(r)
			s.Merge(part)
		},
	} {
		s := Plan{Posts: true}.New()
		s.Posts.maxSample = 40
		pruned, kept := 0, 0
		for i := range 2000 {
			take(s, &analyze.Result{Thread: &thread.Thread{ID: "ferry"}, Post: &thread.Post{Index: i, ReplyTo: thread.None, Text: "No ferry today."}})
			if s.Posts.kept != kept {
				kept = s.Posts.kept
				pruned++
			}
		}
		if pruned == 0 || pruned > 40 {
			t.Errorf("2000 posts %s are pruned %d times", name, pruned)
		}
	}
}

// The strongest of a cell keep their words, however many posts there are.
func TestStrongestPostsKeepTheirWords(t *testing.T) {
	s := smallPosts()
	for i := range 200 {
		text := fmt.Sprintf("Post %d says that the ferry company is a disgrace.", i)
		s.Add(&analyze.Result{
			Lexicon: &lexicon.Lexicon{}, Thread: &thread.Thread{ID: "ferry"},
			Post: &thread.Post{Index: i, ID: fmt.Sprint(i), Author: "keel", ReplyTo: i - 1, Text: text, Segments: []thread.Segment{{Span: thread.Span{End: len(text)}}}},
			Stances: []stance.Stance{{
				Actor: "Ferry company", Holder: stance.Author, Label: stance.Against, Score: -float64(i) / 200, Confidence: 0.5,
				Evidence: []stance.Evidence{{Span: thread.Span{Start: 5, End: 9}}},
			}},
		})
	}
	got := map[int]bool{}
	for p := range s.Posts.All() {
		if p.HasText {
			got[p.Index] = true
			if p.Text[:5] != "Post " || len(p.Segments) != 1 || len(p.Stances[0].Evidence) != 1 || p.Stances[0].Evidence[0] != (thread.Span{Start: 5, End: 9}) {
				t.Errorf("post %d came back as %+v", p.Index, p)
			}
		}
	}
	// Two of the user and of the month, four of the topic: the same.
	want := map[int]bool{199: true, 198: true, 197: true, 196: true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What is kept of a post is what it was; what is cut off a long one takes its marks
// with it.
func TestPostComesBack(t *testing.T) {
	text := "The ferry company is a disgrace. Harbour Times: fares rise again."
	long := text + strings.Repeat(" é", maxText/3)
	stances := []stance.Stance{
		{Actor: "Ferry company", Holder: stance.Author, Label: stance.Against, Score: -0.75, Confidence: 0.875, Evidence: []stance.Evidence{
			{Span: thread.Span{Start: 23, End: 31}}, {Span: thread.Span{Start: maxText - 2, End: maxText + 2}}, {Span: thread.Span{Start: maxText, End: maxText + 2}},
		}},
		{Actor: "Ferry company", Holder: stance.Source("Harbour Times"), Confidence: 0.5},
	}
	segments := []thread.Segment{
		{Span: thread.Span{End: 32}},
		{Kind: thread.News, Source: "Harbour Times", Span: thread.Span{Start: 33, End: 65}},
		{Kind: thread.Quote, QuoteOf: 2, Span: thread.Span{Start: 66, End: len(long)}},
	}
	r := &analyze.Result{
		Lexicon: &lexicon.Lexicon{Actors: []lexicon.Actor{{Name: "Ferry company"}}},
		Thread:  &thread.Thread{ID: "ferry", Title: "No ferry today"},
		Post: &thread.Post{
			ID: "p7", Index: 3, Author: "keel", ReplyTo: 2, Time: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC), Text: long, Segments: segments,
		},
		Words: 6, English: true, Tone: &analyze.Tone{Score: -0.25}, Topics: []topic.Topic{{Name: "fares"}, {Name: "the sea"}},
		Mentions: []mention.Mention{{Actor: 0, Span: thread.Span{Start: 4, End: 17}}, {Actor: 0, Span: thread.Span{Start: maxText + 1, End: maxText + 3}}},
		Stances:  stances,
	}
	s := Plan{Posts: true}.New()
	s.Add(r)
	// And one of which little is known.
	s.Add(&analyze.Result{Thread: &thread.Thread{}, Post: &thread.Post{ReplyTo: thread.None, Text: "No."}})
	// The cut is before the "é" that it would go through.
	cut := strings.ToValidUTF8(long[:maxText], "")
	if len(cut) != maxText-1 {
		t.Fatalf("the cut goes through no letter: %d bytes", len(cut))
	}
	want := map[string]*Post{"No.": {ReplyTo: thread.None, Sampled: true, HasText: true, Text: "No."}, cut: {
		Sampled: true, Thread: "ferry", Title: "No ferry today", ID: "p7", Index: 3, Author: "keel", ReplyTo: 2, Time: r.Post.Time,
		Words: 6, Toned: true, Tone: -0.25, Topics: []string{"fares", "the sea"}, Outlets: []string{"Harbour Times"},
		Stances: []PostStance{
			{"Ferry company", stance.Author, stance.Against, -0.75, 0.875, []thread.Span{{Start: 23, End: 31}, {Start: maxText - 2, End: len(cut)}}},
			{"Ferry company", stance.Source("Harbour Times"), stance.Neutral, 0, 0.5, nil},
		},
		HasText: true, Text: cut, Cut: len(long) - len(cut),
		Segments: []thread.Segment{segments[0], segments[1], {Kind: thread.Quote, QuoteOf: 2, Span: thread.Span{Start: 66, End: len(cut)}}},
		Mentions: []PostMention{{"Ferry company", thread.Span{Start: 4, End: 17}}},
	}}
	got := map[string]*Post{}
	for p := range s.Posts.All() {
		p.Hash = 0
		got[p.Text] = p
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if s.Posts.Count != 2 || s.Posts.Bytes != int64(len(long)+3) || !s.Posts.AllSampled() || !s.Posts.AllTexts() {
		t.Errorf("%d posts with %d bytes, all sampled %v, with their texts %v", s.Posts.Count, s.Posts.Bytes, s.Posts.AllSampled(), s.Posts.AllTexts())
	}
}

// Posts that are equal in all are kept once, and counted each; those that differ in
// their words alone are two.
func TestEqualPostsAreOne(t *testing.T) {
	s, part := Plan{Posts: true}.New(), Plan{Posts: true}.New()
	for _, text := range []string{"No ferry.", "No ferry.", "No boat."} {
		s.Add(&analyze.Result{Thread: &thread.Thread{}, Post: &thread.Post{ReplyTo: thread.None, Text: text}})
	}
	part.Add(&analyze.Result{Thread: &thread.Thread{}, Post: &thread.Post{ReplyTo: thread.None, Text: "No boat."}})
	s.Merge(part)
	var texts []string
	for p := range s.Posts.All() {
		texts = append(texts, p.Text)
	}
	slices.Sort(texts)
	if !slices.Equal(texts, []string{"No boat.", "No ferry."}) || s.Posts.Count != 4 {
		t.Errorf("of %d posts %q are kept", s.Posts.Count, texts)
	}
}

// Where a user is not shown, nothing is kept for them.
// Posts of which more differs than is known of them besides their words are two,
// in whatever order they come.
func TestPostsOfOtherSegmentsAreTwo(t *testing.T) {
	r := someResult(rand.New(rand.NewPCG(1, 1)))
	post := *r.Post
	post.Text = "You are wrong. He is right."
	of := func(own, quoted thread.Span) *analyze.Result {
		result, p := *r, post
		p.Segments = []thread.Segment{{Kind: thread.Own, Span: own, QuoteOf: thread.None}, {Kind: thread.Quote, Span: quoted, QuoteOf: thread.None}}
		result.Post, result.Mentions, result.Stances = &p, nil, nil
		return &result
	}
	a, b := of(thread.Span{Start: 0, End: 14}, thread.Span{Start: 15, End: 27}), of(thread.Span{Start: 0, End: 7}, thread.Span{Start: 8, End: 27})
	one, other := smallPosts(), smallPosts()
	for _, result := range []*analyze.Result{a, b} {
		one.Add(result)
	}
	for _, result := range []*analyze.Result{b, a} {
		other.Add(result)
	}
	n := 0
	for range one.Posts.All() {
		n++
	}
	if n != 2 || !bytes.Equal(encode(t, one), encode(t, other)) {
		t.Errorf("%d posts are kept, want 2, whichever comes first", n)
	}
}

func TestNarrow(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	s := smallPosts()
	for range 300 {
		s.Add(someResult(r))
	}
	texts := func() (n, bytes int) {
		for p := range s.Posts.All() {
			if p.HasText {
				n++
				bytes += len(p.Text)
			}
		}
		return n, bytes
	}
	all, _ := texts()
	held := s.Posts.Narrow(func(d Dimension, _ Value) bool { return d != User })
	fewer, bytes := texts()
	if fewer == 0 || fewer >= all || held < bytes {
		t.Errorf("of %d texts %d are kept without those for users, %d bytes, of which it tells %d", all, fewer, bytes, held)
	}
	if held := s.Posts.Narrow(func(Dimension, Value) bool { return false }); held != 0 {
		t.Errorf("%d bytes are kept for nobody", held)
	}
}

func TestWordsOfCamps(t *testing.T) {
	s := Plan{Words: true}.New()
	for i, text := range []string{"The ferries don’t run, THE FERRIES are late: http://ferries.example", "Ferries well-run? I say so.", "No stance here."} {
		r := &analyze.Result{Thread: &thread.Thread{}, Post: &thread.Post{Index: i, Text: text, Segments: []thread.Segment{{Span: thread.Span{End: len(text)}}}}}
		if i < 2 {
			r.Stances = []stance.Stance{{Actor: "Ferry company", Holder: stance.Author, Label: []stance.Label{stance.Against, stance.Favor}[i]}}
		}
		s.Add(r)
	}
	one := WordCount{1, 1}
	want := map[string]WordCount{"the": {2, 1}, "ferries": {3, 2}, "don't": one, "run": one, "are": one, "late": one, "well-run": one, "say": one}
	if diff := cmp.Diff(want, s.Words.All); diff != "" {
		t.Error(diff)
	}
	if n := s.Words.Camps[Camp{"Ferry company", stance.Favor}]["ferries"]; n != one {
		t.Errorf("the word is counted %v in favor, want %v", n, one)
	}
}
