package html

import "strings"

// element is a start tag while it is looked at, and afterwards its place on
// the stack of open elements.
type element struct {
	tag   string
	id    string
	class string      // all classes, as they are written
	attrs []attribute // but id and class, and only what some rule asks for
}

type attribute struct{ name, value string }

func (e *element) attr(name string) string {
	if name == "id" {
		return e.id
	}
	for _, a := range e.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// selector matches an element; within, where there is one, an element around
// it.
type selector struct {
	tag, id  string
	idPrefix bool
	classes  []string
	attr     string // an attribute that must be there
	value    string // what it must be, or start with
	exact    bool   // the attribute must be value
	take     string // the attribute that is read; "" for the text
	within   *selector
}

// list parts a comma-separated list.
func list(text string) []string {
	if text == "" {
		return nil
	}
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// selectors reads a list of selectors; see engine for their form.
func selectors(text string) []selector {
	var all []selector
	for _, one := range list(text) {
		one, take, _ := strings.Cut(one, "@")
		var s *selector
		for _, step := range steps(one) {
			next := simpleSelector(step)
			next.within = s
			s = &next
		}
		s.take = take
		all = append(all, *s)
	}
	return all
}

// steps parts a selector at the spaces that are not inside brackets.
func steps(text string) []string {
	depth := 0
	return strings.FieldsFunc(text, func(r rune) bool {
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		}
		return depth == 0 && (r == ' ' || r == '>')
	})
}

// simpleSelector reads one step of a selector: tag#id.class[attribute=value], of
// which parts may be left out; id* and attribute^=value are of what begins so.
func simpleSelector(text string) selector {
	var s selector
	if before, inside, ok := strings.Cut(text, "["); ok {
		text = before
		inside = strings.TrimSuffix(inside, "]")
		if name, value, ok := strings.Cut(inside, "="); ok {
			s.attr, s.value, s.exact = strings.TrimSuffix(name, "^"), value, !strings.HasSuffix(name, "^")
		} else {
			s.attr = inside
		}
	}
	if before, id, ok := strings.Cut(text, "#"); ok {
		text = before
		s.id, s.idPrefix = strings.CutSuffix(id, "*")
	}
	parts := strings.Split(text, ".")
	s.tag, s.classes = parts[0], parts[1:]
	return s
}

// match says whether e, with the open elements around it, is what s selects.
func (s *selector) match(e *element, around []open) bool {
	if s.tag != "" && s.tag != e.tag {
		return false
	}
	for _, class := range s.classes {
		if !hasClass(e.class, class) {
			return false
		}
	}
	if s.id != "" && s.id != e.id && !(s.idPrefix && strings.HasPrefix(e.id, s.id)) {
		return false
	}
	if s.attr == "id" && !(e.id == s.value || !s.exact && strings.HasPrefix(e.id, s.value)) {
		return false
	}
	if s.attr != "" && s.attr != "id" {
		value, there := "", false
		for _, a := range e.attrs {
			if a.name == s.attr {
				value, there = a.value, true
				break
			}
		}
		if !there || s.exact && value != s.value || !strings.HasPrefix(value, s.value) {
			return false
		}
	}
	if s.within == nil {
		return true
	}
	for i := len(around) - 1; i >= 0; i-- {
		if s.within.match(&around[i].element, around[:i]) {
			return true
		}
	}
	return false
}

// hasClass says whether class is one of those in a class attribute.
func hasClass(classes, class string) bool {
	for {
		i := strings.Index(classes, class)
		if i < 0 {
			return false
		}
		end := i + len(class)
		if (i == 0 || isBlank(classes[i-1])) && (end == len(classes) || isBlank(classes[end])) {
			return true
		}
		classes = classes[end:]
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// anyMatch says whether one of the selectors matches e.
func anyMatch(all []selector, e *element, around []open) bool {
	for i := range all {
		if all[i].match(e, around) {
			return true
		}
	}
	return false
}
