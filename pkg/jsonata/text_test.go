package jsonata_test

import "testing"

func TestHalvesOfCharactersJoinAgain(t *testing.T) {
	checkRows(t, "", nil, []row{
		{`$join($split("a😀b", ""))`, `"a😀b"`},
		{`$count($split("a😀b", ""))`, "4"},
		{`"\ud83d" & "\ude00"`, `"😀"`},
		{`"\ud83d\ude00" = "😀"`, "true"},
		{`$length("\ud83d" & "x")`, "2"},
		{`"\ud83d" & "\ude00\ud83d" & "\ude00"`, `"😀😀"`},
		{`"퟿" & "퟿"`, `"퟿퟿"`},
		{`$substring("😀é", 1)`, `"é"`},
		{`"\ue000" > "😀"`, "true"}, // by UTF-16 units
	})
}

func TestNumbersAsTextHaveFifteenDigits(t *testing.T) {
	checkRows(t, "", nil, []row{
		{`$string(1/3)`, `"0.333333333333333"`},
		{`0.1 + 0.2 & ""`, `"0.3"`},
		{`0.1 + 0.2`, "0.30000000000000004"},
		{`5890840712243076 & ""`, `"5890840712243076"`}, // whole numbers in full, as in later releases
		{`1e21 & ""`, `"1e+21"`},
		{`1e-7 & ""`, `"1e-7"`},
		{`123456789.123456789 & ""`, `"123456789.123457"`},
	})
}
