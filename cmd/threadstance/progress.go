package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progressMode is how the progress is told.
type progressMode uint8

const (
	noProgress   progressMode = iota
	liveProgress              // one line, written over and over
	lineProgress              // a line now and then
)

// console is standard error, whose last line may be one of progress. It may be
// used concurrently.
type console struct {
	io.Writer
	mu   sync.Mutex
	live bool // a line of progress stands there
}

// erase goes back to the start of the line and clears it.
const erase = "\r\x1b[K"

// Write writes text that stays, in place of a line of progress.
func (c *console) Write(text []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.live {
		c.live = false
		if _, err := io.WriteString(c.Writer, erase); err != nil {
			return 0, err
		}
	}
	return c.Writer.Write(text)
}

// progress writes a line of progress, in place of the one before; "" takes
// that one away.
func (c *console) progress(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.live || text != "" {
		io.WriteString(c.Writer, erase+text)
	}
	c.live = text != ""
}

// startProgress tells the counts on standard error until the function that it
// returns is called, which may be called again.
func startProgress(sys *system, c *counts, mode progressMode) (stop func()) {
	if mode == noProgress {
		return func() {}
	}
	start := time.Now()
	interval := 5 * time.Second
	tell := func() { fmt.Fprintln(sys.stderr, c.text(time.Since(start))) }
	end := tell
	if mode == liveProgress {
		interval = 200 * time.Millisecond
		tell = func() { sys.stderr.progress(c.text(time.Since(start))) }
		end = func() { sys.stderr.progress("") }
	}
	quit := make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				tell()
			case <-quit:
				end()
				return
			}
		}
	})
	return sync.OnceFunc(func() {
		close(quit)
		done.Wait()
	})
}

// text says how far the reading is.
func (c *counts) text(passed time.Duration) string {
	posts, bytes := c.posts.Load(), c.bytes.Load()
	seconds := max(passed.Seconds(), 0.001)
	s := fmt.Sprintf("files %d, %.1f MB, posts %d, %.0f posts/s", c.files.Load(), float64(bytes)/1e6, posts, float64(posts)/seconds)
	if size := c.size.Load(); bytes > 0 && size > bytes {
		left := time.Duration(seconds * float64(size-bytes) / float64(bytes) * float64(time.Second))
		s += fmt.Sprintf(", %v left of the open file", left.Round(time.Second))
	}
	return s
}
