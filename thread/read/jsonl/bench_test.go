package jsonl

import (
	"bufio"
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-json"

	"threadstance/thread/read/input"
)

// sampleLines is about 8 MB of posts as an export holds them.
func sampleLines() []byte {
	var b bytes.Buffer
	text := strings.Repeat("They should \"leave\", I say, and let Iraq sort itself out.\nNobody asked us \u2013 ever. ", 8)
	for i := 0; b.Len() < 8<<20; i++ {
		line, _ := stdjson.Marshal(map[string]any{
			"id": fmt.Sprint(i), "thread": fmt.Sprint(i / 30), "title": "Should the troops stay?", "author": fmt.Sprint("user", i%97),
			"time": "2020-01-08T06:30:00Z", "reply_to": fmt.Sprint(i - 1), "text": text[:i%len(text)],
		})
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// BenchmarkJSONLines compares the reader, threads and all, with bare decoding
// of the same lines by goccy/go-json and by encoding/json.
func BenchmarkJSONLines(b *testing.B) {
	data := sampleLines()
	if path := os.Getenv("JSONL_SAMPLE"); path != "" {
		data, _ = os.ReadFile(path)
	}
	lines := func(decode func([]byte, any) error) {
		scan := bufio.NewScanner(bytes.NewReader(data))
		scan.Buffer(make([]byte, 1<<20), 1<<26)
		for scan.Scan() {
			var p jsonPost
			if err := decode(scan.Bytes(), &p); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("reader", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			for _, err := range (Posts{}).Read(input.Source{Reader: bytes.NewReader(data)}) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("goccy", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			lines(func(line []byte, p any) error { return json.Unmarshal(line, p) })
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			lines(stdjson.Unmarshal)
		}
	})
}
