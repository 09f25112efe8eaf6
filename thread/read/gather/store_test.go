package gather

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread"
	"threadstance/thread/read/input"
)

// TestGatherSpills holds that what does not fit in memory comes out the same.
func TestGatherSpills(t *testing.T) {
	posts := func(_ input.Source, yield func(*Record, error) bool) {
		for i := range 4000 {
			r := Record{Post: thread.Post{ID: fmt.Sprint("c", i), Author: fmt.Sprint("u", i%7), Text: fmt.Sprintf("Word %d of the matter.", i), Time: time.Unix(int64(1578465000+i), 0).UTC()}}
			r.Thread, r.Answers = fmt.Sprint("s", i*i%97), fmt.Sprint("c", i-97)
			if !yield(&r, nil) {
				return
			}
		}
	}
	read := func(memory int) (threads []*thread.Thread) {
		c := NewGroups(input.Limits{}, posts, (*Groups).Build)
		defer c.Close()
		c.records.memory = memory
		c.Add(input.Source{Path: "in"}, func(err error) bool { t.Fatal(err); return false })
		c.Threads(func(th *thread.Thread, err error) bool {
			if err != nil {
				t.Fatal(err)
			}
			threads = append(threads, th)
			return true
		})
		if memory < 1<<20 && c.records.parts == nil {
			t.Error("nothing went to disk")
		}
		return threads
	}
	want := read(gatherMemory)
	for _, memory := range []int{10_000, 1000} { // with 1000 parts are parted again
		if diff := cmp.Diff(want, read(memory)); diff != "" {
			t.Errorf("spilling past %d bytes changed the threads (-in memory +spilled):\n%s", memory, diff)
		}
	}
}

// TestGatherMemory holds that a part which does not fit the memory is not put
// in order there.
func TestGatherMemory(t *testing.T) {
	const threads, size = 600, 100_000
	p, err := newPart()
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	text := make([]byte, size)
	for i := range threads {
		if err := p.write(fmt.Sprint("t", i), uint64(i), text); err != nil {
			t.Fatal(err)
		}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	live := func() uint64 {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before, most := live(), uint64(0)
	done := make(chan error)
	go func() { done <- p.sort(1 << 20) }()
	for sorting := true; sorting; {
		select {
		case err = <-done:
			sorting = false
		case <-time.After(time.Millisecond):
			most = max(most, live())
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if most > before+threads*size/2 {
		t.Errorf("to put a part of %d bytes in order took %d bytes of memory", threads*size, most-before)
	}
	for i := range threads {
		in, err := p.read()
		if err != nil || in.key != fmt.Sprint("t", i) || len(in.data) != size {
			t.Fatalf("thread %d is %q with %d bytes, %v", i, in.key, len(in.data), err)
		}
	}
	if in, err := p.read(); err != io.EOF {
		t.Errorf("after the last thread stands %q, %v", in.key, err)
	}
}
