package main

import (
	"io"
	"os"
	"strings"
	"testing"
)

// BenchmarkAnalyze is the whole program, from the file to the tables, on one
// worker. THREADSTANCE_BENCH names an input; without it the threads of
// testdata are read.
func BenchmarkAnalyze(b *testing.B) {
	path := os.Getenv("THREADSTANCE_BENCH")
	if path == "" {
		path = "../../testdata/threads"
	}
	b.ReportAllocs()
	for b.Loop() {
		var stderr strings.Builder
		if code := run(b.Context(), []string{"analyze", "--quiet", "--jobs", "1", path}, strings.NewReader(""), io.Discard, &stderr); code == exitUsage {
			b.Fatal(stderr.String())
		}
	}
}
