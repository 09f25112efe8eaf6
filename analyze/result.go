package analyze

import (
	"threadstance/analyze/mention"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/stance"
	"threadstance/analyze/topic"
	"threadstance/lexicon"
	"threadstance/thread"
)

// Result is what is known of one post. Scores and confidences are whole
// multiples of 1/Unit.
type Result struct {
	Lexicon  *lexicon.Lexicon // by which it was judged
	Thread   *thread.Thread
	Post     *thread.Post
	Words    int   // of the poster's own, as white space parts them
	English  bool  // the poster's own words are in English; true where there are none
	Tone     *Tone // of the poster's own words; nil without any in English
	Stances  []stance.Stance
	Answered []stance.Stance // the sides that the author of the post answered takes there
	Topics   []topic.Topic
	Mentions []mention.Mention
	Decoys   []mention.Mention // what holds an actor's name and is not the actor
}

// ActorName returns what a mention's Actor stands for.
func (r *Result) ActorName(actor int) string {
	in := stance.Input{Lexicon: r.Lexicon, Post: r.Post}
	return in.ActorName(actor)
}

// Tone is how pleasant a post's own words are.
type Tone struct {
	Score float64 // in [-1, 1]
	Label sentiment.Label
	// Reasons are the words that moved the score most, strongest first; set by
	// Worker.ExplainTone alone.
	Reasons []sentiment.Reason
}
