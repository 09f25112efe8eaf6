// Package mention finds where an actor is spoken of.
package mention

import (
	"threadstance/lexicon"
	"threadstance/thread"
)

// Mention is a place where an actor is spoken of.
type Mention struct {
	Actor    int // index in the analyzer's actors
	Span     thread.Span
	First    int // tokens, half open
	Last     int
	Sentence int
	Kind     lexicon.AliasKind
	Pronoun  bool    // "he", "it", "they", read as the actor just named
	Valence  float64 // of the nickname used, else 0
}
