package token

// Tag is a part of speech of the Penn Treebank; 0 is none.
type Tag uint8

// The tags, in the order of the embedded weights.
const (
	NoTag Tag = iota
	NumberSign
	DollarSign
	CloseQuote
	OpenBracket
	CloseBracket
	Comma
	Stop  // . ! ?
	Colon // : ; ... --
	CC    // coordinating conjunction
	CD    // number
	DT    // determiner
	EX    // existential "there"
	FW    // foreign word
	IN    // preposition, subordinating conjunction
	JJ    // adjective
	JJR
	JJS
	LS // mark of a list
	MD // modal
	NN // noun
	NNP
	NNPS
	NNS
	PDT // "all" the people
	POS // 's of possession
	PRP // personal pronoun
	PRPS
	RB // adverb
	RBR
	RBS
	RP  // particle
	SYM // symbol, emoticon
	TO
	UH  // interjection
	VB  // base form
	VBD // past
	VBG // -ing
	VBN // past participle
	VBP // present, not third person singular
	VBZ // present, third person singular
	WDT
	WP
	WPS
	WRB
	OpenQuote
	numTags
	Dash = numTags // "-"; the model has no weights for it
)

var tagNames = [...]string{
	"", "#", "$", "''", "(", ")", ",", ".", ":", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD",
	"NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH",
	"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "``", "-",
}

// String returns the tag as the Penn Treebank writes it.
func (t Tag) String() string {
	if int(t) < len(tagNames) {
		return tagNames[t]
	}
	return ""
}

// Verb reports whether the tag is a verb's, modals aside.
func (t Tag) Verb() bool { return VB <= t && t <= VBZ }

// Noun reports whether the tag is a noun's, names included.
func (t Tag) Noun() bool { return NN <= t && t <= NNS }

// Adjective reports whether the tag is an adjective's.
func (t Tag) Adjective() bool { return JJ <= t && t <= JJS }

// Adverb reports whether the tag is an adverb's.
func (t Tag) Adverb() bool { return RB <= t && t <= RBS }
