package stance

import (
	"slices"

	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/plain"
)

// hearsayOdds is how much likelier it is that the poster takes no side where he only
// tells what others say. Of 319 such posts that were written to be learned from or for
// a test 297 take none, and the features, which see the words that others use, expect
// it of 236.
const hearsayOdds = 5

// hearsay says whether all that a voice writes is what someone else says or thinks of
// an actor whose hits were collected: "The senator called Iran a liar.",
// "According to CNN, Trump is a danger." A record that points at a mention asks what
// is said there of it, by whomever.
func (r *Rules) hearsay(in *Input, who *voice, actor int) bool {
	if n := actor - len(in.Lexicon.Actors); n >= 0 && in.Post.Targets[n].Span != (thread.Span{}) {
		return false
	}
	for i := range r.hits {
		if h := &r.hits[i]; h.Role != Near && h.Marks&(Reported|Sarcastic|Deluded|Opposed) != Reported {
			return false
		}
	}
	spoken := r.spoken[actor]
	for _, sentence := range who.sentences {
		from := reportedFrom(in, sentence)
		if from < 0 {
			return false
		}
		for ; len(spoken) > 0 && in.Mentions[spoken[0]].Sentence == sentence; spoken = spoken[1:] {
			if in.Mentions[spoken[0]].First < from {
				return false
			}
		}
	}
	return len(r.spoken[actor]) > 0
}

// notOthers are words before a verb of saying that make what is said the poster's, or
// make it a remark about those who say so: "even Fox says", "anyone who thinks".
var notOthers = plain.Set("i", "we", "you", "it", "even", "any", "anyone", "every", "everyone", "everybody", "whoever", "as", "let")

// reportedFrom returns the token from which on a sentence tells what someone else
// says or thinks, -1 where it does not, or not that alone.
func reportedFrom(in *Input, sentence int) int {
	s := in.Doc.Sentences[sentence]
	tokens, cues := in.Doc.Tokens[s.First:s.Last], &in.Lexicon.Cues
	if slices.ContainsFunc(tokens, func(t token.Token) bool {
		return t.Asks() || t.Is(token.Emoticon|token.Emoji|token.Hashtag) || cues.Is(t.Word, lexicon.Contrast)
	}) {
		return -1
	}
	if len(tokens) > 2 && tokens[0].Norm == "according" && tokens[1].Norm == "to" && !cues.Is(tokens[2].Word, lexicon.FirstPerson) {
		return s.First + 2
	}
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.Tag == token.VBD || t.Tag == token.VBP || t.Tag == token.VBZ:
			if i == 0 || !cues.Is(t.Word, lexicon.Report) {
				return -1
			}
			return s.First + i + 1
		case t.Tag.Verb() || t.Tag == token.MD || t.Tag == token.WP || t.Tag == token.WDT || t.Tag == token.WRB || t.Tag == token.TO,
			cues.Is(t.Word, lexicon.Negator|lexicon.Condition), notOthers[t.Norm]:
			return -1
		}
	}
	return -1
}
