//go:build unix

package journal

import (
	"os"
	"syscall"
)

// lock keeps a second run away for as long as the file is open; the system
// lets go of it when the process ends, however it does.
func lock(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
