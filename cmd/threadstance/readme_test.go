package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadme runs every command of the README's console blocks and compares
// what it prints with what the README shows. A line "..." there stands for any
// lines.
func TestReadme(t *testing.T) {
	const path = "../../README.md"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	shell := newShell(t)
	ran := 0
	block := regexp.MustCompile("(?s)```console\n(.*?)```\n")
	text := block.ReplaceAllStringFunc(string(data), func(fenced string) string {
		var b strings.Builder
		for _, step := range steps(block.FindStringSubmatch(fenced)[1]) {
			b.WriteString(step.prompt)
			if step.command == "go test ./..." { // that is what runs here
				b.WriteString(step.output)
				continue
			}
			ran++
			got := shell.run(step.command)
			if step.output != got && !matches(step.output, got) {
				if !*update {
					t.Errorf("%s\nprints\n%s\nand not\n%s", step.prompt, got, step.output)
				}
				step.output = got
			}
			b.WriteString(step.output)
		}
		return "```console\n" + b.String() + "```\n"
	})
	if ran < 10 {
		t.Errorf("the README has %d commands; are its blocks still found?", ran)
	}
	if *update && text != string(data) {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// step is a command as the README shows it.
type step struct {
	prompt  string // the lines with the command, as they stand
	command string
	output  string
}

// steps cuts a console block at its prompts: "$ ", and "> " for lines that go
// on.
func steps(block string) []step {
	var list []step
	for line := range strings.Lines(block) {
		n := len(list)
		switch {
		case strings.HasPrefix(line, "$ "):
			list = append(list, step{prompt: line, command: strings.TrimSpace(line[2:])})
		case n > 0 && strings.HasPrefix(line, "> ") && list[n-1].output == "":
			list[n-1].prompt += line
			list[n-1].command += "\n" + strings.TrimSuffix(line[2:], "\n")
		case n > 0:
			list[n-1].output += line
		}
	}
	return list
}

// matches reports whether got is what want shows, where "..." leaves lines
// out.
func matches(want, got string) bool {
	parts := strings.Split("\n"+want, "\n...\n")
	if len(parts) == 1 {
		return false
	}
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	return regexp.MustCompile("(?s)^" + strings.Join(parts, "\n(?:.*\n)?") + "$").MatchString("\n" + got)
}

// shell runs commands in a folder where the program and testdata are.
type shell struct {
	dir, bin string
}

func newShell(t *testing.T) *shell {
	s := &shell{t.TempDir(), t.TempDir()}
	self, err := os.Executable() // as testscript does: under the program's name it is the program
	if err != nil {
		t.Fatal(err)
	}
	testdata, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{filepath.Join(s.bin, "threadstance"): self, filepath.Join(s.dir, "testdata"): testdata} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// run returns what a command prints, on standard error too.
func (s *shell) run(command string) string {
	command = strings.ReplaceAll(command, "go run ./cmd/threadstance", "threadstance")
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "PATH="+s.bin+string(os.PathListSeparator)+os.Getenv("PATH"), "COLUMNS=", "NO_COLOR=1")
	out, _ := cmd.CombinedOutput() // a failing command shows what it says
	return string(out)
}
