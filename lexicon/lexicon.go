// Package lexicon holds the knowledge that people edit: who the actors are,
// which topics there are, the valence of words, and the cues by which a
// sentence takes a side. The defaults are embedded; a user's folder is laid
// over them.
package lexicon

// Word is the number of a word in the lexicon's vocabulary. Every word that
// any actor, topic, cue or valence entry uses has one, so that a token is
// looked up once and all later stages work on numbers. 0 is every other word.
type Word int32

// Lexicon is what is known, validated and compiled. It does not change after
// Load and is safe for concurrent use.
type Lexicon struct {
	Actors []Actor
	Topics []Topic
	Cues   []Cue
	News   News
	// … compiled tables
}

// Actor is someone that a stance can be held toward.
type Actor struct {
	Name    string
	Kind    string // state, person, organisation, group
	Aliases []Alias
	Not     []Decoy
}

// AliasKind says in what way an alias names its actor.
type AliasKind uint8

const (
	Name        AliasKind = iota // "United States"
	Demonym                      // "Americans", "Iranian"
	Institution                  // "the Pentagon", "IRGC"
	Leader                       // someone who acts for the actor: "Khamenei" for Iran
	Hashtag                      // "#MAGA"
	Nickname                     // "Sleepy Joe": carries a valence of its own
)

// Alias is one way in which an actor is spoken of.
type Alias struct {
	Kind    AliasKind
	Text    string
	Exact   bool    // letter case counts: "US", never "us"
	Valence float64 // in [-1, 1]: what using this name says about the actor
}

// Decoy is a phrase that holds an actor's name and is not the actor.
type Decoy struct {
	Text string // "Trump supporters"
	Is   string // what it is instead: "people who support Trump"
}

// Topic is what a post is about.
type Topic struct {
	Name  string
	Terms []Term
}

// Term is a word or phrase that speaks of a topic.
type Term struct {
	Text   string
	Weight float64 // in (0, 1]
}

// Cue is a word, phrase or verb by which a sentence takes a side.
type Cue struct{}

// News is by what a pasted article is known.
type News struct{}
