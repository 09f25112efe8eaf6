package report

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver

	"threadstance/thread"
)

// SQLite writes records and tables into one SQLite database. It is an
// io.Writer of records, in the order in which posts were read.
// The same records give the same bytes.
type SQLite struct {
	db     *sql.DB
	tx     *sql.Tx
	insert [5]*sql.Stmt
	lines  lines
	posts  int64
	first  int64 // number of the first post of the thread at hand
	err    error
}

// The tables that records are stored in.
const (
	intoPosts = iota
	intoSegments
	intoStances
	intoEvidence
	intoTopics
)

// schema is the database. A post's number is its place in the order of
// reading; what belongs to a post has its number in the column post.
const schema = `
create table runs (name text primary key, value text) without rowid;
create table posts (
  post integer primary key,
  thread text not null, title text not null, "index" integer not null, id text not null,
  author text, -- null where the source lost it
  time text, -- RFC 3339
  reply_to integer references posts, -- the post answered
  text text not null,
  words integer not null, -- of the poster's own
  tone real, tone_label text -- of the poster's own words; null without any in English
);
create table segments (
  post integer not null references posts, "start" integer not null, "end" integer not null, -- bytes of posts.text
  kind text not null, -- own, quote, news, chrome
  quote_of integer references posts, source text,
  primary key (post, "start")
) without rowid;
create table stances (
  stance integer primary key, post integer not null references posts,
  actor text not null, holder text not null, -- author, or source:NAME of pasted news
  label text not null, score real not null, confidence real not null
);
create table evidence (
  stance integer not null references stances, rank integer not null, -- 1 is the strongest
  "start" integer not null, "end" integer not null, text text not null,
  primary key (stance, rank)
) without rowid;
create table topics (
  post integer not null references posts, topic text not null, score real not null,
  primary key (post, topic)
) without rowid;
`

// NewSQLite makes a database of the file at path, which is empty.
func NewSQLite(path string) (*SQLite, error) {
	db, err := sql.Open("sqlite", "file:"+escapePath(path)+"?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=locking_mode(exclusive)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s := &SQLite{db: db}
	if _, err := db.Exec(schema); err != nil {
		db.Close()
		return nil, err
	}
	if s.tx, err = db.Begin(); err != nil {
		db.Close()
		return nil, err
	}
	for i, text := range []string{
		intoPosts:    `insert into posts values (?,?,?,?,?,?,?,?,?,?,?,?)`,
		intoSegments: `insert into segments values (?,?,?,?,?,?)`,
		intoStances:  `insert into stances values (null,?,?,?,?,?,?)`,
		intoEvidence: `insert into evidence values (?,?,?,?,?)`,
		intoTopics:   `insert or ignore into topics values (?,?,?)`,
	} {
		if s.insert[i], err = s.tx.Prepare(text); err != nil {
			db.Close()
			return nil, err
		}
	}
	return s, nil
}

// escapePath makes a path part of a URI.
func escapePath(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

// Write stores records as AppendRecord writes them.
func (s *SQLite) Write(records []byte) (int, error) {
	if s.err == nil {
		s.err = s.lines.each(records, s.add)
	}
	if s.err != nil {
		return 0, s.err
	}
	return len(records), nil
}

func (s *SQLite) add(r *record) error {
	s.posts++
	post := s.posts
	if r.Index == 0 {
		s.first = post
	}
	number := func(index *int32) any { // of another post of the thread
		if index == nil {
			return nil
		}
		return s.first + int64(*index)
	}
	var when, tone, label any
	if !r.Time.IsZero() {
		when = r.Time.Format(time.RFC3339)
	}
	if r.Sentiment != nil {
		tone, label = r.Sentiment.Score, r.Sentiment.Label
	}
	words := 0
	for i := range r.Segments {
		if g := &r.Segments[i]; g.Kind == thread.Own.String() {
			words += len(strings.Fields(r.Text[g.Start:g.End]))
		}
	}
	if _, err := s.insert[intoPosts].Exec(post, r.Thread, r.Title, r.Index, r.ID, orNull(r.Author), when, number(r.ReplyTo), r.Text, words, tone, label); err != nil {
		return err
	}
	for i := range r.Segments {
		g := &r.Segments[i]
		if _, err := s.insert[intoSegments].Exec(post, g.Start, g.End, g.Kind, number(g.QuoteOf), g.Source); err != nil {
			return err
		}
	}
	for i := range r.Stances {
		t := &r.Stances[i]
		result, err := s.insert[intoStances].Exec(post, t.Actor, t.Holder, t.Label, t.Score, t.Confidence)
		if err != nil {
			return err
		}
		stance, err := result.LastInsertId()
		if err != nil {
			return err
		}
		for k, e := range t.Evidence {
			if _, err := s.insert[intoEvidence].Exec(stance, k+1, e.Start, e.End, e.Text); err != nil {
				return err
			}
		}
	}
	for _, t := range r.Topics {
		if _, err := s.insert[intoTopics].Exec(post, t.Topic, t.Score); err != nil {
			return err
		}
	}
	return nil
}

// orNull is a text, or null for none.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// Finish adds what is known of the whole: the run, indexes, the search over
// texts, and views that show what the printed tables do.
func (s *SQLite) Finish(p *Page) error {
	if s.err != nil {
		return s.err
	}
	if err := s.tx.Commit(); err != nil {
		return err
	}
	for _, setting := range p.facts() {
		if _, err := s.db.Exec(`insert into runs values (?,?)`, setting[0], setting[1]); err != nil {
			return err
		}
	}
	views, err := s.views()
	if err != nil {
		return err
	}
	// Datasette takes a table for searchable by the quotes around content.
	_, err = s.db.Exec(`
create index posts_by_thread on posts (thread, "index");
create index posts_by_author on posts (author);
create index posts_by_reply on posts (reply_to);
create index stances_by_post on stances (post);
create index stances_by_actor on stances (actor, label);
create index topics_by_topic on topics (topic);
create view users as select author as user, count(*) as posts, sum(words) as words, avg(tone) as tone from posts group by author;
create virtual table posts_search using fts5 (title, text, author, content="posts", content_rowid="post");
insert into posts_search (posts_search) values ('rebuild');
` + views + `
pragma optimize;`)
	if err != nil {
		return err
	}
	return s.db.Close()
}

// Discard closes a database that is not to be finished.
func (s *SQLite) Discard() { s.db.Close() }

// maxViewActors is how many actors have columns in the views: SQLite bears no
// more than 2,000 columns, and records may name any number of targets.
const maxViewActors = 200

// views returns the two main tables as views, with a column for each of the actors
// with most tags and one for the number of these.
func (s *SQLite) views() (string, error) {
	rows, err := s.db.Query(`select actor from stances where holder = 'author' group by actor order by count(*) desc, actor limit ?`, maxViewActors)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var columns strings.Builder
	taken := map[string]bool{"user": true, "topic": true, "posts": true, "users": true, "words": true, "tone": true}
	for rows.Next() {
		var actor string
		if err := rows.Scan(&actor); err != nil {
			return "", err
		}
		name := Clean(actor)
		for taken[strings.ToLower(name)] || taken[strings.ToLower(name+" tags")] {
			name += "'"
		}
		taken[strings.ToLower(name)], taken[strings.ToLower(name+" tags")] = true, true
		is := "s.actor = " + quoted(actor, '\'')
		fmt.Fprintf(&columns, ",\n  round(avg(case when %s then s.score end), 4) as %s, count(case when %s then 1 end) as %s", is, quoted(name, '"'), is, quoted(name+" tags", '"'))
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	return `
create view by_user as
select coalesce(p.author, '(unknown)') as user, p.posts, p.words, p.tone` + columns.String() + `
from (select author, count(*) as posts, sum(words) as words, round(avg(tone), 4) as tone from posts group by author) p
left join (select author, stances.* from stances join posts using (post) where holder = 'author') s on s.author is p.author
group by p.author order by p.posts desc, user;
create view by_topic as
select coalesce(p.topic, '(none)') as topic, p.posts, p.users, p.tone` + columns.String() + `
from (select topic, count(*) as posts, count(distinct author) as users, round(avg(tone), 4) as tone from posts left join topics using (post) group by topic) p
left join (select topic, stances.* from stances left join topics using (post) where holder = 'author') s on s.topic is p.topic
group by p.topic order by p.posts desc, topic;`, nil
}

// quoted quotes a text for SQL.
func quoted(text string, mark byte) string {
	m := string(mark)
	return m + strings.ReplaceAll(strings.ReplaceAll(text, "\x00", ""), m, m+m) + m
}

// facts is what is told of the run and of all that was read, as names and
// values.
func (p *Page) facts() [][2]string {
	t := p.Totals
	facts := [][2]string{{"schema", "threadstance.sqlite/1"}}
	for _, f := range []struct {
		name string
		n    int64
	}{
		{"threads", t.Threads},
		{"posts", t.Posts},
		{"users", t.UserCount()},
		{"posts without author", t.NoAuthor},
		{"posts not in English", t.NotEnglish},
		{"posts without own words", t.NoOwnWords},
		{"stances", t.Stances},
	} {
		facts = append(facts, [2]string{f.name, fmt.Sprint(f.n)})
	}
	for kind, n := range t.Bytes {
		facts = append(facts, [2]string{"bytes " + thread.Kind(kind).String(), fmt.Sprint(n)})
	}
	if p.Run != nil {
		facts = append(facts, [2]string{"version", p.Run.Version}, [2]string{"inputs", strings.Join(p.Run.Inputs, "\n")})
		for _, s := range p.Run.Settings {
			facts = append(facts, [2]string{s.Name, s.Value})
		}
	}
	if failed := len(p.Failures) + p.MoreFailed; failed > 0 {
		facts = append(facts, [2]string{"not read", fmt.Sprint(failed)})
	}
	if p.Partial != "" {
		facts = append(facts, [2]string{"partial", p.Partial})
	}
	return facts
}
