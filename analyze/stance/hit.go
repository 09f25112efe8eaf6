package stance

import "threadstance/thread"

// CueKind is what sort of cue a hit is of.
type CueKind uint8

const (
	VerbCue CueKind = iota
	NounCue
	AdjectiveCue
	PhraseCue
	NicknameCue // the name used says it
	ToneCue     // a pleasant or unpleasant word near the mention, of which no cue is known
)

// Role is what part a mention plays toward a cue.
type Role uint8

const (
	Subject     Role = iota // X bullied
	Object                  // bullied X; X was bullied
	Owner                   // X's crimes, the crimes of X
	Described               // X is a liar; that liar X; corrupt X
	Slot                    // {X} of a phrase
	OtherSlot               // {Y} of a phrase
	Addressed               // X, go home
	Near                    // only near it
	Named                   // the cue is the mention's own name
	Participant             // fighting with X, opposed to X: tied to it by a preposition
)

var roleNames = [...]string{"who does it", "to whom it is done", "whose it is", "said of", "target of the phrase", "the other of the phrase", "addressed", "near", "named so", "tied to it"}

// String returns the role as explain prints it.
func (r Role) String() string { return roleNames[r] }

// Mark is what was found around a cue that changes what it says.
type Mark uint16

const (
	Negated      Mark = 1 << iota // "not", "never", "nobody thinks"
	Questioned                    // in a question
	Hypothetical                  // "if", "would", "should"
	Quoted                        // in someone's quoted words
	Scare                         // in quotation marks that doubt the word: a "peaceful" country
	Reported                      // someone else's view: "they say that"
	Deluded                       // held to be false: "fooled into thinking"
	Sarcastic                     // "oh wait", "lol", "/s"
	Boosted                       // "very"
	Dampened                      // "slightly"
	Imperative                    // "go home"
	Passive                       // "was bullied by"
	Advised                       // "should", "must"
	Pronominal                    // the mention is a pronoun
	Modifying                     // the mention only qualifies another noun: "US policy"
	Opposed                       // said of those who are against the mention: "X's critics", "those who bash X"
)

// Hit is a cue found at a mention.
type Hit struct {
	Mention  int // index in Input.Mentions
	Kind     CueKind
	Role     Role
	Marks    Mark
	Cue      string      // which one: the lemma, word or phrase as cues.toml has it
	Base     float64     // what the cue says by itself in this role, in [-1, 1]
	Effect   float64     // what it says here, all marks considered, in [-1, 1]; above 0 is favor
	Distance int         // clauses between the cue and the mention
	Span     thread.Span // the cue, with the mention where one phrase holds both
}
