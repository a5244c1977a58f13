package diag

import "testing"

func TestSuggestFindsWhatWasMeant(t *testing.T) {
	fields := []string{"Next", "End", "InputPath", "OutputPath", "ResultPath", "Resource"}
	tests := []struct{ name, want string }{
		{"Nxt", "Next"},
		{"next", "Next"},
		{"Ned", "End"},
		{"resultpath", "ResultPath"},
		{"ResultsPath", "ResultPath"},
		{"Resuorce", "Resource"},
		{"Choices", ""},
		{"", ""},
		{"X", ""},
	}
	for _, test := range tests {
		if got := Suggest(test.name, fields); got != test.want {
			t.Errorf("Suggest(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}

func TestSwappedLettersAreOneEdit(t *testing.T) {
	if got := editDistance("Chioce", "Choice", 9); got != 1 {
		t.Errorf("distance = %d, want 1", got)
	}
}
