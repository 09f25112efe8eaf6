package stance

// Groups of features: those of each come to one length together, however many
// they are.
const (
	groupWords       = iota // words and pairs of all sentences
	groupSentence           // those of the sentences that name the target, and triples
	groupRuns               // runs of bytes within words
	groupActorRuns          // the same by actor
	groupActor              // words by actor
	groupAround             // words around the mentions
	groupRoles              // who does what to whom
	groupValences           // sums of valences
	groupCues               // cues
	groupStyle              // what kind of text it is
	groupClassAround        // classes of the words around the mentions,
	groupClassRoles         // of those in their roles,
	groupClassWords         // of all words,
	groupClassActor         // and of all by actor
	groupTitle              // words of the title
	groupParent             // words of the post answered
	groupCuedOthers         // cues of other actors
	groupNamedOthers        // other actors
	groupLeanings           // words and phrases that lean
	groupLeans              // how many of them lean
	groupOtherLeans         // how many lean to the sides of other actors
	groups                  // is how many there are
)

// lengths are those of the groups, by the form of the text: how much each part says
// differs between them. They were set by fitting, to held-out judgements, a weight
// for what each group adds to them.
var lengths = [groups][Forms]float64{
	//                 post, tagged, silent, report
	groupWords:       {1.3, 1, 0.8, 0.65},
	groupSentence:    {1, 1, 1, 1.1},
	groupRuns:        {0.45, 0.75, 0.3, 1.2},
	groupActorRuns:   {0, 1.1, 0, 0},
	groupActor:       {1, 1.2, 0.5, 0.2},
	groupAround:      {1, 1, 1, 1.1},
	groupRoles:       {0.3, 0.45, 1, 0.65},
	groupValences:    {1.3, 1, 0.45, 1.2},
	groupCues:        {0.5, 0.75, 0.75, 1.1},
	groupStyle:       {1.5, 1.05, 1.1, 1.8},
	groupClassAround: {0.8, 0.42, 0.7, 0.18},
	groupClassRoles:  {0.5, 0.55, 0.7, 1.2},
	groupClassWords:  {0.8, 0.12, 0.2, 0.2},
	groupClassActor:  {1, 0.7, 0.95, 0.1},
	groupTitle:       {0, 0, 0.8, 0},
	groupParent:      {0, 0, 0.25, 0},
	groupCuedOthers:  {0.25, 0.7, 0.6, 0.7},
	groupNamedOthers: {0.8, 0.4, 1, 0.4},
	groupLeanings:    {3.2, 2.1, 1.9, 0.9},
	groupLeans:       {0.8, 0.2, 1, 0.1},
	groupOtherLeans:  {0.4, 0.5, 0.1, 0.6},
}

// end ends a group of features.
func (f *extractor) end(group int) { f.bag.Scale(f.length(group)) }

func (f *extractor) length(group int) float64 { return lengths[group][f.form] }
