package html

import "testing"

// TestIdentity holds that the pages of a thread have one key, and their order.
func TestIdentity(t *testing.T) {
	for _, test := range []struct {
		address, title, key string
		number              int
	}{
		{"https://f.example/threads/a-b.7/", "", "f.example/threads/a-b.7", 0},
		{"https://F.example/threads/a-b.7/page-12", "", "f.example/threads/a-b.7", 12},
		{"https://f.example/threads/a-b.7/page-2#post-9", "", "f.example/threads/a-b.7", 2},
		{"http://f.example/showthread.php?t=55&page=3", "", "f.example/showthread.php?t=55", 3},
		{"http://f.example/showthread.php?55-The-title/page4", "", "f.example/showthread.php?55-The-title", 4},
		{"http://f.example/showthread.php?55-The-title&page=4", "", "f.example/showthread.php?55-The-title", 4},
		{"https://f.example/viewtopic.php?f=2&t=90&start=25", "", "f.example/viewtopic.php?t=90", 25},
		{"https://f.example/index.php?topic=61.25", "", "f.example/index.php?topic=61", 25},
		{"https://f.example/index.php?topic=61.0", "", "f.example/index.php?topic=61", 0},
		{"https://f.example/t/is-it-safe/1203?page=2", "", "f.example/t/is-it-safe/1203", 2},
		{"https://f.example/topic/88-protests/page/2/", "", "f.example/topic/88-protests", 2},
		{"http://f.example/index.php?/topic/31-port/page-2", "", "f.example/index.php?/topic/31-port", 2},
		{"https://f.example/showthread.php?tid=19&page=2", "", "f.example/showthread.php?tid=19", 2},
		{"https://news.ycombinator.com/item?id=1&p=2", "", "news.ycombinator.com/item?id=1", 0},
		{"http://f.example/showthread.php?p=101", "Harbour dues - Page 2 - F", "Harbour dues - F", 2},
		{"http://f.example/showthread.php?p=101#post101", "", "", 0},
		{"http://f.example/phpBB3/viewtopic.php?p=2204#p2204", "View topic - Harbour dues", "View topic - Harbour dues", 0},
		{"http://f.example/showthread.php?pid=77", "Night ferries", "Night ferries", 0},
		{"http://f.example/showthread.php?tid=19&pid=77", "Night ferries", "f.example/showthread.php?tid=19", 0},
		{"https://f.example/t/is-it-safe/1203?p=44", "Is it safe?", "f.example/t/is-it-safe/1203", 0},
		{"https://f.example/threads/a-b.7/?post=9", "A or b?", "f.example/threads/a-b.7", 0},
		{"https://f.example/", "A thread - Page 3 - Forum", "A thread - Forum", 3},
		{"", "A thread | Page 2 | Forum", "A thread | Forum", 2},
		{"", "Page turners", "Page turners", 0},
		{"::", "", "", 0},
	} {
		got := identity(test.address, test.title)
		if got.key != test.key || got.number != test.number {
			t.Errorf("%s %q: key %q, number %d; want %q, %d", test.address, test.title, got.key, got.number, test.key, test.number)
		}
	}
}
