// Package mention finds where an actor is spoken of.
package mention

import (
	"threadstance/lexicon"
	"threadstance/thread"
)

// Mention is a place where an actor is spoken of.
type Mention struct {
	// Actor is an index in Lexicon.Actors or, from len(Lexicon.Actors) on,
	// says which of the record's own targets it is: len(Lexicon.Actors)+i is
	// Post.Targets[i].
	Actor       int
	Span        thread.Span
	First, Last int // tokens, half open
	Sentence    int
	Kind        lexicon.AliasKind
	Alias       *lexicon.Alias // the alias used; nil for pronouns and a record's own targets
	Pronoun     bool           // "he", "it", "they", read as the actor just named
	Possessive  bool           // "Trump's", "the US'", "his"
	Valence     float64        // of the nickname or hashtag used or the side declared, in [-1, 1]
	Part        bool           // of the mention before: who is part of this actor is named
	Declared    bool           // the poster says on whose side he is: "I'm pro-Iran"
}
