// Package browser tests the page of --format html in headless Chromium, as its
// readers use it. Without a Chromium its tests skip; with
// THREADSTANCE_BROWSER=required they fail.
package browser

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

var (
	program string // the binary under test
	browser context.Context
)

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	path := chromium()
	if path == "" {
		fmt.Println("no Chromium found (apt-get install chromium): the browser tests are skipped")
		if os.Getenv("THREADSTANCE_BROWSER") == "required" {
			return 1
		}
		return 0
	}
	dir, err := os.MkdirTemp("", "threadstance-browser")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "threadstance")
	build := exec.Command("go", "build", "-o", program, "./cmd/threadstance")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Printf("%s%v\n", out, err)
		return 1
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	browser, cancel = chromedp.NewContext(allocator)
	defer cancel()
	if err := chromedp.Do(browser); err != nil {
		fmt.Println("Chromium does not start:", err)
		return 1
	}
	return m.Run()
}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// make writes the page of some input and returns its path.
func makePage(t *testing.T, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	out, err := exec.Command(program, append([]string{"analyze", "--quiet", "--format", "html", "-o", path}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s%v", out, err)
	}
	return path
}

// input is what the looks of the page are judged on: THREADSTANCE_INPUT, where
// that names an input of one's own.
func input() []string {
	if own := strings.Fields(os.Getenv("THREADSTANCE_INPUT")); len(own) > 0 {
		return own
	}
	return []string{"../../testdata/threads"}
}

const troops = "../../testdata/threads/us-troops.txt"

// tab is a page that is open, and what went wrong in it.
type tab struct {
	*testing.T
	ctx context.Context

	mu       sync.Mutex
	problems []string
	requests []string
}

// open opens a page in a tab of its own. After the test it must have made no
// request and reported no error.
func open(t *testing.T, path, hash string, before ...chromedp.Action[chromedp.Void]) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	page := &tab{T: t, ctx: ctx}
	page.run(command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{}), command(runtime.Enable, cdp.Empty{}))
	watch(page, runtime.ExceptionThrown, func(e runtime.EventExceptionThrown) {
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		page.problems = append(page.problems, text)
	})
	watch(page, runtime.ConsoleAPICalled, func(e runtime.EventConsoleAPICalled) {
		page.problems = append(page.problems, "console: "+string(e.Type))
	})
	watch(page, log.EntryAdded, func(e log.EventEntryAdded) { page.problems = append(page.problems, e.Entry.Text) })
	watch(page, network.RequestWillBeSent, func(e network.EventRequestWillBeSent) { page.requests = append(page.requests, e.Request.URL) })
	page.run(append(before, chromedp.Navigate("file://"+path+hash))...)
	t.Cleanup(func() {
		page.mu.Lock()
		defer page.mu.Unlock()
		for _, problem := range page.problems {
			t.Error(problem)
		}
		if len(page.requests) == 0 {
			t.Error("not even the request for the page was seen: the test sees none")
		}
		for _, request := range page.requests {
			// The browser draws its own fields with pictures of data: addresses.
			if !strings.HasPrefix(request, "file://"+path) && !strings.HasPrefix(request, "data:") {
				t.Errorf("the page asked for %s", request)
			}
		}
		stop()
		cancel()
	})
	return page
}

// command is a command of the protocol as a step.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// watch calls note for each event of a kind, one at a time.
func watch[E any](p *tab, kind cdp.Event[E], note func(E)) {
	events := chromedp.Events(p.ctx, kind) // from now on
	go func() {
		for e, err := range events {
			if err != nil {
				return
			}
			p.mu.Lock()
			note(e)
			p.mu.Unlock()
		}
	}()
}

// expect takes away the one problem that holds all of some words, which the
// browser may report a while after its cause.
func (p *tab) expect(words ...string) {
	p.Helper()
	is := func(problem string) bool {
		return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(problem, word) })
	}
	for wait := time.Duration(0); wait < 20*time.Second; wait += 50 * time.Millisecond {
		p.mu.Lock()
		at := slices.IndexFunc(p.problems, is)
		if at >= 0 {
			p.problems = slices.Delete(p.problems, at, at+1)
		}
		p.mu.Unlock()
		if at >= 0 {
			return
		}
		p.run(chromedp.Sleep(50 * time.Millisecond))
	}
	p.Errorf("the browser reported no problem with the words %q", words)
}

func (p *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// pause lets the page follow its address.
func (p *tab) pause() {
	p.Helper()
	p.run(chromedp.Sleep(100 * time.Millisecond))
}

// eval returns what an expression is, or what it promises.
func eval[V any](p *tab, expression string) V {
	p.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[V](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatal(err)
	}
	return v
}

// click clicks as a person does who sees the element.
func (p *tab) click(selector string) {
	p.Helper()
	p.run(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
	p.pause()
}

// visible waits until an element is.
func visible(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.WaitVisible(chromedp.CSS(selector))
}

// choose sets a field of the filter.
func (p *tab) choose(name, value string) {
	p.Helper()
	eval[bool](p, fmt.Sprintf(`(() => { const e = document.querySelector('#filter [name=%s]'); e.value = %q; e.dispatchEvent(new Event('change', {bubbles: true})); return true })()`, name, value))
	p.pause()
}

// column returns the texts of the visible cells of a table's column.
const column = `(table, i) => [...document.querySelectorAll('#t-' + table + ' tbody tr')].filter(tr => tr.offsetParent).map(tr => tr.children[i].textContent)`

func TestSort(t *testing.T) {
	p := open(t, makePage(t, troops), "")
	before := eval[[]string](p, `(`+column+`)('user', 0)`)
	p.click(`#t-user thead th[data-sort="name0"] button`)
	up := eval[[]string](p, `(`+column+`)('user', 0)`)
	if want := slices.Sorted(slices.Values(before)); !slices.Equal(up, want) {
		t.Errorf("sorted by name: %q, want %q", up, want)
	}
	p.click(`#t-user thead th[data-sort="actor:US"] button`)
	// Against first when it goes up; who has no stance is last either way.
	if got := eval[string](p, `document.querySelector('#t-user th[data-sort="actor:US"]').getAttribute('aria-sort')`); got != "descending" {
		t.Errorf("aria-sort is %q", got)
	}
	names := eval[[]string](p, `(`+column+`)('user', 0)`)
	if names[0] != "Kestrel" || names[1] != "Harbourmaster" {
		t.Errorf("sorted by the stance on the US: %q", names)
	}
	if hash := eval[string](p, `location.hash`); !strings.Contains(hash, "sort-user=actor") {
		t.Errorf("the address does not say how the table is sorted: %s", hash)
	}
}

// Sorted by a stance, what rests on too few posts comes last.
func TestSortPutsFewLast(t *testing.T) {
	var b strings.Builder
	for i := range 20 {
		author, text := "steady", "Trump is wrong about the ferry."
		if i%10 == 0 {
			author, text = fmt.Sprint("once ", i), "Trump is a liar, a fraud and a disgrace."
		}
		fmt.Fprintf(&b, `{"id":"%d","thread":"ferry","author":%q,"text":%q}`+"\n", i, author, text)
	}
	input := filepath.Join(t.TempDir(), "posts.jsonl")
	if err := os.WriteFile(input, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	p := open(t, makePage(t, input), "#sort-user=actor%3ATrump%3Aup")
	if names := eval[[]string](p, `(`+column+`)('user', 0)`); len(names) != 3 || names[0] != "steady" {
		t.Errorf("sorted by the stance on Trump: %q", names)
	}
	if shown := eval[[]string](p, `(`+column+`)('user', 4)`); len(shown) != 3 || shown[0] >= shown[1] { // "−0.60…" and "−1.00…"
		t.Errorf("those with few posts are not much more against: %q", shown)
	}
}

// What the filter shows is what the records say.
func TestFilter(t *testing.T) {
	input := "../../testdata/threads"
	path := makePage(t, "--limit", "0", input)
	out, err := exec.Command(program, "analyze", "--quiet", "--format", "jsonl", input).Output()
	if err != nil {
		t.Fatal(err)
	}
	type post struct {
		Thread, Author string
		Time           *time.Time
		Topics         []struct{ Topic string }
		Stances        []struct {
			Actor, Holder string
			Score         float64
		}
	}
	for _, f := range []struct {
		hash string
		keep func(*post) bool
	}{
		{"#topic=troop+presence", func(p *post) bool {
			return slices.ContainsFunc(p.Topics, func(t struct{ Topic string }) bool { return t.Topic == "troop presence" })
		}},
		{"#thread=us-troops", func(p *post) bool { return p.Thread == "us-troops" }},
		{"#from=2025-02&to=2025-02", func(p *post) bool { return p.Time != nil && p.Time.UTC().Format("2006-01") == "2025-02" }},
	} {
		sums, counts, posts := map[string]float64{}, map[string]int{}, 0
		for line := range strings.Lines(string(out)) {
			var r post
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			if !f.keep(&r) {
				continue
			}
			posts++
			for _, s := range r.Stances {
				if s.Holder == "author" && r.Author != "" {
					sums[r.Author+" on "+s.Actor] += s.Score
					counts[r.Author+" on "+s.Actor]++
				}
			}
		}
		p := open(t, path, f.hash)
		if got := eval[string](p, `document.querySelector('#filtered').textContent`); !strings.HasPrefix(got, fmt.Sprint(posts)+" of ") || posts == 0 {
			t.Errorf("%s: the page says %q, the records %d", f.hash, got, posts)
		}
		got := eval[map[string]string](p, `Object.fromEntries([...document.querySelectorAll('#t-user td.cell:not(.none)')].filter(td => td.offsetParent).map(td => { const tr = td.closest('tr'), i = [...tr.children].indexOf(td); return [tr.children[0].textContent + ' on ' + document.querySelectorAll('#t-user thead th')[i].textContent, td.querySelector('b').textContent + ' ' + parseInt(td.querySelector('small').textContent)] }))`)
		for key, n := range counts {
			var mean float64
			var count int
			fmt.Sscan(strings.Replace(got[key], "−", "-", 1), &mean, &count)
			if count != n || math.Abs(mean-sums[key]/float64(n)) > 0.0051 {
				t.Errorf("%s: %s is %q, want %.2f of %d", f.hash, key, got[key], sums[key]/float64(n), n)
			}
		}
		for key := range got {
			if counts[key] == 0 && !strings.HasPrefix(key, "(unknown)") {
				t.Errorf("%s: %s is shown and not in the records", f.hash, key)
			}
		}
	}
}

// Filtered by a thread, every table is what it is for that thread alone, and
// every cell leads to as many posts as it counts.
func TestFilterIsAPart(t *testing.T) {
	var flags []string
	for _, by := range []string{"user", "topic", "source", "month", "actor", "thread", "user,actor", "actor,source", "topic,month", "user,source"} {
		flags = append(flags, "--by", by)
	}
	flags = append(flags, "--limit", "0")
	const rows = `(() => {
		const tables = {};
		for (const details of document.querySelectorAll('details')) details.open = true;
		for (const table of document.querySelectorAll('table.map')) {
			const heads = [...table.querySelectorAll('thead th')];
			const seen = e => getComputedStyle(e).display !== 'none';
			tables[table.id] = [...table.querySelectorAll('tbody tr')].filter(seen).flatMap(tr => {
				const figures = [...tr.children].map((e, i) => [heads[i].textContent, e.innerText.replace(/\s+/g, ' ')]).filter(([head, text]) => text !== '–' && text !== '' && !(head === 'words' && table.id.includes('source')));
				return [JSON.stringify(figures.sort())];
			}).sort();
		}
		return tables;
	})()`
	all := open(t, makePage(t, append(flags, "../../testdata/threads")...), "#thread=us-troops")
	one := open(t, makePage(t, append(flags, troops)...), "")
	got, want := eval[map[string][]string](all, rows), eval[map[string][]string](one, rows)
	if len(want) != 10 {
		t.Fatalf("%d tables, want 10", len(want))
	}
	for id, rows := range want {
		if !slices.Equal(got[id], rows) {
			t.Errorf("%s: filtered it is\n%s\nalone\n%s", id, strings.Join(got[id], "\n"), strings.Join(rows, "\n"))
		}
	}
	for _, p := range []*tab{all, one} {
		wrong := eval[[]string](p, `(async () => {
			const wrong = [];
			let n = 0;
			for (const button of [...document.querySelectorAll('td.cell button')].filter(b => b.offsetParent)) {
				button.click();
				await new Promise(done => setTimeout(done, 5));
				n++;
				const title = document.querySelector('#posts-title').textContent, posts = document.querySelectorAll('#posts .post').length;
				if (posts !== parseInt(button.querySelector('small').textContent) || !title.endsWith(posts === 1 ? ': 1 post' : ': ' + posts + ' posts')) wrong.push(button.getAttribute('aria-label') + ' leads to ' + title + ' and shows ' + posts);
			}
			return n > 50 ? wrong : ['only ' + n + ' cells were followed'];
		})()`)
		for _, cell := range wrong {
			t.Error(cell)
		}
	}
}

// The figures come back when the filter is taken away.
func TestFilterAndBack(t *testing.T) {
	p := open(t, makePage(t, "../../testdata/threads"), "")
	all := eval[string](p, `document.querySelector('main').innerText`)
	p.choose("actor", "Iran")
	if n := eval[int](p, `[...document.querySelectorAll('#t-user thead th.actor')].filter(th => th.offsetParent).length`); n != 1 {
		t.Errorf("%d actors are shown, want 1", n)
	}
	p.choose("topic", "troop presence")
	if hash := eval[string](p, `location.hash`); hash != "#actor=Iran&topic=troop+presence" {
		t.Errorf("the address is %s", hash)
	}
	if eval[string](p, `document.querySelector('main').innerText`) == all {
		t.Error("the filter changes nothing")
	}
	p.click("#reset")
	p.pause()
	if got := eval[string](p, `document.querySelector('main').innerText`); got != all {
		t.Errorf("the page is not as before the filter:\n%s\nwas\n%s", got, all)
	}
}

// From a cell to its posts, from a quote to its post, and back.
func TestEvidence(t *testing.T) {
	p := open(t, makePage(t, troops), "")
	p.click(`#t-user tr:has([data-value="Harbourmaster"]) td.cell:not(.none) button[aria-label*="on Trump"]`)
	p.run(visible(`#posts .post`))
	text := eval[string](p, `document.querySelector('#posts').innerText`)
	for _, want := range []string{"Harbourmaster on Trump: 1 post", "author on Trump: against", "confidence 0.", "id 4", "quote of post 2", "is a liar"} {
		if !strings.Contains(text, want) {
			t.Errorf("the posts do not say %q:\n%s", want, text)
		}
	}
	if n := eval[int](p, `[...document.querySelectorAll('#posts mark.against')].filter(m => m.textContent === 'liar').length`); n == 0 {
		t.Error("the evidence is not marked")
	}
	if n := eval[int](p, `[...document.querySelectorAll('#posts mark.mention')].filter(m => m.textContent.startsWith('Trump')).length`); n == 0 {
		t.Error("the mention is not marked")
	}
	if n := eval[int](p, `document.querySelectorAll('#posts .segment.quote').length`); n != 2 {
		t.Errorf("%d quotes are shaded, want 2", n)
	}
	p.click(`#posts .segment.quote a`)
	p.pause()
	if title := eval[string](p, `document.querySelector('#posts-title').textContent`); !strings.HasPrefix(title, "Post 2 of") {
		t.Errorf("the quote leads to %q", title)
	}
	p.run(chromedp.NavigateBack())
	p.pause()
	if title := eval[string](p, `document.querySelector('#posts-title').textContent`); title != "Harbourmaster on Trump: 1 post" {
		t.Errorf("back leads to %q", title)
	}
	p.run(chromedp.KeyEvent("\x1b"))
	p.pause()
	if eval[bool](p, `document.querySelector('#posts').open`) || strings.Contains(eval[string](p, `location.hash`), "open") {
		t.Error("Escape does not close the posts")
	}
	if !eval[bool](p, `document.activeElement.closest('td') !== null`) {
		t.Error("the focus is not back in the cell")
	}
}

// Where the page does not keep all posts of a cell, it says how many it keeps,
// and the figure stays the cell's.
func TestCellOfManyPosts(t *testing.T) {
	var b strings.Builder
	aside := strings.Repeat("The ferry sails at noon and is back by six. ", 18) // so that not all texts are kept
	for i := range 24_000 {
		fmt.Fprintf(&b, `{"id":"%d","thread":"t%d","author":"keel","text":"Trump is a liar, they say, for the %dth time. %s"}`+"\n", i, i/100, i, aside)
	}
	input := filepath.Join(t.TempDir(), "posts.jsonl")
	if err := os.WriteFile(input, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	p := open(t, makePage(t, input), "")
	p.click(`#t-user td.cell button`)
	p.run(visible(`#posts .post`))
	if title := eval[string](p, `document.querySelector('#posts-title').textContent`); title != "keel on Trump: 24,000 posts" {
		t.Errorf("the posts are titled %q", title)
	}
	var kept string
	note := eval[string](p, `document.querySelector('#posts-note').textContent`)
	if _, err := fmt.Sscanf(note, "The page keeps %s of them", &kept); err != nil || !strings.HasPrefix(kept, "20,0") {
		t.Errorf("the page does not say how many it keeps: %q", note)
	}
	if small := eval[string](p, `document.querySelector('#t-user td.cell small').textContent`); !strings.HasPrefix(small, "24,000 · ") {
		t.Errorf("the cell says %q", small)
	}
}

// Evidence on other actors than the cell's stands back.
func TestEvidenceOnOthers(t *testing.T) {
	p := open(t, makePage(t, troops), "")
	marks := `[...document.querySelectorAll('#posts-list mark.against')].filter(m => !m.classList.contains('other')).map(m => m.textContent)`
	p.click(`#t-user tr:has([data-value="Harbourmaster"]) td.cell:not(.none) button[aria-label*="on Trump"]`)
	p.run(visible(`#posts .post`))
	if got := eval[[]string](p, marks); !slices.Equal(got, []string{"liar"}) {
		t.Errorf("on Trump, %q is marked", got)
	}
	if n := eval[int](p, `document.querySelectorAll('#posts-list mark.other').length`); n == 0 {
		t.Error("nothing of other actors is framed")
	}
}

// An address that was sent opens what it says.
func TestAddress(t *testing.T) {
	p := open(t, makePage(t, troops), `#actor=US&open=%5B%22topic%22%2C%22troop+presence%22%2C%22US%22%5D`)
	p.run(visible(`#posts .post`))
	if title := eval[string](p, `document.querySelector('#posts-title').textContent`); title != "troop presence on US: 2 posts" {
		t.Errorf("the posts are titled %q", title)
	}
}

// Everything can be reached and used with the keyboard.
func TestKeyboard(t *testing.T) {
	p := open(t, makePage(t, troops), "")
	found := false
	for range 80 {
		p.run(chromedp.KeyEvent("\t"))
		if eval[bool](p, `document.activeElement.closest('#t-user td.cell') !== null`) {
			found = true
			break
		}
	}
	if !found {
		t.Fatal("the tab key does not reach a cell")
	}
	p.run(chromedp.KeyEvent("\r"), visible(`#posts .post`))
}

// hostile are names and texts that try to be more than text.
var hostile = []string{
	`<script>window.pwned = 1</script>`, `</script><script>window.pwned = 1</script>`, `<!--<script>`, `]]>`,
	`<img src="https://evil.example/x.png" onerror="window.pwned = 1">`, `" onmouseover="window.pwned = 1" x="`, `' onfocus='window.pwned=1' autofocus='`,
	`javascript:window.pwned=1`, `{{.Title}}`, "\u202etnemmoc", "a\x00b\x1b[31mc", `</style><style>body{background:url(https://evil.example/)}</style>`,
	`<svg onload="window.pwned=1">`, "`${window.pwned=1}`", `__proto__`, `constructor`, `&lt;b&gt;`, "\u2028\u2029", `<base href="https://evil.example/">`,
	`<link rel=stylesheet href=https://evil.example/x.css>`, `<iframe src=https://evil.example></iframe>`, `#open=["post","x",1]`,
}

// The points of a chart are reached, named and opened by keys alone, in a
// filtered view too.
func TestChartByKeys(t *testing.T) {
	p := open(t, makePage(t, "../../testdata/threads"), "")
	for _, filter := range []string{"", "Trump"} {
		if filter != "" {
			p.choose("actor", filter)
		}
		// The last point is where the Tab key stops.
		stops := eval[[]string](p, `[...document.querySelectorAll('figure.chart')].filter(f => f.offsetParent !== null && f.querySelector('circle')).map(f => f.querySelectorAll('circle[tabindex="0"]').length + ' ' + f.querySelector('svg').getAttribute('role'))`)
		if len(stops) == 0 {
			t.Fatalf("filter %q: no chart with points", filter)
		}
		for _, stop := range stops {
			if stop != "1 group" {
				t.Errorf("filter %q: a chart has stops and role %q", filter, stop)
			}
		}
		press := func(key string) {
			eval[bool](p, fmt.Sprintf(`document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: %q, bubbles: true, cancelable: true}))`, key))
			p.pause()
		}
		eval[bool](p, `(() => { [...document.querySelectorAll('figure.chart circle[tabindex="0"]')].find(c => c.closest('figure').querySelectorAll('circle').length > 1 && c.closest('figure').offsetParent !== null)?.focus(); return true })()`)
		last := eval[string](p, `document.activeElement.getAttribute('aria-label') ?? ''`)
		if !strings.Contains(last, " post") {
			t.Fatalf("filter %q: no point has the focus, but %q", filter, last)
		}
		press("Home")
		first := eval[string](p, `document.activeElement.getAttribute('aria-label') ?? ''`)
		press("ArrowRight")
		press("End")
		if end := eval[string](p, `document.activeElement.getAttribute('aria-label') ?? ''`); first == last || end != last {
			t.Errorf("filter %q: Home leads to %q, End to %q, last is %q", filter, first, end, last)
		}
		press("Enter")
		p.run(visible(`#posts .post`))
		actor, _, _ := strings.Cut(last, ",")
		if title := eval[string](p, `document.querySelector('#posts-title').textContent`); !strings.Contains(title, " on "+actor+": ") {
			t.Errorf("filter %q: %q opens %q", filter, last, title)
		}
		eval[bool](p, `(() => { document.querySelector('#posts').close(); return true })()`)
		p.pause()
	}
}

func TestHostileNamesAndTexts(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	for _, bad := range hostile {
		for j, text := range []string{"Trump is a liar. " + bad, "The US is great. " + bad} {
			record := map[string]any{
				"id": bad, "thread": bad, "title": bad, "author": bad, "time": "2025-02-03T10:00:00Z", "text": text,
				"targets": []string{bad},
			}
			if j > 0 {
				record["reply_to"] = bad
			}
			line, err := json.Marshal(record)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s\n", line)
		}
	}
	input := filepath.Join(dir, "hostile<b>.jsonl")
	if err := os.WriteFile(input, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	p := open(t, makePage(t, "--limit", "0", "--by", "thread", "--by", "user,actor", input), "")
	// Open every cell, and follow what is linked.
	eval[int](p, `(async () => {
		const pause = () => new Promise(done => setTimeout(done, 5));
		const cells = [...document.querySelectorAll('td.cell button')].filter(b => b.offsetParent);
		for (const cell of cells) { cell.click(); await pause(); }
		return cells.length;
	})()`)
	p.run(chromedp.Sleep(time.Second))
	for _, bad := range []string{hostile[0], hostile[1], hostile[4], "__proto__"} {
		p.choose("thread", bad)
		if got := eval[string](p, `document.querySelector('#filtered').textContent`); !strings.HasPrefix(got, fmt.Sprintf("2 of %d", 2*len(hostile))) {
			t.Errorf("filter by thread %q: %q", bad, got)
		}
	}
	p.click("#reset")
	if eval[bool](p, `'pwned' in window`) {
		t.Error("a script from the posts ran")
	}
	if n := eval[int](p, `document.querySelectorAll('script').length`); n != 2 {
		t.Errorf("%d script elements, want the page's 2", n)
	}
	if n := eval[int](p, `document.querySelectorAll('img, iframe, base, link, object, embed').length`); n != 0 {
		t.Errorf("%d elements came out of the posts", n)
	}
	if !eval[bool](p, fmt.Sprintf(`[...document.querySelectorAll('#t-user th')].some(th => th.textContent === %q)`, hostile[4])) {
		t.Error("a hostile name is not shown as it is")
	}
	if eval[bool](p, `/[\u0000-\u0008\u000b-\u001f\u202e]/.test(document.documentElement.outerHTML)`) {
		t.Error("control characters got into the page")
	}
	// Were something to get in after all, the policy stops it.
	const foreign = `window.pwned = 2`
	if eval[bool](p, fmt.Sprintf(`(() => { const s = document.createElement('script'); s.textContent = %q; document.body.append(s); return 'pwned' in window })()`, foreign)) {
		t.Error("the policy lets other scripts run")
	}
	sum := sha256.Sum256([]byte(foreign))
	p.expect("Content Security Policy", base64.StdEncoding.EncodeToString(sum[:]))
}

// 10,000 posts, as long as those of forums are, are to be seen in less than two
// seconds.
func TestTimeToOpen(t *testing.T) {
	var b strings.Builder
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	sides := []string{"Trump is a liar and a disgrace.", "I trust Biden, he is a good man.", "The US should leave Iraq, it is a failure.", "Iran is a threat to peace.", "The weather is fine."}
	for i := range 10_000 {
		text := strings.Repeat("Nobody here remembers how the ferry line began, and it is long ago. ", 17) + sides[i%7%5]
		fmt.Fprintf(&b, `{"id":"%d","thread":"t%d","author":"user %d","time":%q,"reply_to":%q,"text":%q}`+"\n", i, i/100, i*i%500, start.Add(time.Duration(i)*time.Hour).Format(time.RFC3339), fmt.Sprint(max(0, i-1-i%3)), text)
	}
	input := filepath.Join(t.TempDir(), "posts.jsonl")
	if err := os.WriteFile(input, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	path := makePage(t, input)
	timeToOpen(t, path, 2000)
}

func timeToOpen(t *testing.T, path string, limit int) {
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, path, "")
	loaded := eval[float64](p, `performance.getEntriesByType('navigation')[0].loadEventEnd`)
	painted := eval[float64](p, `new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime)).observe({type: 'paint', buffered: true}))`)
	filtered := eval[float64](p, `(async () => { const from = performance.now(); location.hash = '#topic=elections+and+party+politics'; await new Promise(done => setTimeout(done)); document.body.offsetHeight; return performance.now() - from })()`)
	t.Logf("%.1f MB: loaded after %.0f ms, first seen after %.0f ms; the first filter took %.0f ms", float64(info.Size())/1e6, loaded, painted, filtered)
	if loaded > float64(limit) || painted > float64(limit) {
		t.Errorf("open after %.0f ms, painted after %.0f ms", loaded, painted)
	}
}

// The page of an input of one's own: THREADSTANCE_INPUT names it.
func TestTimeToOpenInput(t *testing.T) {
	input := os.Getenv("THREADSTANCE_INPUT")
	if input == "" {
		t.Skip("THREADSTANCE_INPUT names no input")
	}
	timeToOpen(t, makePage(t, strings.Fields(input)...), 2000)
}

// emulate sets the width of the screen and the colour scheme.
func emulate(width int64, scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(
		chromedp.EmulateViewport(width, 900),
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}),
	)
}

// A4 holds the tables, and nothing that only a screen can use.
func TestPrint(t *testing.T) {
	print := chromedp.Steps(chromedp.EmulateViewport(718, 1000), command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	p := open(t, makePage(t, "../../testdata/threads"), "", print)
	if wide := eval[[]string](p, `[...document.querySelectorAll('table, svg')].filter(e => e.getBoundingClientRect().right > 719).map(e => e.tagName + ' ' + e.id + ' ' + e.getBoundingClientRect().right)`); len(wide) > 0 {
		t.Errorf("too wide for the paper: %q", wide)
	}
	if eval[bool](p, `document.querySelector('#filter').offsetParent !== null`) {
		t.Error("the filter is printed")
	}
	if dir := os.Getenv("THREADSTANCE_SCREENSHOTS"); dir != "" {
		picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "print.png"), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Nothing is wider than the screen but what scrolls by itself. With
// THREADSTANCE_SCREENSHOTS the pictures are kept in that folder.
func TestScreens(t *testing.T) {
	path := makePage(t, input()...)
	for _, width := range []int64{390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			p := open(t, path, "", emulate(width, scheme))
			if over := eval[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("at %d pixels the page is %d too wide: %q", width, over, eval[[]string](p, `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth && !e.closest('.scroll, svg, dialog')).map(e => e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 40))`))
			}
			dir := os.Getenv("THREADSTANCE_SCREENSHOTS")
			if dir == "" {
				continue
			}
			shoot := func(name string, full bool) {
				take := chromedp.CaptureScreenshot()
				if full {
					take = chromedp.FullScreenshot(100)
				}
				picture, err := chromedp.Run(p.ctx, take)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)), picture, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			shoot("page", true)
			p.click(`#t-topic td.cell:not(.none) button`)
			p.run(visible(`#posts .post`), chromedp.Sleep(200*time.Millisecond))
			shoot("posts", false)
		}
	}
}
