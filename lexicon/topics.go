package lexicon

import (
	"slices"
	"strings"
)

// Topic is what a post is about.
type Topic struct {
	Name  string
	Terms []Term
}

// Term is a word or phrase that speaks of a topic.
type Term struct {
	Words  []Word
	Weight float64 // in (0, 1]: 1 where the term alone makes the topic
	Topic  int     // index in Lexicon.Topics
}

// topicEntry is a topic as topics.toml has it.
type topicEntry struct {
	Name   string   `toml:"name"`
	Extend bool     `toml:"extend"`
	Remove bool     `toml:"remove"`
	Terms  []string `toml:"terms"`
	Hints  []string `toml:"hints"`

	at place
}

// hintWeight is the weight of a hint: it takes two to make the topic.
const hintWeight = 0.35

// addTopic lays an entry over the ones before it.
func (p *parser) addTopic(e topicEntry) {
	if !p.named(e.at, e.Name, "topic") {
		return
	}
	at := slices.IndexFunc(p.topics, func(t topicEntry) bool { return strings.EqualFold(t.Name, e.Name) })
	earlier := place{}
	if at >= 0 {
		earlier = p.topics[at].at
	}
	switch {
	case !p.fits("topic", e.Name, e.at, earlier, e.Extend || e.Remove):
	case e.Remove:
		p.topics = slices.Delete(p.topics, at, at+1)
	case e.Extend:
		p.topics[at].Terms = append(p.topics[at].Terms, e.Terms...)
		p.topics[at].Hints = append(p.topics[at].Hints, e.Hints...)
		p.topics[at].at = e.at
	case at >= 0:
		p.topics[at] = e
	default:
		p.topics = append(p.topics, e)
	}
}

// compileTopics makes the lexicon's topics of the entries.
func (p *parser) compileTopics() {
	for i, e := range p.topics {
		topic := Topic{Name: e.Name}
		seen := map[string]bool{} // by the words: said in two ways, a term counts once
		if len(e.Terms)+len(e.Hints) == 0 {
			p.fail(e.at, "topic %q has no terms; add terms = [\"…\"]", e.Name)
		}
		for _, list := range []struct {
			weight float64
			texts  []string
		}{{1, e.Terms}, {hintWeight, e.Hints}} {
			for _, text := range list.texts {
				forms := p.forms(text)
				if len(forms) == 0 {
					p.fail(e.at.of(text), "topic %q has a term without a word, or with too many forms: %q; take it out", e.Name, text)
				}
				for _, words := range forms {
					if key := p.lexicon.text(words); !seen[key] {
						seen[key] = true
						topic.Terms = append(topic.Terms, Term{Words: words, Weight: list.weight, Topic: i})
					}
				}
			}
		}
		p.lexicon.Topics = append(p.lexicon.Topics, topic)
	}
}
