package input

// Limits bound what a hostile input can cost. A zero field stands for its
// default; each error that a limit causes names the flag that raises it.
type Limits struct {
	Bytes   int64 // bytes of one input, as it is and decompressed (--max-bytes; 1 TiB)
	Ratio   int64 // decompressed bytes for each compressed one (--max-ratio; 1,000)
	Line    int   // bytes of one line, mail message, page or pasted thread (--max-line; 64 MiB)
	Text    int   // bytes of one post's text (--max-text; 1 MiB)
	Nesting int   // archives in archives, quotes in quotes, JSON in JSON (--max-nesting; 64)
	Posts   int   // posts of one thread (--max-posts; 1,000,000)
}

// MaxBytes returns Bytes, or its default.
func (l Limits) MaxBytes() int64 { return or(l.Bytes, 1<<40) }

// MaxRatio returns Ratio, or its default.
func (l Limits) MaxRatio() int64 { return or(l.Ratio, 1000) }

// MaxLine returns Line, or its default.
func (l Limits) MaxLine() int { return or(l.Line, 64<<20) }

// MaxText returns Text, or its default.
func (l Limits) MaxText() int { return or(l.Text, 1<<20) }

// MaxNesting returns Nesting, or its default.
func (l Limits) MaxNesting() int { return or(l.Nesting, 64) }

// MaxPosts returns Posts, or its default.
func (l Limits) MaxPosts() int { return or(l.Posts, 1_000_000) }

func or[T int | int64](value, otherwise T) T {
	if value <= 0 {
		return otherwise
	}
	return value
}
