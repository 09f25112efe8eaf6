package lexicon

import (
	"strings"
	"unicode"
)

var plainQuotes = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`)

// split returns the words of a text in the form of token.Token.Norm.
func split(text string) []string {
	var words []string
	for _, w := range strings.Fields(plainQuotes.Replace(strings.ToLower(text))) {
		// Marks that tokens of their own are cut off both ends.
		var after []string
		for len(w) > 1 && strings.ContainsRune(",!?;:\"", rune(w[len(w)-1])) && !strings.HasPrefix(w, ":") {
			after = append([]string{w[len(w)-1:]}, after...)
			w = w[:len(w)-1]
		}
		if n := len(w); n > 1 && w[n-1] == '.' && !strings.Contains(w[:n-1], ".") && !abbreviations[w] {
			after = append([]string{"."}, after...)
			w = w[:n-1]
		}
		words = append(words, contraction(w)...)
		words = append(words, after...)
	}
	return words
}

var abbreviations = map[string]bool{"mr.": true, "mrs.": true, "ms.": true, "dr.": true, "gen.": true, "sen.": true, "gov.": true, "inc.": true, "corp.": true, "ltd.": true}

// splitName is split for a name, which may hold marks that mean something else in
// a cue: "C++", "Obamacare/ACA", "Boko Haram (JAS)".
func splitName(name string) []string {
	var apart strings.Builder
	for w := range strings.FieldsSeq(plainQuotes.Replace(name)) {
		face := !hasWord(w) || strings.IndexByte(":;=", w[0]) >= 0
		whole := face || joinedBySlash[strings.ToLower(w)]
		for i := 0; i < len(w); {
			if n := mark(w, i); n > 0 && !whole {
				apart.WriteString(" " + w[i:i+n] + " ")
				i += n
			} else {
				apart.WriteByte(w[i])
				i++
			}
		}
		apart.WriteByte(' ')
	}
	return split(apart.String())
}

// joinedBySlash are the words that hold a slash.
var joinedBySlash = map[string]bool{"w/o": true, "/s": true}

// mark returns the length of the mark at i that the scanner makes a token of its
// own, 0 where there is none, or where it is a part of a word ("U$A"), of a tag
// ("#MAGA") or of a number ("$5", "9/11").
func mark(w string, i int) int {
	c, n := w[i], 1
	switch {
	case strings.IndexByte("()[]{}", c) >= 0:
		return 1
	case strings.IndexByte(`+#$/|\^~",;`, c) < 0:
		return 0
	}
	for i+n < len(w) && w[i+n] == c {
		n++
	}
	before, after := hasWord(w[max(i-1, 0):i]), i+n < len(w) && hasWord(w[i+n:i+n+1])
	figure := after && isDigit(w[i+n])
	switch {
	case c == '#' && n == 1 && after,
		c == '$' && n == 1 && (figure || before && after),
		(c == ',' || c == '/') && n == 1 && figure && i > 0 && isDigit(w[i-1]):
		return 0
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// hasWord reports whether a text has more than marks and white space.
func hasWord(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r > unicode.MaxASCII && !unicode.IsPunct(r) && !unicode.IsSpace(r)
	})
}

// contraction cuts a word at its apostrophe as the scanner does.
func contraction(w string) []string {
	switch w {
	case "can't", "cant":
		return []string{"can", "n't"}
	case "won't":
		return []string{"will", "n't"}
	case "shan't":
		return []string{"shall", "n't"}
	case "cannot":
		return []string{"can", "not"}
	}
	if base, ok := strings.CutSuffix(w, "n't"); ok && base != "" {
		return []string{base, "n't"}
	}
	if i := strings.LastIndexByte(w, '\''); i > 0 {
		switch w[i:] {
		case "'s", "'re", "'ve", "'ll", "'d", "'m":
			return []string{w[:i], w[i:]}
		case "'":
			return []string{w[:i], "'"}
		}
	}
	return []string{w}
}

// inflect returns the forms of a word that ends in "~": of a verb its third
// person, past, participles and gerund, which covers a noun's plural as well.
// Any other word is its own only form.
func inflect(w string) []string {
	base, ok := strings.CutSuffix(w, "~")
	if !ok || base == "" {
		return []string{w}
	}
	forms := []string{base, third(base)}
	if irregular, ok := irregularVerbs[base]; ok {
		forms = append(forms, irregular...)
	} else {
		forms = append(forms, past(base))
	}
	forms = append(forms, gerund(base))
	if base == "be" {
		forms = []string{"be", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "am"}
	}
	return forms
}

// inflections returns the words of a text with every choice of inflection of
// those that end in "~"; nil where it has no words, or more than maxForms
// forms.
func inflections(text string) [][]string {
	forms := [][]string{nil}
	for _, norm := range split(text) {
		choices := inflect(norm)
		if len(forms)*len(choices) > maxForms {
			return nil
		}
		grown := make([][]string, 0, len(forms)*len(choices))
		for _, choice := range choices {
			for _, words := range forms {
				grown = append(grown, append(words[:len(words):len(words)], choice))
			}
		}
		forms = grown
	}
	if len(forms[0]) == 0 {
		return nil
	}
	return forms
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

func third(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "z"),
		strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"), strings.HasSuffix(w, "o"):
		return w + "es"
	case n > 1 && w[n-1] == 'y' && !isVowel(w[n-2]):
		return w[:n-1] + "ies"
	case w == "have":
		return "has"
	}
	return w + "s"
}

// doubles says whether a verb doubles its last letter: a stressed short
// syllable, which here is one syllable, or one of the verbs listed.
func doubles(w string) bool {
	n := len(w)
	if n < 3 || isVowel(w[n-1]) || strings.IndexByte("wxy", w[n-1]) >= 0 || !isVowel(w[n-2]) || isVowel(w[n-3]) {
		return false
	}
	vowels := 0
	for i := range n {
		if isVowel(w[i]) && (i == 0 || !isVowel(w[i-1])) {
			vowels++
		}
	}
	return vowels == 1 || doubling[w]
}

var doubling = map[string]bool{"admit": true, "commit": true, "omit": true, "permit": true, "submit": true, "regret": true, "rebel": true, "compel": true, "expel": true, "repel": true, "propel": true, "defer": true, "prefer": true, "refer": true, "occur": true, "incur": true, "begin": true, "forget": true, "upset": true, "control": true, "patrol": true, "kidnap": true}

func past(w string) string {
	n := len(w)
	switch {
	case w[n-1] == 'e':
		return w + "d"
	case w[n-1] == 'y' && n > 1 && !isVowel(w[n-2]):
		return w[:n-1] + "ied"
	case doubles(w):
		return w + w[n-1:] + "ed"
	}
	return w + "ed"
}

func gerund(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "ie"):
		return w[:n-2] + "ying"
	case w[n-1] == 'e' && n > 2 && !strings.HasSuffix(w, "ee"):
		return w[:n-1] + "ing"
	case doubles(w):
		return w + w[n-1:] + "ing"
	}
	return w + "ing"
}

// irregularVerbs gives the past and the past participle of verbs that make
// them their own way.
var irregularVerbs = map[string][]string{
	"beat": {"beat", "beaten"}, "become": {"became"}, "begin": {"began", "begun"}, "break": {"broke", "broken"},
	"bring": {"brought"}, "build": {"built"}, "burn": {"burned", "burnt"}, "buy": {"bought"}, "catch": {"caught"},
	"choose": {"chose", "chosen"}, "come": {"came"}, "cut": {"cut"}, "deal": {"dealt"}, "do": {"did", "done"},
	"draw": {"drew", "drawn"}, "drive": {"drove", "driven"}, "eat": {"ate", "eaten"}, "fail": {"failed"},
	"fall": {"fell", "fallen"}, "feed": {"fed"}, "feel": {"felt"}, "fight": {"fought"}, "find": {"found"},
	"flee": {"fled"}, "forget": {"forgot", "forgotten"}, "forgive": {"forgave", "forgiven"}, "free": {"freed"},
	"get": {"got", "gotten"}, "give": {"gave", "given"}, "go": {"went", "gone"}, "hang": {"hung", "hanged"},
	"have": {"had"}, "hide": {"hid", "hidden"}, "hit": {"hit"}, "hold": {"held"}, "hurt": {"hurt"}, "keep": {"kept"},
	"kneel": {"knelt"}, "know": {"knew", "known"}, "lay": {"laid"}, "lead": {"led"}, "leave": {"left"}, "lend": {"lent"},
	"let": {"let"}, "lie": {"lied"}, "lose": {"lost"}, "make": {"made"}, "mean": {"meant"}, "meet": {"met"},
	"mislead": {"misled"}, "overthrow": {"overthrew", "overthrown"}, "pay": {"paid"}, "put": {"put"}, "read": {"read"},
	"rebuild": {"rebuilt"}, "ride": {"rode", "ridden"}, "rise": {"rose", "risen"}, "run": {"ran"}, "say": {"said"},
	"screw": {"screwed"}, "see": {"saw", "seen"}, "seek": {"sought"}, "sell": {"sold"}, "send": {"sent"}, "set": {"set"},
	"shoot": {"shot"}, "show": {"showed", "shown"}, "shut": {"shut"}, "sink": {"sank", "sunk"}, "slay": {"slew", "slain"},
	"sleep": {"slept"}, "speak": {"spoke", "spoken"}, "spend": {"spent"}, "spread": {"spread"}, "stand": {"stood"},
	"steal": {"stole", "stolen"}, "stick": {"stuck"}, "stink": {"stank", "stunk"}, "strike": {"struck", "stricken"},
	"swear": {"swore", "sworn"}, "take": {"took", "taken"}, "teach": {"taught"}, "tear": {"tore", "torn"}, "tell": {"told"},
	"think": {"thought"}, "throw": {"threw", "thrown"}, "understand": {"understood"}, "undo": {"undid", "undone"},
	"win": {"won"}, "withdraw": {"withdrew", "withdrawn"}, "withhold": {"withheld"}, "write": {"wrote", "written"},
	"wage": {"waged"}, "suck": {"sucked"}, "uphold": {"upheld"}, "betray": {"betrayed"}, "forbid": {"forbade", "forbidden"},
}
