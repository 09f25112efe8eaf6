package lexicon

import (
	"slices"
	"strings"
)

// News is by what a pasted article is known.
type News struct {
	Outlets map[string]string // by domain, as "bbc.co.uk", or by name in lower case: the outlet's name
	Phrases []string          // what agency copy says and posters do not, in lower case
	Remarks []string          // how a poster's remark on an article begins, in lower case
}

type newsEntry struct {
	Outlets []struct {
		Name    string   `toml:"name"`
		Domains []string `toml:"domains"`
		Also    []string `toml:"also"`
	} `toml:"outlet"`
	Phrases []string `toml:"phrases"`
	Remarks []string `toml:"remarks"`
}

func (p *parser) addNews(e newsEntry, file *sourceFile) {
	news := &p.lexicon.News
	if news.Outlets == nil {
		news.Outlets = map[string]string{}
	}
	for i, o := range e.Outlets {
		at := file.header("outlet", i)
		if !p.named(at, o.Name, "outlet") {
			continue
		}
		news.Outlets[lower(o.Name)] = o.Name
		for _, d := range append(o.Domains, o.Also...) {
			if d == "" {
				p.fail(at, "outlet %q has an empty name or domain", o.Name)
				continue
			}
			news.Outlets[lower(d)] = o.Name
		}
	}
	for _, list := range []struct {
		key  string
		from []string
		to   *[]string
	}{{"phrases", e.Phrases, &news.Phrases}, {"remarks", e.Remarks, &news.Remarks}} {
		for _, phrase := range list.from {
			if phrase = lower(strings.TrimSpace(phrase)); phrase == "" {
				p.fail(p.find(place{file: file}, list.key), "one of the %s of the news is empty; take it out", list.key)
			} else if !slices.Contains(*list.to, phrase) {
				*list.to = append(*list.to, phrase)
			}
		}
	}
}
