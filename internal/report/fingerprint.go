package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// fingerprints gives findings names that survive edits elsewhere in the file:
// they hold no line numbers. Findings that are alike are numbered, because
// consumers drop what they think they have seen.
type fingerprints struct{ seen map[string]int }

func newFingerprints() fingerprints { return fingerprints{map[string]int{}} }

func (f fingerprints) of(p place) string {
	key := fmt.Sprintf("%q %q %q %q", p.file.Name, p.Rule, p.State, p.Message)
	f.seen[key]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", key, f.seen[key]))
	return hex.EncodeToString(sum[:16])
}
