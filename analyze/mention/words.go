package mention

import (
	"strings"

	"threadstance/lexicon"
)

// role is what a word of grammar tells about the words beside it.
type role uint16

const (
	pronoun      role = 1 << iota
	possessor         // "his", "their"
	article           // a name or noun follows
	object            // an object follows as well: "everything"
	modal             // a verb follows
	takesPronoun      // "tell us", "of us"
	afterCountry      // stands after a country's name and not after "us"
	afterIs           // what follows a "'s" that is "is" or "has"
	clauseStart       // a subject may follow
	verbToo           // a name in small letters that is also a verb
	verbOfState       // "it" that does this is somebody
	degree            // may stand between "I am" and what the poster is
	poster            // the poster himself
)

var roles = map[role]string{
	pronoun:      "us he him his himself she her hers herself it its itself they them their themselves",
	possessor:    "his her its their theirs whose",
	article:      "the this that these those a an our your my his her their its any every all",
	object:       "everything anything everyone all both",
	modal:        "to will would can could should may might must shall not n't never always 'll does do did",
	takesPronoun: "join tell give of to for with from let help make want see show ask leave on all both against at by between like lets send told gave sell teach take takes took made kill kills hate hates attack attacks about behind around among hurt stop bring brings saw met meets call called than or and",
	afterCountry: "is was has will would should could does did must can government military troops army navy policy president soldiers forces public administration constitution citizens supports wants needs economy dollar senate congress invaded attacked attacks supported isn't spends went gave sells sold media foreign",
	afterIs:      "a an the not n't very so been going no all always never just also still really such too only now why what how who that because about like on at got gonna done right wrong good bad",
	clauseStart:  "and but because if when that while so as since although though where which or for , ; : -- - ( ... then",
	verbToo:      "trump trumps",
	degree:       "still also now just really very so both all more totally completely fully proudly strongly firmly openly fiercely staunchly simply proud",
	poster:       "i my me we our",
	verbOfState:  "has had does did will would wants want needs need 'll should must can can't could is are were was have 've 're do keep keeps went go goes attacked invaded supported supports",
}

// words are the roles by word of one lexicon.
type words []role

func newWords(lex *lexicon.Lexicon) words {
	w := make(words, lex.Size())
	for role, list := range roles {
		for norm := range strings.FieldsSeq(list) {
			if n := lex.Word(norm); n != 0 {
				w[n] |= role
			}
		}
	}
	return w
}

func (w words) is(n lexicon.Word, any role) bool { return w[n]&any != 0 }
