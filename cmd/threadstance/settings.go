package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"threadstance/analyze/linear"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/stance"
	"threadstance/lexicon"
	"threadstance/report"
)

// settings says how the figures are made, by what decides them; the inputs are shown
// as given.
func (c *analyzeCommand) settings(lex *lexicon.Lexicon, inputs []string) (*report.Run, error) {
	run := &report.Run{Version: version(), Inputs: inputs}
	set := func(name, value string) {
		run.Settings = append(run.Settings, report.Setting{Name: name, Value: value})
	}

	from := "built in"
	if len(c.Lexicon) > 0 {
		from += " and " + strings.Join(c.Lexicon, ", ")
	}
	set("lexicon", fmt.Sprintf("%s; %d actors, %d topics; version %s", from, len(lex.Actors), len(lex.Topics), lex.Version()[:shown]))

	judges := "engine " + c.Stance
	if c.Stance == "linear" {
		model, err := describe(stance.Default())
		if err != nil {
			return nil, err
		}
		judges += ", " + model
	}
	for _, path := range c.Model {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		judges += ", model " + path + " " + short(sum[:])
	}
	set("stance", judges)
	judges = "engine " + c.Sentiment
	if c.Sentiment == "linear" {
		model, err := describe(sentiment.Default())
		if err != nil {
			return nil, err
		}
		judges += ", " + model
	}
	set("tone", judges)
	if c.MinConfidence > 0 {
		set("least confidence", fmt.Sprint(c.MinConfidence))
	}
	if len(c.Actor) > 0 {
		set("only actors", strings.Join(c.Actor, ", "))
	}
	if c.From != "" {
		set("format", c.From)
	}
	if c.Pseudonyms != "" {
		set("names of users", "replaced by pseudonyms")
	}
	return run, nil
}

// describe names an embedded model by its content.
func describe(model *linear.Model, err error) (string, error) {
	if err != nil {
		return "", err
	}
	data, err := model.MarshalBinary()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return "built-in model " + short(sum[:]), nil
}

// short is the start of a hash.
func short(hash []byte) string { return hex.EncodeToString(hash)[:shown] }

// shown is how much of a hash is shown, enough to tell versions apart.
const shown = 10
