package value_test

import (
	"fmt"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func TestObjectsOfAnArenaKeepTheirMembers(t *testing.T) {
	var arena value.Arena
	arena.Reserve(3, 1)
	var made []value.Value
	for n := range 60 {
		members := arena.Members(n)
		for i := range members {
			members[i] = value.Member{Key: fmt.Sprint(i), Value: value.Int(int64(n))}
		}
		made = append(made, arena.Object(members))
	}
	for n, v := range made {
		if v.Len() != n || n > 0 && v.Get(fmt.Sprint(n-1)).Compact() != fmt.Sprint(n) {
			t.Errorf("object %d is %s", n, v.Compact())
		}
	}
	if members, objects := arena.Used(); members != 59*60/2 || objects < 30 {
		t.Errorf("%d members and %d objects were handed out", members, objects)
	}
}
