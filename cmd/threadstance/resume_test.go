package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// A run that is killed and taken up again, however often, gives the bytes of
// an unbroken run.
func TestKilledRunsResume(t *testing.T) {
	s := newShell(t)
	folder := filepath.Join(s.dir, "threads")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		posts := ""
		for j := range 3 {
			posts += fmt.Sprintf(`{"thread":"t%d","id":"%d","author":"user %d","text":"The US is a bully, said number %d. I hate it."}`+"\n", i, j, (i+j)%7, i)
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%03d.jsonl", i)), []byte(posts), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, format := range []string{"jsonl", "json"} {
		want := s.run("threadstance analyze --limit 0 --format " + format + " threads")
		command := "threadstance analyze --limit 0 --journal run.journal --format " + format + " threads"
		r := rand.New(rand.NewPCG(1, 1))
		for range 4 {
			cmd := exec.Command(filepath.Join(s.bin, "threadstance"), "analyze", "--limit", "0", "--journal", "run.journal", "--format", format, "threads")
			cmd.Dir = s.dir
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(r.IntN(120)) * time.Millisecond)
			cmd.Process.Kill()
			cmd.Wait()
		}
		if got := s.run(command); got != want {
			t.Errorf("--format %s: after being killed it gives\n%.500s\nand not\n%.500s", format, got, want)
		}
	}
}
