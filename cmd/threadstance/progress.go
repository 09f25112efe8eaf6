package main

import (
	"fmt"
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

// startProgress tells the counts on standard error until the function that it
// returns is called, which may be called again.
func startProgress(sys *system, c *counts, mode progressMode) (stop func()) {
	if mode == noProgress {
		return func() {}
	}
	interval, before, after := 5*time.Second, "", "\n"
	if mode == liveProgress {
		interval, before, after = 200*time.Millisecond, "\r\x1b[K", ""
	}
	start := time.Now()
	tell := func() {
		fmt.Fprint(sys.stderr, before+c.text(time.Since(start))+after)
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
				if mode == liveProgress {
					fmt.Fprint(sys.stderr, before)
				} else {
					tell()
				}
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
