package stance

import (
	"math"
	"slices"

	"threadstance/analyze/linear"
	"threadstance/analyze/mention"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

// extractor turns what a holder says of one target into the features of the
// linear model. It reuses its memory and is for one goroutine at a time.
type extractor struct {
	known            []wordHashes // by number of the word; zero where they are not known yet
	post             *thread.Post // that words, kin and leaned are of
	words            []uint32     // by token: hash of its word
	kin              []uint32     // by token: the class of its word, as a feature
	leaned           []leaned     // words and phrases that lean to a side of anyone
	leansFrom        []int        // by sentence: where those of it begin among them; and their number
	tagged, personal bool         // the text has tags or handles; speaks of its poster or to its reader
	marks            [5]int       // of its tokens: tags, handles, links, and marks that ask and exclaim

	hash     []uint32           // by token: words, or kin while classes are added, with the target masked
	target   []bool             // by token: part of a mention of the target
	plain    []token.Sentence   // without marks of irony behind them
	said     []saying           // what the holder says
	mentions []*mention.Mention // of the target in them
	bag      linear.Bag
	form     int       // of the text
	single   bool      // features are for a model of one target that is yet to be trained
	spelt    []int32   // tokens whose runs of bytes are features too
	runs     []runKind // that these are features of

	sides   []side    // by actor
	sidesOf *voice    // whose words they are
	leans   []leaning // by actor
}

// Kinds of features: each has a hash of its own, so that one word in two
// places is two features.
var (
	kindWord     = linear.Hash("word")
	kindPair     = linear.Hash("pair")
	kindTriple   = linear.Hash("triple")
	kindSentence = linear.Hash("sentence")
	kindLeft     = linear.Hash("left")
	kindRight    = linear.Hash("right")
	kindBefore   = linear.Hash("before")
	kindAfter    = linear.Hash("after")
	kindChar     = linear.Hash("char")
	kindActor    = linear.Hash("actor")
	kindVerb     = linear.Hash("verb")
	kindRole     = linear.Hash("role")
	kindValence  = linear.Hash("valence")
	kindCue      = linear.Hash("cue")
	kindStyle    = linear.Hash("style")
	kindTitle    = linear.Hash("title")
	kindParent   = linear.Hash("parent")
	kindOwned    = linear.Hash("owned")
	kindPred     = linear.Hash("predicate")
	kindRules    = linear.Hash("rules")
	kindForm     = linear.Hash("form")
	kindClass    = linear.Hash("class")
	kindOther    = linear.Hash("other")
	kindPrep     = linear.Hash("preposition")
	kindLeaning  = linear.Hash("leaning")
	hashTarget   = linear.Hash("\x00target")
	hashNumber   = linear.Hash("\x00number")
	hashLink     = linear.Hash("\x00link")
	hashNot      = linear.Hash("\x00not")
	hashI        = linear.Hash("\x00i")
)

// saying is a sentence of the holder's.
type saying struct {
	token.Sentence
	names bool // the target
}

func (f *extractor) add(kind, hash uint32) { f.addValue(linear.Mix(kind, hash), 1) }

func (f *extractor) addValue(hash uint32, value float32) { f.bag.Add(hash, value) }

// extract puts the features of the target among a holder's words into the bag: those
// that a model knows, or all of them where there is none. The rules have the cues. The
// runs of bytes within words are among them only for training: a model sums those of
// the words that spelt lists up by itself, faster.
func (f *extractor) extract(in *Input, model *linear.Model, rules *Rules, who *voice, actor int) {
	if f.post != in.Post {
		f.read(in)
	}
	doc := in.Doc
	f.bag.Reset(model)
	words := f.listen(in, who, rules.spoken[actor])
	spoken := len(f.mentions)
	name := linear.Hash(in.ActorName(actor))
	f.form = f.formOf(in)

	for _, s := range f.said {
		f.grams(s.Sentence, 0)
	}
	f.end(groupWords)
	for _, s := range f.said {
		if s.names {
			f.grams(s.Sentence, kindSentence)
		}
	}
	f.end(groupSentence)
	f.spelt = f.spelt[:0]
	for _, s := range f.said {
		if spoken == 0 || words < 80 || s.names {
			f.spell(doc, s.Sentence)
		}
	}
	f.runs = append(f.runs[:0], runKind{kindChar, groupRuns})
	// To a model of one target those by actor would be the same again.
	if single := f.single || model != nil && model.Meta.Target != ""; f.form == formTagged && !single {
		f.runs = append(f.runs, runKind{linear.Mix(kindActor^kindChar, name), groupActorRuns})
	}
	if model == nil {
		f.addRuns(doc)
	}
	for _, s := range f.said {
		if words < 80 || s.names {
			f.others(s.Sentence, linear.Mix(kindActor, name))
		}
	}
	f.end(groupActor)
	for _, m := range f.mentions {
		f.around(doc, m)
	}
	f.end(groupAround)
	for _, m := range f.mentions {
		f.roles(doc, m)
	}
	f.end(groupRoles)
	f.bag.OnNone()
	form := linear.Mix(kindForm, uint32(f.form))
	f.valences(in, form)
	f.end(groupValences)
	f.cues(rules.hits, form)
	f.end(groupCues)
	f.sums(&rules.features)
	f.style(in, name, words)
	f.end(groupStyle)
	f.classes(doc, who, name, words)
	f.bag.OnNone()
	if f.form == formSilent {
		f.other(kindTitle, in.Title)
		f.end(groupTitle)
		f.other(kindParent, in.Parent)
		f.end(groupParent)
	}
	f.bystanders(in, rules, who, actor, name)
	f.leanings(in, who, actor, name)
}

// listen gathers what a holder says and where the target is named in it, by the
// mentions given, and returns of how many words it is.
func (f *extractor) listen(in *Input, who *voice, mentions []int) (words int) {
	for _, m := range f.mentions { // of the target before
		for i := m.First; i < m.Last; i++ {
			f.target[i], f.hash[i] = false, f.words[i]
		}
	}
	f.mentions = f.mentions[:0]
	for _, k := range mentions {
		m := &in.Mentions[k]
		f.mentions = append(f.mentions, m)
		for i := m.First; i < m.Last; i++ {
			f.target[i] = true
			if !in.Doc.Tokens[i].Is(token.Hashtag) && m.Kind != lexicon.Nickname {
				f.hash[i] = hashTarget
			}
		}
	}
	f.said = f.said[:0]
	for _, i := range who.sentences {
		s := f.plain[i]
		f.said = append(f.said, saying{s, f.names(s)})
		words += s.Last - s.First
	}
	return words
}

// names says whether a sentence names the target.
func (f *extractor) names(s token.Sentence) bool {
	return slices.Contains(f.target[s.First:s.Last], true)
}

// read takes in what is the same for all targets of a post.
func (f *extractor) read(in *Input) {
	f.post, f.sidesOf = in.Post, nil
	if f.known == nil {
		f.known = make([]wordHashes, in.Lexicon.Size())
	}
	f.words, f.kin = f.words[:0], f.kin[:0]
	for i := range in.Doc.Tokens {
		h := f.hashesOf(&in.Doc.Tokens[i])
		f.words, f.kin = append(f.words, h.word), append(f.kin, h.class)
	}
	f.hash = append(f.hash[:0], f.words...)
	f.target = resize(f.target, len(in.Doc.Tokens))
	f.mentions = f.mentions[:0]
	f.plain = append(f.plain[:0], in.Doc.Sentences...)
	for i := range f.plain {
		f.plain[i].Last, _ = ironyMark(in, &f.plain[i])
	}
	f.look(in.Doc)
	f.lean(in)
}

// look takes in what kind of text it is.
func (f *extractor) look(doc *token.Scanner) {
	f.personal, f.marks = false, [5]int{}
	for i := range doc.Tokens {
		t := &doc.Tokens[i]
		switch {
		case t.Is(token.Hashtag):
			f.marks[0]++
		case t.Is(token.Handle):
			f.marks[1]++
		case t.Is(token.URL):
			f.marks[2]++
		case t.Norm == "?":
			f.marks[3]++
		case t.Norm == "!":
			f.marks[4]++
		}
		switch t.Norm {
		case "us":
			// The pronoun, not the state.
			f.personal = f.personal || !t.Is(token.Quoted|token.Upper)
		case "i", "you", "we", "my", "your", "our", "me", "?", "!":
			f.personal = f.personal || !t.Is(token.Quoted)
		}
	}
	f.tagged = f.marks[0]+f.marks[1] > 0
}

// wordHashes are the hashes of a word and, as a feature, of its class.
type wordHashes struct{ word, class uint32 }

func newWordHashes(word uint32) wordHashes {
	return wordHashes{word, linear.Mix(kindClass, classesOfWords().class(word))}
}

func (f *extractor) hashesOf(t *token.Token) wordHashes {
	switch {
	case t.Is(token.URL):
		return newWordHashes(hashLink)
	case t.Is(token.Number):
		return newWordHashes(hashNumber)
	case t.Word == 0:
		return newWordHashes(linear.Hash(t.Norm))
	}
	h := &f.known[t.Word]
	if *h == (wordHashes{}) {
		*h = newWordHashes(linear.Hash(t.Norm))
	}
	return *h
}

// grams adds the words, pairs and, of a salt, triples of a sentence.
func (f *extractor) grams(s token.Sentence, salt uint32) {
	var one, two uint32
	for i := s.First; i < s.Last; i++ {
		h := f.hash[i]
		if f.target[i] && i > s.First && f.target[i-1] && h == hashTarget {
			continue
		}
		f.bag.On(i, i+1)
		f.add(kindWord^salt, h)
		if one != 0 {
			f.add(kindPair^salt, linear.Mix(one, h))
			if two != 0 && salt == kindSentence {
				f.add(kindTriple^salt, linear.Mix(two, linear.Mix(one, h)))
			}
		}
		one, two = h, one
	}
}

// others adds the words of a sentence that are not of the target.
func (f *extractor) others(s token.Sentence, kind uint32) {
	for i := s.First; i < s.Last; i++ {
		if !f.target[i] {
			f.bag.On(i, i+1)
			f.add(kind, f.hash[i])
		}
	}
}

// spell lists the words of a sentence whose runs of bytes are features.
func (f *extractor) spell(doc *token.Scanner, s token.Sentence) {
	for i := s.First; i < s.Last; i++ {
		if f.hash[i] != hashTarget && !doc.Tokens[i].Is(token.Punct|token.URL|token.Number) {
			f.spelt = append(f.spelt, int32(i))
		}
	}
}

// runSeeds part the runs of bytes within words by their length.
var runSeeds = linear.RunSeeds{3, 4, 5}

// runKind is a kind of features of runs of bytes, and the group that they make.
type runKind struct {
	kind  uint32
	group int
}

// addRuns adds the runs of 3 to 5 bytes within the words that spelt lists.
func (f *extractor) addRuns(doc *token.Scanner) {
	for _, r := range f.runs {
		for _, i := range f.spelt {
			f.bag.On(int(i), int(i)+1)
			linear.EachRun(doc.Tokens[i].Norm, runSeeds, func(h uint32) { f.add(r.kind, h) })
		}
		f.end(r.group)
	}
}

// around adds the words at each side of a mention, by side and distance.
func (f *extractor) around(doc *token.Scanner, m *mention.Mention) {
	s := f.plain[m.Sentence]
	for d := 1; d <= 6; d++ {
		bucket := uint32(d)
		if d > 3 {
			bucket = 4
		}
		if i := m.First - d; i >= s.First {
			f.bag.On(i, i+1)
			f.add(kindLeft, f.hash[i])
			f.add(linear.Mix(kindLeft, bucket), f.hash[i])
			if d <= 3 {
				f.add(linear.Mix(kindBefore, bucket), linear.Mix(f.hash[i], f.hash[i+1]))
			}
		}
		if i := m.Last - 1 + d; i < s.Last {
			f.bag.On(i, i+1)
			f.add(kindRight, f.hash[i])
			f.add(linear.Mix(kindRight, bucket), f.hash[i])
			if d <= 3 {
				f.add(linear.Mix(kindAfter, bucket), linear.Mix(f.hash[i-1], f.hash[i]))
			}
		}
	}
}

func isNot(norm string) bool {
	switch norm {
	case "not", "n't", "never", "no", "hardly", "nobody", "none", "without", "neither", "nor":
		return true
	}
	return false
}

// roles adds what the tags show of who does what to whom.
func (f *extractor) roles(doc *token.Scanner, m *mention.Mention) {
	f.bag.OnNone()
	f.asSubject(doc, m)
	f.asObject(doc, m)
	s := f.plain[m.Sentence]
	if m.First == s.First {
		f.add(kindRole, 1)
	}
	if doc.Tokens[m.First].Is(token.Quoted) {
		f.add(kindRole, 2)
	}
	switch doc.Tokens[s.Last-1].Norm {
	case "?":
		f.add(kindRole, 3)
	case "!":
		f.add(kindRole, 4)
	}
	if doc.Tokens[s.First].Tag == token.VB {
		f.add(kindRole, 5)
	}
	f.add(kindRole, 16+uint32(m.Kind))
}

// roleReach is how many words from a mention its verb is looked for.
const roleReach = 7

// asSubject adds what a mention has or is, and the verb behind it, of which it
// may be the subject.
func (f *extractor) asSubject(doc *token.Scanner, m *mention.Mention) {
	s := f.plain[m.Sentence]
	not := uint32(0)
	for i := m.Last; i < min(s.Last, m.Last+roleReach); i++ {
		t := &doc.Tokens[i]
		switch {
		case isNot(t.Norm):
			not = hashNot
			continue
		case i == m.Last && (t.Norm == "'s" || t.Norm == "'") && t.Tag == token.POS:
			f.owned(doc, i+1, s.Last)
			return
		case i == m.Last && t.Tag.Noun():
			f.add(kindOwned, f.hash[i])
		}
		if t.Tag.Verb() || t.Tag == token.MD {
			f.predicate(doc, i, s.Last, not)
			return
		}
		if t.Is(token.Punct) {
			return
		}
	}
}

// owned adds the nouns and adjectives from a token on that are the mention's.
func (f *extractor) owned(doc *token.Scanner, first, end int) {
	for i := first; i < min(end, first+4); i++ {
		tag := doc.Tokens[i].Tag
		if !tag.Noun() && !tag.Adjective() {
			return
		}
		f.add(kindOwned, f.hash[i])
	}
}

// predicate adds a verb, negated by not where that is not 0, with the verbs, nouns
// and adjectives that follow it.
func (f *extractor) predicate(doc *token.Scanner, verb, end int, not uint32) {
	f.add(kindVerb, linear.Mix(f.hash[verb], not))
	be := isBeForm(doc.Tokens[verb].Norm)
	for i := verb + 1; i < min(end, verb+roleReach); i++ {
		t := &doc.Tokens[i]
		switch {
		case isNot(t.Norm):
			not = hashNot
			continue
		case t.Tag.Verb():
			f.add(kindVerb, linear.Mix(f.hash[i], not))
			be = be && isBeForm(t.Norm)
		case !t.Tag.Noun() && !t.Tag.Adjective():
		case be:
			f.add(kindPred, linear.Mix(f.hash[i], not))
		default:
			f.add(kindRole, linear.Mix(f.hash[verb], linear.Mix(f.hash[i], not)))
		}
		if t.Is(token.Punct) {
			return
		}
	}
}

// asObject adds the verb before a mention, of which it may be the object, or the
// noun that a preposition ties it to.
func (f *extractor) asObject(doc *token.Scanner, m *mention.Mention) {
	s := f.plain[m.Sentence]
	preposition := uint32(0)
	for i := m.First - 1; i >= max(s.First, m.First-roleReach); i-- {
		t := &doc.Tokens[i]
		switch {
		case t.Tag == token.IN || t.Tag == token.TO:
			if preposition == 0 {
				preposition = f.hash[i]
			}
			continue
		case t.Tag.Adjective() && preposition == 0:
			f.add(kindPred^1, f.hash[i])
		case t.Tag.Noun() && preposition != 0:
			f.add(kindPrep, linear.Mix(f.hash[i], preposition))
			f.add(kindPrep^1, f.hash[i])
			return
		case t.Tag.Verb():
			f.action(doc, i, s.First, preposition)
			return
		}
		if t.Is(token.Punct) {
			return
		}
	}
}

// action adds a verb whose object the mention may be, and whether it is "I" or
// "we" that do it.
func (f *extractor) action(doc *token.Scanner, verb, start int, preposition uint32) {
	not := uint32(0)
	for i := verb - 1; i >= max(start, verb-3); i-- {
		if isNot(doc.Tokens[i].Norm) {
			not = hashNot
		}
		switch doc.Tokens[i].Norm {
		case "i", "we":
			f.add(kindVerb^2, linear.Mix(f.hash[verb], linear.Mix(hashI, not)))
		}
	}
	f.add(kindVerb^1, linear.Mix(f.hash[verb], linear.Mix(preposition, not)))
	f.add(kindVerb^3, f.hash[verb])
}

func isBeForm(norm string) bool {
	switch norm {
	case "is", "are", "was", "were", "be", "been", "being", "'s", "'re", "'m", "am", "seems", "seem", "looks", "became", "becomes":
		return true
	}
	return false
}

func bucket(x float64) uint32 {
	b := math.Round(x * 3)
	return uint32(int32(max(-8, min(8, b))) + 16)
}

// valences adds the sums of the valence list near the mentions, negation
// turned, in buckets, by themselves and by the form of the text: reports are
// taken at their words, posters are not.
func (f *extractor) valences(in *Input, form uint32) {
	doc := in.Doc
	var near, sentence, all [2]float64
	for _, s := range f.said {
		for i := s.First; i < s.Last; i++ {
			v := 0.0
			if w := doc.Tokens[i].Word; w != 0 && !f.target[i] { // "the Great Satan"
				v = in.Lexicon.Valence(w)
			}
			if v == 0 {
				continue
			}
			for k := i - 1; k >= max(s.First, i-3); k-- {
				if isNot(doc.Tokens[k].Norm) {
					v *= -0.7
					break
				}
			}
			side := 0
			if v < 0 {
				side, v = 1, -v
			}
			all[side] += v
			if !s.names {
				continue
			}
			sentence[side] += v
			for k := max(s.First, i-4); k < min(s.Last, i+5); k++ {
				if f.target[k] {
					near[side] += v
					break
				}
			}
		}
	}
	for at, pair := range [3][2]float64{near, sentence, all} {
		kind := linear.Mix(kindValence, uint32(at))
		for _, kind := range [...]uint32{kind, kind ^ form} {
			f.add(kind, bucket(pair[0]-pair[1]))
			f.add(kind^1, bucket(pair[0]))
			f.add(kind^2, bucket(pair[1]))
		}
	}
}

// cues adds the cues found at the target's mentions, and their sums, by
// themselves and by the form of the text.
func (f *extractor) cues(hits []Hit, form uint32) {
	var favor, against float64
	for i := range hits {
		h := &hits[i]
		cue := linear.Hash(h.Cue)
		turned := uint32(h.Marks & (Negated | Deluded | Sarcastic))
		f.add(linear.Mix(kindCue, uint32(h.Role)), linear.Mix(cue, turned))
		f.add(kindCue, cue)
		f.add(linear.Mix(kindCue^1, uint32(h.Role)), linear.Mix(uint32(h.Kind), bucket(h.Effect)))
		f.add(linear.Mix(kindCue^2, uint32(h.Marks)), bucket(h.Effect))
		if h.Effect > 0 {
			favor += h.Effect
		} else {
			against -= h.Effect
		}
	}
	for _, kind := range [...]uint32{kindCue, kindCue ^ form} {
		f.add(kind^3, bucket(favor))
		f.add(kind^4, bucket(against))
		f.add(kind^5, bucket(favor-against))
	}
}

// sums adds what the rules rest on, as it is, and what they make of it.
func (f *extractor) sums(sums *features) {
	for i, x := range sums {
		if x != 0 {
			f.addValue(linear.Mix(kindRules, uint32(i)), float32(x)*0.42)
		}
	}
	p := probabilities(sums)
	for label, x := range p {
		f.addValue(linear.Mix(kindRules^1, uint32(label)), float32(x)*0.7)
		f.addValue(linear.Mix(kindRules^2, linear.Mix(uint32(label), uint32(x*8))), 0.42)
	}
	f.bag.Keep()
}

// Forms of text that speak in different ways, told by their form alone.
const (
	formPost   = iota
	formTagged // with tags or handles
	formSilent // that does not name the target
	formReport // a sentence or two without a first or second person but in quotation marks
	Forms      // is how many there are
)

// formOf returns the form of the text, once the mentions of the target are known.
func (f *extractor) formOf(in *Input) int {
	switch {
	case f.tagged:
		return formTagged
	case len(f.mentions) == 0:
		return formSilent
	case !f.personal && len(in.Doc.Sentences) <= 2 && len(in.Doc.Tokens) >= 5:
		return formReport
	}
	return formPost
}

// other adds the words and pairs of a text that is not the post's own.
func (f *extractor) other(kind uint32, text string) {
	h, one := linear.HashStart, uint32(0)
	n := 0
	for i := 0; i <= len(text) && n < 60; i++ {
		c := byte(' ')
		if i < len(text) {
			c = text[i]
		}
		switch {
		case 'A' <= c && c <= 'Z':
			c |= 0x20
			fallthrough
		case 'a' <= c && c <= 'z', c >= 0x80, '0' <= c && c <= '9', c == '\'':
			h = linear.HashByte(h, c)
			continue
		}
		if h != linear.HashStart {
			f.add(kind, h)
			if one != 0 {
				f.add(kind^1, linear.Mix(one, h))
			}
			one, h = h, linear.HashStart
			n++
		}
	}
}

// classes adds the words by their classes: beside the mentions, in their
// roles, in the sentences, and for the actor.
func (f *extractor) classes(doc *token.Scanner, who *voice, name uint32, words int) {
	f.exchange(who, f.kin)
	for _, m := range f.mentions {
		f.around(doc, m)
	}
	f.end(groupClassAround)
	for _, m := range f.mentions {
		f.roles(doc, m)
	}
	f.end(groupClassRoles)
	for _, s := range f.said {
		if words < 80 || s.names {
			f.others(s.Sentence, kindWord^kindClass)
		}
	}
	f.end(groupClassWords)
	for _, s := range f.said {
		f.others(s.Sentence, linear.Mix(kindClass, name))
	}
	f.end(groupClassActor)
	f.exchange(who, f.words)
}

// exchange puts other hashes in the place of all of a holder's that are not of the
// target.
func (f *extractor) exchange(who *voice, hashes []uint32) {
	for _, p := range who.parts {
		for i := p.first; i < p.last; i++ {
			if !f.target[i] {
				f.hash[i] = hashes[i]
			}
		}
	}
}

// bystanders adds which other actors the holder speaks of, and what the cues say
// of them: who is against one side of a conflict is often for the other.
func (f *extractor) bystanders(in *Input, rules *Rules, who *voice, actor int, name uint32) {
	if f.sidesOf != who {
		f.listSides(in, rules, who)
	}
	for other, side := range f.sides {
		if side.cued && other != actor {
			f.add(linear.Mix(kindOther, name), linear.Mix(linear.Hash(in.ActorName(other)), bucket(side.effect)))
			f.add(kindOther, bucket(side.effect))
		}
	}
	f.end(groupCuedOthers)
	for other, side := range f.sides {
		if side.named && other != actor {
			f.add(linear.Mix(kindOther^1, name), linear.Hash(in.ActorName(other)))
		}
	}
	f.end(groupNamedOthers)
}

// listSides lists what a holder's words say of each actor.
func (f *extractor) listSides(in *Input, rules *Rules, who *voice) {
	f.sidesOf = who
	f.sides = resize(f.sides, len(in.Lexicon.Actors)+len(in.Post.Targets))
	for _, i := range who.mentions {
		side := &f.sides[in.Mentions[i].Actor]
		side.named = true
		for _, h := range rules.hitsOf(i) {
			side.effect += h.Effect
			side.cued = true
		}
	}
}

// side is what a holder's words say of an actor.
type side struct {
	named, cued bool
	effect      float64 // sum of the cues'
}

// style adds what kind of text it is.
func (f *extractor) style(in *Input, name uint32, words int) {
	for i, n := range f.marks {
		f.add(linear.Mix(kindStyle, uint32(i)), uint32(min(n, 3)))
	}
	spoken := len(f.mentions)
	f.add(kindStyle^1, uint32(min(spoken, 4)))
	f.add(kindStyle^2, uint32(math.Log2(float64(words+1))))
	f.add(kindStyle^3, name)
	f.add(kindStyle^4, linear.Mix(name, uint32(min(spoken, 3))))
	if in.Title == "" {
		f.add(kindStyle^5, 1)
	}
	if in.Parent == "" {
		f.add(kindStyle^5, 2)
	}
}
