package report

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"threadstance/analyze/summary"
	"threadstance/thread"
)

//go:embed html
var htmlFiles embed.FS

// What is more is left out of a page, and said.
const (
	maxRows    = 2000 // of a table
	maxColumns = 24   // actors
)

// HTMLPlan is what a summary has to count for a page with tables for some
// groupings besides those that every page has.
func HTMLPlan(by []summary.By) summary.Plan {
	plan := summary.Plan{Replies: true, Words: true, Posts: true}
	for _, d := range []summary.Dimension{summary.User, summary.Topic, summary.Source, summary.Month} {
		plan.By = append(plan.By, summary.By{First: d})
	}
	for _, b := range by {
		if !slices.Contains(plan.By, b) {
			plan.By = append(plan.By, b)
		}
	}
	return plan
}

// HTML writes a page to read in a browser: what was read, the tables as heat
// maps, stance over time, tone, replies and words, and the posts behind the
// figures. It is one file that loads nothing. The summary counts what HTMLPlan
// says; p has all its rows, of which shown are seen at first, or all where it
// is 0. From the summary's posts it drops what the page does not show.
func HTML(w io.Writer, p *Page, s *summary.Summary, shown int) error {
	page, err := newHTMLPage(p, s, shown)
	if err != nil {
		return err
	}
	templates, err := template.New("page").Funcs(template.FuncMap{
		"count": grouped[int64], "users": grouped[int], "plural": plural, "clean": Clean, "add": func(a, b int) int { return a + b },
	}).ParseFS(htmlFiles, "html/*.html")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 64<<10)
	if err := templates.ExecuteTemplate(out, "page.html", page); err != nil {
		return err
	}
	// The posts are written without the template: they may be many.
	out.WriteString("<script type=\"application/json\" id=\"data\">")
	writeHTMLData(out, page, s.Posts)
	out.WriteString("</script>\n<script>" + string(page.Script) + "</script>\n</body>\n</html>\n")
	return out.Flush()
}

// htmlPage is what the templates show.
type htmlPage struct {
	Title       string
	Policy      string // the Content-Security-Policy
	Style       template.CSS
	Script      template.JS
	Facts       []htmlFact
	Notes       []string
	Shares      []htmlShare
	Run         *Run
	Failures    []string
	MoreFailed  int
	Partial     string
	Actors      []string // those with most tags first
	Topics      []string
	Threads     []htmlThread
	First, Last string // months
	Maps        []htmlMap
	Charts      []htmlChart
	Undated     int64 // posts without a time
	Outside     int64 // and those of a time that the charts leave out
	Tones       []htmlTone
	Camps       []htmlCamps
	Pairs       []htmlPair
	Words       []htmlWords
	FewTags     int
	Seen        int64 // posts
	Sampled     int64 // of them, those that the page can filter by
	WithText    int64 // and those whose words it holds
	AllSampled  bool
	AllTexts    bool
	WordsOf     int // users whose cells lead to words, where not all are kept
	AllUsers    bool

	threads map[string]int
}

// htmlFact is a line of what was read.
type htmlFact struct{ Name, Value string }

// htmlShare is a share of the text.
type htmlShare struct {
	Kind, Name, Percent string
	X, Width            string // in percent
}

// htmlThread is a thread that the page can be filtered by.
type htmlThread struct{ ID, Title string }

func newHTMLPage(p *Page, s *summary.Summary, shown int) (*htmlPage, error) {
	page := &htmlPage{Run: p.Run, Failures: p.Failures, MoreFailed: p.MoreFailed, Partial: p.Partial, FewTags: FewTags, Seen: s.Posts.Count, AllSampled: s.Posts.AllSampled(), AllTexts: s.Posts.AllTexts(), threads: map[string]int{}}
	if page.Run == nil {
		page.Run = &Run{}
	}
	style, err := htmlFiles.ReadFile("html/style.css")
	if err != nil {
		return nil, err
	}
	script, err := htmlFiles.ReadFile("html/script.js")
	if err != nil {
		return nil, err
	}
	page.Style, page.Script = template.CSS(style), template.JS(script)
	page.Policy = "default-src 'none'; script-src " + sourceHash(script) + "; style-src " + sourceHash(style) +
		"; base-uri 'none'; form-action 'none'"

	page.narrow(p, s.Posts)
	titles := page.listPosts(s.Posts)
	page.Title = plural(p.Totals.Threads, "thread")
	if p.Totals.Threads == 1 && len(page.Threads) == 1 && page.Threads[0].Title+page.Threads[0].ID != "" {
		page.Title = page.Threads[0].Name()
	}
	page.read(p.Totals)
	for i := range p.Tables {
		page.Maps = append(page.Maps, newHTMLMap(&p.Tables[i], shown, titles))
	}
	page.listActors(s.Groups)
	for i := range s.Groups {
		switch g := &s.Groups[i]; g.By {
		case summary.By{First: summary.Topic}:
			page.listTopics(&p.Tables[i])
			page.Tones = htmlTones(&p.Tables[i])
		case summary.By{First: summary.Month}:
			page.Charts, page.Undated, page.Outside = htmlCharts(g)
			if len(page.Charts) > 0 {
				months := page.Charts[0].months
				page.First, page.Last = months[0], months[len(months)-1]
			}
		case summary.By{First: summary.User}:
			page.Camps = htmlCampsOf(g, s.Replies)
		}
	}
	page.Pairs = htmlPairs(s.Replies)
	page.Words = htmlWordsOf(s.Words)
	return page, nil
}

// listPosts counts the posts that the page knows of, and lists the threads that
// they are of. It returns the titles of these by their identifiers.
func (page *htmlPage) listPosts(posts *summary.Posts) (titles map[string]string) {
	titles = map[string]string{}
	for q := range posts.All() {
		if q.Sampled {
			page.Sampled++
		}
		if q.HasText {
			page.WithText++
		}
		if _, ok := titles[q.Thread]; !ok {
			titles[q.Thread] = Clean(q.Title)
			page.Threads = append(page.Threads, htmlThread{q.Thread, titles[q.Thread]})
		}
	}
	slices.SortFunc(page.Threads, func(a, b htmlThread) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.name()), strings.ToLower(b.name())), strings.Compare(a.ID, b.ID))
	})
	for i, t := range page.Threads {
		page.threads[t.ID] = i
	}
	return titles
}

// listActors lists the actors toward whom users or sources take a stance.
func (page *htmlPage) listActors(groups []summary.Group) {
	counts := map[string]int64{} // of tags
	for i := range groups {
		g := &groups[i]
		if g.By != (summary.By{First: summary.User}) && g.By != (summary.By{First: summary.Source}) {
			continue
		}
		for _, cell := range g.Cells {
			for actor, tags := range cell.Tags {
				counts[actor] += tags.Count()
			}
		}
	}
	page.Actors = Actors(counts)
}

// listTopics lists the topics of the table that has one in each row.
func (page *htmlPage) listTopics(table *Table) {
	for _, row := range table.Rows {
		if row.Key.First.Known {
			page.Topics = append(page.Topics, row.Key.First.Name)
		}
	}
	slices.Sort(page.Topics)
}

// narrow keeps words for the users who are in the page, and for fewer, those
// with most posts, where their words would make it too large to open.
func (page *htmlPage) narrow(p *Page, posts *summary.Posts) {
	at := slices.IndexFunc(p.Tables, func(t Table) bool { return t.By == summary.By{First: summary.User} })
	if at < 0 || posts.AllTexts() {
		return
	}
	rows := p.Tables[at].Rows
	for n := min(len(rows), maxRows); ; n /= 2 {
		users := make(map[summary.Value]bool, n)
		for i := range rows[:n] {
			users[rows[i].Key.First] = true
		}
		held := posts.Narrow(func(d summary.Dimension, v summary.Value) bool { return d != summary.User || users[v] })
		if n == 0 || held <= summary.MaxTexts {
			page.WordsOf, page.AllUsers = n, n == len(rows)
			return
		}
	}
}

// sourceHash is what a Content-Security-Policy calls an inline script or
// style by.
func sourceHash(source []byte) string {
	sum := sha256.Sum256(source)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (t htmlThread) name() string { return cmp.Or(t.Title, Clean(t.ID), "(no name)") }

// Name is what a thread is shown as.
func (t htmlThread) Name() string {
	name := []rune(t.name())
	if len(name) > 90 {
		return string(name[:89]) + "…"
	}
	return string(name)
}

// read says what was read.
func (page *htmlPage) read(t *summary.Totals) {
	add := func(name string, n int64) {
		if n != 1 {
			name += "s"
		}
		page.Facts = append(page.Facts, htmlFact{name, grouped(n)})
	}
	add("thread", t.Threads)
	add("post", t.Posts)
	add("user", t.UserCount())
	add("stance", t.Stances)
	if t.Dated > 0 {
		day := func(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.DateOnly) }
		page.Facts = append(page.Facts, htmlFact{"from", day(t.Earliest)}, htmlFact{"to", day(t.Newest)})
	}
	total := int64(0)
	for _, n := range t.Bytes {
		total += n
	}
	names := [...]string{"posters’ own words", "quoted", "news articles", "added by the site"}
	before := int64(0)
	for kind, n := range t.Bytes {
		if total == 0 {
			break
		}
		width := func(n int64) string { return strconv.FormatFloat(100*float64(n)/float64(total), 'f', 2, 64) }
		page.Shares = append(page.Shares, htmlShare{thread.Kind(kind).String(), names[kind], percent(n, total), width(before), width(n)})
		before += n
	}
	if t.NotEnglish > 0 {
		page.Notes = append(page.Notes, count(t.NotEnglish, "post")+" not in English: counted, not judged")
	}
	if t.NoOwnWords > 0 {
		page.Notes = append(page.Notes, count(t.NoOwnWords, "post")+" without words of their own")
	}
	if t.NoAuthor > 0 {
		page.Notes = append(page.Notes, count(t.NoAuthor, "post")+" whose author the source lost: one row, (unknown)")
	}
	if t.Dated > 0 && t.Dated < t.Posts {
		page.Notes = append(page.Notes, count(t.Posts-t.Dated, "post")+" without a time")
	}
}

// grouped writes a number with its thousands apart.
func grouped[N int | int64](n N) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// plural counts things in words, with the thousands apart.
func plural(n int64, what string) string {
	if n != 1 {
		what += "s"
	}
	return grouped(n) + " " + what
}

// minus is signed with a minus sign as long as the plus.
func minus(x float64) string { return strings.Replace(signed(x), "-", "−", 1) }
