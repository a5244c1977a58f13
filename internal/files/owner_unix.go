//go:build unix

package files

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives a file the owner and group of another. Only root may give
// files away; the group alone can be kept by its members.
func keepOwner(file *os.File, info fs.FileInfo) {
	status, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return
	}
	if file.Chown(int(status.Uid), int(status.Gid)) != nil {
		_ = file.Chown(-1, int(status.Gid))
	}
}

// links returns how many names a file has.
func links(info fs.FileInfo) uint64 {
	if status, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(status.Nlink) // its type differs between systems
	}
	return 1
}
