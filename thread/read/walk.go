package read

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"threadstance/thread/plain"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/html"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
)

// Walk yields the inputs that paths name: files, folders (read recursively in
// name order; names that start with a dot, and the styles, scripts and
// pictures of saved pages, are left out, and what opts excepts), and "-" for
// standard input. Files
// of one folder, or that are named one after another, are one input where
// they hold one another's threads: the pages of a thread, the messages of a
// folder, dumps of submissions and of comments. What cannot be opened is
// yielded as a nil Input and a *input.Error, and the walk goes on. A file that
// paths name more than once is read once: else its threads would be too, under one
// identifier. That is yielded as a nil Input and an [input.Doubt].
func Walk(paths []string, opts Options) iter.Seq2[*Input, error] {
	return func(yield func(*Input, error) bool) {
		w := walker{opts: opts, yield: yield, ids: &identifiers{ends: map[string]string{}}}
		for _, path := range opts.Except {
			if info, err := os.Stat(path); err == nil {
				w.except = append(w.except, info)
			}
		}
		if len(paths) > 1 { // no path names a file twice alone
			w.found = map[string]bool{}
		}
		for _, path := range paths {
			if w.stopped {
				return
			}
			w.argument(path)
		}
		w.flush()
	}
}

// walker finds inputs.
type walker struct {
	opts    Options
	yield   func(*Input, error) bool
	files   []inputFile // named one after another, not yet yielded
	ids     *identifiers
	except  []fs.FileInfo
	found   map[string]bool // the files so far, where one may be named more than once
	stopped bool
}

// inputFile is a file that was found.
type inputFile struct {
	path string
	size int64
}

func (w *walker) give(in *Input, err error) {
	if !w.stopped && !w.yield(in, err) {
		w.stopped = true
	}
}

// argument takes a path as the user names it; files one after another it keeps
// for flush.
func (w *walker) argument(path string) {
	if path == "-" {
		w.flush()
		w.give(&Input{Path: path, Size: -1, opts: w.opts, ids: w.ids}, nil)
		return
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		w.flush()
		w.give(nil, openError(path, err))
	case info.IsDir():
		w.flush()
		w.folder(path, 0)
	default:
		w.files = w.add(w.files, inputFile{path, fileSize(info)})
	}
}

// flush yields the files that were named one after another.
func (w *walker) flush() {
	for _, in := range w.group(w.files) {
		if in != nil {
			w.give(in, nil)
		}
	}
	w.files = nil
}

// group makes inputs of files that were found side by side: the input of each
// file, nil where that is the input of a file before it.
func (w *walker) group(files []inputFile) []*Input {
	groups := map[string]*Input{}
	inputs := make([]*Input, len(files))
	for i, file := range files {
		if w.stopped {
			return nil
		}
		key := ""
		if len(files) > 1 && file.size >= 0 {
			key = groupKey(file.path, w.opts)
		}
		if in, ok := groups[key]; ok && key != "" {
			in.more = append(in.more, file)
			in.Size += file.size
			continue
		}
		inputs[i] = &Input{Path: file.path, Size: file.size, opts: w.opts, ids: w.ids}
		groups[key] = inputs[i]
	}
	return inputs
}

// groupKey is the same for files that hold one another's threads, and "" for a
// file that stands alone. What cannot be read stands alone, to fail by itself.
func groupKey(path string, opts Options) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	in := &countingReader{r: file}
	r, err := decompress(in, &account{in: in, limits: opts.Limits}, maxWindow)
	if err != nil {
		return ""
	}
	defer r.Close()
	head, _ := r.Peek(input.SniffSize)
	if isTar(head) || isZip(head) {
		return ""
	}
	format, err := find(head, opts)
	if err != nil {
		return ""
	}
	if _, ok := format.(html.Format); ok {
		if thread := html.ThreadKey(head); thread != "" {
			return "html " + thread
		}
		return ""
	}
	if _, ok := format.(gather.Format); ok {
		return format.Name()
	}
	return ""
}

// folder walks through a folder in name order. A link that the user names is
// followed; links to folders inside one are not, so that no walk is endless.
func (w *walker) folder(path string, depth int) {
	if depth > maxFolders {
		w.give(nil, &input.Error{Path: path, Offset: -1, Err: errors.New("folders nested too deep")})
		return
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		w.give(nil, openError(path, err))
	}
	if isMaildir(entries) {
		// The messages of a maildir are one folder to its user.
		w.files = append(w.filesOf(filepath.Join(path, "cur")), w.filesOf(filepath.Join(path, "new"))...)
		w.flush()
		entries = slices.DeleteFunc(entries, isOfMaildir)
	}
	corpus := isCorpus(entries)
	var files []inputFile
	for _, entry := range entries {
		if !entry.IsDir() && !(corpus && strings.HasSuffix(entry.Name(), ".json")) {
			files = w.file(files, filepath.Join(path, entry.Name()))
		}
	}
	inputs := w.group(files)
	for _, entry := range entries {
		if w.stopped {
			return
		}
		full := filepath.Join(path, entry.Name())
		switch {
		case entry.IsDir():
			if !isLeftOut(entry.Name()) {
				w.subfolder(full, entry.Name(), depth)
			}
		case len(files) > 0 && files[0].path == full:
			if inputs[0] != nil {
				w.give(inputs[0], nil)
			}
			files, inputs = files[1:], inputs[1:]
		}
	}
}

// file adds a file that is not left out.
func (w *walker) file(files []inputFile, path string) []inputFile {
	if isLeftOut(filepath.Base(path)) {
		return files
	}
	info, err := os.Stat(path)
	if err != nil {
		w.give(nil, openError(path, err))
		return files
	}
	excepted := func(other fs.FileInfo) bool { return os.SameFile(info, other) }
	if !info.Mode().IsRegular() || slices.ContainsFunc(w.except, excepted) {
		return files
	}
	return w.add(files, inputFile{path, info.Size()})
}

// add adds a file that is not yet there. Others than regular files may have more to
// give.
func (w *walker) add(files []inputFile, file inputFile) []inputFile {
	if w.found != nil && file.size >= 0 {
		name := filepath.Clean(file.path)
		if w.found[name] {
			w.give(nil, input.Doubt{Path: file.path, Text: "named more than once, and read once"})
			return files
		}
		w.found[name] = true
	}
	return append(files, file)
}

// filesOf lists the files of a folder.
func (w *walker) filesOf(path string) []inputFile {
	entries, err := os.ReadDir(path)
	if err != nil {
		w.give(nil, openError(path, err))
	}
	var files []inputFile
	for _, entry := range entries {
		if !entry.IsDir() {
			files = w.file(files, filepath.Join(path, entry.Name()))
		}
	}
	return files
}

const maxFolders = 200

// subfolder walks a folder inside another; what a browser saves beside a page
// (page_files) is no thread.
func (w *walker) subfolder(path, name string, depth int) {
	if page, ok := strings.CutSuffix(name, "_files"); ok {
		for _, end := range []string{".html", ".htm"} {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), page+end)); err == nil {
				return
			}
		}
	}
	w.folder(path, depth+1)
}

func isMaildir(entries []fs.DirEntry) bool {
	n := 0
	for _, entry := range entries {
		if entry.IsDir() && (entry.Name() == "cur" || entry.Name() == "new") {
			n++
		}
	}
	return n == 2
}

// isOfMaildir says whether an entry of a maildir belongs to it: its messages,
// and what mail servers note beside them.
func isOfMaildir(entry fs.DirEntry) bool {
	if entry.IsDir() {
		return entry.Name() == "cur" || entry.Name() == "new" || entry.Name() == "tmp"
	}
	return plain.HasAnyPrefix(entry.Name(), "dovecot", "courier", "maildir", "subscriptions")
}

func isCorpus(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(entries, func(entry fs.DirEntry) bool { return entry.Name() == jsonl.Utterances })
}

// isLeftOut says whether a file inside a folder or archive is passed over:
// hidden ones, and what saved pages bring along.
func isLeftOut(name string) bool {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "__MACOSX") {
		return true
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".woff", ".woff2", ".ttf", ".eot", ".map", ".mp4", ".webm", ".mp3", ".pdf":
		return true
	}
	return false
}

func fileSize(info fs.FileInfo) int64 {
	if !info.Mode().IsRegular() {
		return -1
	}
	return info.Size()
}

// openError says that path could not be opened, without naming it twice.
func openError(path string, err error) *input.Error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathErr.Err
	}
	return &input.Error{Path: path, Offset: -1, Err: err}
}
