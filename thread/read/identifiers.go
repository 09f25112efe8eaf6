package read

import (
	"cmp"
	"path/filepath"
	"strings"
	"sync"

	"threadstance/thread/read/input"
)

// Named is a thread that has no identifier but what its path gives it.
type Named struct{ Path, ID string }

// identifiers are those that paths give to the threads of a run.
type identifiers struct {
	mu   sync.Mutex
	ends map[string]string // the first path with each end
}

// of returns what a thread is called: the name of its file without the
// extension, with as many of the folders above as tell it from the threads
// before it.
func (ids *identifiers) of(path string) string {
	ids.mu.Lock()
	defer ids.mu.Unlock()
	id := ""
	path = input.Valid(path)
	whole := filepath.ToSlash(strings.TrimSuffix(path, filepath.Ext(path)))
	at := len(whole)
	for folders := 0; at >= 0 && folders <= maxFolders; folders++ {
		at = strings.LastIndexByte(whole[:at], '/')
		end := whole[at+1:]
		if _, ok := ids.ends[end]; !ok {
			ids.ends[end] = path
		}
		if id == "" && ids.ends[end] == path {
			id = end
		}
	}
	return cmp.Or(id, path) // all of a path is told from another's by its extension
}

// name names a thread of the input by its path.
func (in *Input) name(path string) string {
	named := Named{path, in.ids.of(path)}
	in.named = append(in.named, named)
	return named.ID
}

// Named returns the threads that were read last which have no identifier but
// what their paths give them.
func (in *Input) Named() []Named { return in.named }

// Recall stands for reading the input again that once gave named: it takes
// their identifiers, so that no thread after it gets one of them. It is false
// where they would be others now, and the input is to be read.
func (in *Input) Recall(named []Named) bool {
	same := true
	for _, t := range named {
		same = in.ids.of(t.Path) == t.ID && same
	}
	return same
}
