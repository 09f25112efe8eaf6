package lexicon

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files are the names of a lexicon's files; a user's folder may hold any of
// them.
var Files = []string{"actors.toml", "topics.toml", "cues.toml", "news.toml", "tone.toml", "valence.tsv"}

// replace is the first line of a file that stands in place of the earlier
// ones of its name and is not laid over them.
const replace = "replace = true"

// replaceNote is what Init writes above a file.
const replaceNote = replace + " # this file stands in place of the built-in one; without this line it is laid over it\n"

// Init writes the embedded files into a folder, made if it is not there, for
// a user to edit. Where one of them is there already it writes none.
func Init(dir string) error {
	for _, name := range Files {
		path := filepath.Join(dir, name)
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("%s is there already; name a folder that holds no lexicon, or move the file away", path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, name := range Files {
		data, err := embedded.ReadFile(name)
		if err != nil {
			return err
		}
		note := replaceNote
		if name == "valence.tsv" {
			note = "# " + note
		}
		file, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return err
		}
		_, err = file.Write(append([]byte(note), data...))
		if err = errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}

// sourceFile is one file of the lexicon as it was read.
type sourceFile struct {
	path string // for errors
	name string // one of Files
	data []byte
}

// maxFile is how large a lexicon file may be.
const maxFile = 32 << 20

// builtIn returns the embedded files.
func builtIn() []*sourceFile {
	var list []*sourceFile
	for _, name := range Files {
		data, err := embedded.ReadFile(name)
		if err != nil {
			panic(err) // Files are those that are embedded
		}
		list = append(list, &sourceFile{path: name, name: name, data: data})
	}
	return list
}

// lay lays a file over those of a list, or puts it in place of those of its name.
func lay(list []*sourceFile, path, name string, data []byte) []*sourceFile {
	f := &sourceFile{path: path, name: name, data: bytes.TrimPrefix(data, []byte("\ufeff"))}
	if f.replaces() {
		list = slices.DeleteFunc(list, func(earlier *sourceFile) bool { return earlier.name == name })
	}
	return append(list, f)
}

// files returns the embedded files and those of the folders, in the order in
// which they are laid over one another, and what could not be read.
func files(dirs []string) ([]*sourceFile, []error) {
	list := builtIn()
	var errs []error
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err != nil {
			errs = append(errs, err)
			continue
		} else if !info.IsDir() {
			errs = append(errs, fmt.Errorf("%s is no folder; name the folder that holds the lexicon files", dir))
			continue
		}
		found := false
		for _, name := range Files {
			path := filepath.Join(dir, name)
			info, err := os.Stat(path)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			found = true
			if err == nil && info.Size() > maxFile {
				err = fmt.Errorf("%s has %d bytes; a lexicon file may have %d", path, info.Size(), maxFile)
			}
			var data []byte
			if err == nil {
				data, err = os.ReadFile(path)
			}
			if err != nil {
				errs = append(errs, err)
				continue
			}
			list = lay(list, path, name, data)
		}
		errs = append(errs, strays(dir)...)
		if !found {
			errs = append(errs, fmt.Errorf("%s holds no lexicon file; it may hold any of %s (lexicon init writes them all)", dir, strings.Join(Files, ", ")))
		}
	}
	return list, errs
}

// strays names the files of a folder that seem to be a lexicon's by their ending and
// are none by their name.
func strays(dir string) (errs []error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return []error{err}
	}
	for _, entry := range entries {
		name := entry.Name()
		ending := strings.ToLower(filepath.Ext(name))
		if (ending == ".toml" || ending == ".tsv") && name[0] != '.' && !entry.IsDir() && !slices.Contains(Files, name) {
			errs = append(errs, fmt.Errorf("%s: no lexicon file has this name; there are %s", filepath.Join(dir, name), strings.Join(Files, ", ")))
		}
	}
	return errs
}

// replaces reports whether the file stands in place of the earlier ones.
func (f *sourceFile) replaces() bool {
	line, _, _ := bytes.Cut(f.data, []byte("\n"))
	text := string(line)
	if f.name == "valence.tsv" {
		text = strings.TrimPrefix(text, "# ")
	}
	text, _, _ = strings.Cut(text, "#")
	return strings.TrimSpace(text) == replace
}
