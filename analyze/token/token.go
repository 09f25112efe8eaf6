// Package token cuts text into sentences and tokens that keep their byte
// spans, and tags parts of speech.
package token

import (
	"threadstance/lexicon"
	"threadstance/thread"
)

// Flag holds what a token's form says beyond its letters.
type Flag uint16

const (
	Upper     Flag = 1 << iota // all letters are capitals, two at least: "LIARS"
	Title                      // the first letter is a capital
	Stretched                  // a letter stood three times or more: "sooooo"; Norm has it twice at most
	Number
	Punct
	URL
	Handle   // @name
	Hashtag  // #name
	Emoticon // ":-)"
	Emoji
	Quoted // inside quotation marks within a sentence
	Spaced // white space stood before it
)

// Token is one word, mark or sign.
type Token struct {
	thread.Span
	Norm  string       // lower case, straight quotes, "n't" for every form of not in a contraction; shares the scanner's memory until the next Reset
	Word  lexicon.Word // number of Norm in the lexicon's vocabulary
	Flags Flag
	Tag   Tag // set by Tagger.Tag only
}

// Sentence is a run of tokens within one segment.
type Sentence struct {
	First, Last int // tokens, half open
	Segment     int // index in Post.Segments
}

// Tag is a Penn Treebank part of speech.
type Tag uint8
