package thread

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// benchmarkRead reads an input again and again, from memory.
func benchmarkRead(b *testing.B, data string) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	posts := 0
	for b.Loop() {
		for t, err := range Read([]string{"-"}, Options{Stdin: strings.NewReader(data)}) {
			if err != nil {
				b.Fatal(err)
			}
			posts += len(t.Posts)
		}
	}
	b.ReportMetric(float64(posts)/b.Elapsed().Seconds(), "posts/s")
}

func BenchmarkZstd(b *testing.B) { benchmarkRead(b, zstded(b, string(sampleLines()))) }

func BenchmarkPage(b *testing.B) {
	data, err := os.ReadFile("../testdata/threads/html/xenforo2-page-1.html")
	if err != nil {
		b.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(data), `<article class="message `)
	article, tail, _ := strings.Cut(rest, "</div>\n</body>")
	var page strings.Builder
	page.WriteString(head)
	for i := range 500 {
		page.WriteString(strings.ReplaceAll(`<article class="message `+article, "9001", fmt.Sprint(10_000+i)))
	}
	page.WriteString("</div>\n</body>" + tail)
	benchmarkRead(b, page.String())
}

func BenchmarkMbox(b *testing.B) {
	var box strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&box, "From a@b Wed Jan  8 06:30:00 2020\nFrom: user%d <u%d@b.example>\nSubject: Re: topic %d\nDate: Wed, 8 Jan 2020 06:30:%02d +0000\nMessage-ID: <%d@b>\nIn-Reply-To: <%d@b>\n\n"+
			"user%d writes:\n> The word number %d was said by them all, and nobody heard of it.\n\nI heard of number %d, said I to them, and went on.\n-- \nU\n\n",
			i%50, i%50, i/40, i%60, i, i-1, (i-1)%50, i-1, i)
	}
	benchmarkRead(b, box.String())
}

func BenchmarkReddit(b *testing.B) {
	var dump strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&dump, `{"all_awardings":[],"author":"u%d","author_flair_css_class":null,"body":"&gt; Comment %d says little.\n\nComment %d says little, or so they tell me, and I agree.","created_utc":%d,"gilded":0,"id":"c%d","link_id":"t3_s%d","parent_id":"t1_c%d","permalink":"/r/x/comments/%d/","score":%d,"subreddit":"worldtalk","subreddit_id":"t5_2"}`+"\n",
			i%97, i-7, i, 1578465000+i, i, i%7, i-7, i, i%31)
	}
	benchmarkRead(b, dump.String())
}
