// Package token cuts text into sentences and tokens that keep their byte
// spans, tags parts of speech, and tells English from other languages.
//
// What the rest of the program matches on is Token.Norm. It is made so:
//
//   - letters are lower case, curly quotes and odd hyphens are plain ones;
//   - a contraction is two tokens, and every form of "not" in one is "n't":
//     "can't", "cant" and "CAN’T" are "can" + "n't", "won't" is "will" + "n't",
//     "cannot" is "can" + "not"; "'s", "'re", "'ve", "'ll", "'d", "'m" stand alone;
//   - initials have all their stops: "U.S", "U.S." and "u.s." are "u.s.";
//   - a hyphenated compound is one token: "iran-backed", "u.s.-led";
//   - a letter that is stretched is kept twice, or once where only that is a
//     word of the lexicon: "soooo" is "so";
//   - the name of a forum's smiley stands between colons: "emoticon_xclown" and
//     ":clown:" are ":clown:"; other emoticons lose their repeated mouths;
//   - emoji lose their skin tone and variation selectors;
//   - a web address is its host without "www.": "reuters.com", and all of it
//     where it has none: "http://";
//   - handles and tags keep their sign: "@potus", "#maga".
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
	Stretched                  // a letter stood three times or more: "sooooo"
	Number
	Punct
	URL
	Handle   // @name
	Hashtag  // #name
	Emoticon // ":-)", ":rolleyes:"
	Emoji
	Quoted       // inside quotation marks that open and close in one paragraph
	Spaced       // white space stood before it
	Line         // a line break stood before it, or the segment's start
	Paragraph    // a blank line stood before it, or the segment's start
	Abbreviation // it holds a full stop of its own: "U.S.", "Mr.", "W."
)

// Symbol is any of the flags of a token that is not a word.
const Symbol = Punct | URL | Handle | Hashtag | Emoticon | Emoji | Number

// Token is one word, mark or sign.
type Token struct {
	thread.Span
	Norm  string       // as the package says; shares the scanner's memory until the next Reset
	Word  lexicon.Word // number of Norm in the lexicon's vocabulary
	Flags Flag
	Tag   Tag // set by Tagger.Tag only
}

// Asks says whether the token is a mark that asks: "?", "?!".
func (t *Token) Asks() bool { return t.Is(Punct) && t.Norm[0] == '?' }

// Begin says whether tokens begin with words.
func Begin(tokens []Token, words []lexicon.Word) bool {
	if len(words) > len(tokens) {
		return false
	}
	for i, w := range words {
		if tokens[i].Word != w {
			return false
		}
	}
	return true
}

// Is reports whether the token has any of the flags.
func (t *Token) Is(flags Flag) bool { return t.Flags&flags != 0 }

// Sentence is a run of tokens within one segment.
type Sentence struct {
	First, Last int // tokens, half open
	Segment     int // index in Post.Segments
}
