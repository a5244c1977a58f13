package picture

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestNumbersThatNoJSONHolds(t *testing.T) {
	for _, test := range []struct {
		number float64
		want   string
	}{{math.NaN(), "NaN"}, {math.Inf(1), "(∞)"}, {math.Inf(-1), "-(∞)"}} {
		got, err := FormatNumber(test.number, "(0.0e0)", map[string]string{"infinity": "∞"})
		if err != nil || got != test.want {
			t.Errorf("%v: %q %v", test.number, got, err)
		}
		if _, err := FormatInteger(test.number, "w"); err == nil {
			t.Errorf("%v as an integer", test.number)
		}
		if _, err := FormatTime(test.number, nil, ""); err == nil {
			t.Errorf("%v as a time", test.number)
		}
	}
}

func TestExtremePicturesStayWithinBounds(t *testing.T) {
	for _, picture := range []string{"[Y,999999999-999999999]", "[M,*-999999999]", "[D99999999999,5]", "[f,1000000]"} {
		text, err := FormatTime(0, &picture, "")
		if err != nil || len(text) > 2*maxWidth {
			t.Errorf("%s: %d bytes, %v", picture, len(text), err)
		}
	}
	if _, err := FormatInteger(1e300, "I"); err == nil {
		t.Error("a Roman numeral of 1e297 letters")
	}
	for _, picture := range []string{"w", "a", "0", "#,##0"} {
		if text, err := FormatInteger(1e300, picture); err != nil || len(text) > 2000 {
			t.Errorf("%s: %d bytes, %v", picture, len(text), err)
		}
	}
}

func TestWeeksBelongToTheMonthOfTheirThursday(t *testing.T) {
	for _, test := range []struct{ day, want string }{
		{"2005-01-01", "2004-W53 12/5"},
		{"2018-12-31", "2019-W1 1/1"},
		{"2018-04-29", "2018-W17 4/4"},
		{"2018-05-01", "2018-W18 5/1"},
	} {
		day, err := time.Parse("2006-01-02", test.day)
		if err != nil {
			t.Fatal(err)
		}
		picture := "[X]-W[W] [x]/[w]"
		got, err := FormatTime(float64(day.UnixMilli()), &picture, "")
		if err != nil || got != test.want {
			t.Errorf("%s: want %s, got %s %v", test.day, test.want, got, err)
		}
	}
}

func TestTimesAreReadBackAsTheyWereWritten(t *testing.T) {
	now := time.Unix(0, 0)
	for _, picture := range []string{
		"[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z]", "[Y] [MNn] [Dw] [h]:[m]:[s].[f001] [P]", "[Y]/[d] ",
		"[YI].[M].[D1o]", "[Y0001][M01][D01]", "[Yw], [MNn,*-3] [Dwo] [H] [m] [s] [f]",
	} {
		for _, millis := range []float64{0, 951782400000, 1582934400000, 4102444799999} {
			text, err := FormatTime(millis, &picture, "")
			if err != nil {
				t.Fatal(picture, err)
			}
			read, ok, err := ParseTime(text, picture, now)
			again, _ := FormatTime(read, &picture, "")
			if !ok || err != nil || again != text {
				t.Errorf("%s: %s is read as %f (%v %v) and written as %s", picture, text, read, ok, err, again)
			}
		}
	}
}

func TestWordsAreReadBack(t *testing.T) {
	for _, number := range []float64{0, 7, 13, 20, 21, 99, 100, 101, 123, 999, 1000, 1001, 12345, 100000, 1234567, 1e9, 7e12} {
		for _, picture := range []string{"w", "W;o", "Ww", "#,##0", "0;o", "000"} {
			text, err := FormatInteger(number, picture)
			if err != nil {
				t.Fatal(err)
			}
			if read, err := ParseInteger(text, picture); err != nil || read != number {
				t.Errorf("%s: %q is read as %f %v", picture, text, read, err)
			}
		}
	}
}

func FuzzPictures(f *testing.F) {
	f.Add(1234.5, "#,##0.00;(0e0)", "1,234")
	f.Add(1.5e12, "[Y]-[M01,2-4]-[DWwo] [FNn,*-3] [h]:[m][P] [Z01:01t]", "2017-08-21")
	f.Add(-12.0, "w;o", "minus twelve")
	f.Fuzz(func(t *testing.T, number float64, picture, text string) {
		formatted, _ := FormatNumber(number, picture, nil)
		integer, _ := FormatInteger(number, picture)
		stamp, _ := FormatTime(number, &picture, text)
		if longest := max(len(formatted), len(integer), len(stamp)); longest > 100_000+1000*len(picture) {
			t.Errorf("%d bytes of a picture of %d", longest, len(picture))
		}
		_, _ = ParseInteger(text, picture)
		_, _, _ = ParseTime(text, picture, time.Unix(0, 0))
		_, _ = ParseISO(text)
		if strings.Contains(stamp, "%!") {
			t.Error(stamp)
		}
	})
}
