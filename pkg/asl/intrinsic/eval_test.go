package intrinsic

import (
	"errors"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func mustValue(t testing.TB, text string) value.Value {
	t.Helper()
	v, err := value.ParseCompact(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

// TestFunctionsAnswerAsTheService lists answers of the service that its users
// published and the recordings, one function after the other.
func TestFunctionsAnswerAsTheService(t *testing.T) {
	tests := []struct{ call, input, want string }{
		{"States.Array()", `{}`, `[]`}, {"States.Array($.a, 'x', 1.50, null, true)", `{"a":{"b":[]}}`, `[{"b":[]},"x",1.50,null,true]`},
		{"States.ArrayPartition($, 4)", `[1,2,3,4,5,6,7,8,9]`, `[[1,2,3,4],[5,6,7,8],[9]]`}, {"States.ArrayPartition($, 2.6)", `[1,2,3,4,5]`, `[[1,2],[3,4],[5]]`}, {"States.ArrayPartition($, 5)", `[]`, `[]`},
		{"States.ArrayPartition($, 2147483648)", `[0]`, `[[0]]`},
		{"States.ArrayContains($.a, $.b)", `{"a":[[1,2,3],2],"b":[1,2,3]}`, `true`}, {"States.ArrayContains($, null)", `[]`, `false`}, {"States.ArrayContains($, null)", `[1,null]`, `true`}, {"States.ArrayContains($.a, $.b)", `{"a":[{"a":1,"b":2}],"b":{"b":2,"a":1}}`, `false`},
		{"States.ArrayContains($, true)", `["true"]`, `true`}, {"States.ArrayContains($, 9007199254740991)", `["9007199254740991"]`, `true`}, {"States.ArrayContains($, false)", `[0,1,-1,-1.5]`, `false`},
		{"States.ArrayRange(1, 9, 2)", `{}`, `[1,3,5,7,9]`}, {"States.ArrayRange(0, 10, 3)", `{}`, `[0,3,6,9]`}, {"States.ArrayRange(1, 9, 9)", `{}`, `[1]`}, {"States.ArrayRange(5, 1, 1)", `{}`, `[]`}, {"States.ArrayRange(5.4, -0.6, -2.4)", `{}`, `[5,3,1]`},
		{"States.ArrayRange(1.6, 1.4, 1)", `{}`, `[1]`}, {"States.ArrayLength(States.ArrayRange(1, 1000, 1))", `{}`, `1000`},
		{"States.ArrayGetItem($, 1.2)", `[10,20,30]`, `20`}, {"States.ArrayGetItem($, 999)", `[]`, `null`}, {"States.ArrayLength($)", `[1,[2,3]]`, `2`},
		{"States.ArrayUnique($)", `[1,2,3,3,3,4]`, `[1,2,3,4]`}, {"States.ArrayUnique($)", `[true,false,true]`, `[false,true]`}, {"States.ArrayUnique($)", `[null,null,1,null]`, `[null,1]`}, {"States.ArrayUnique($)", `[1,"1",1,"01"]`, `[1,"1","01"]`},
		{"States.ArrayUnique($)", `[[1,2],[1,2],[2,1]]`, `[[2,1],[1,2]]`}, {"States.ArrayUnique($)", `[{"a":1,"b":2},{"b":2,"a":1}]`, `[{"a":1,"b":2}]`}, {"States.ArrayUnique($)", `[1,1.0]`, `[1.0,1]`},
		{"States.Base64Encode('Data to encode')", `{}`, `"RGF0YSB0byBlbmNvZGU="`}, {"States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", `{}`, `"Data to encode"`}, {"States.Base64Decode(' YWJjZA== ')", `{}`, `"abcd"`}, {"States.Base64Decode('abc')", `{}`, `"i\uFFFD"`},
		{"States.Base64Decode('4pyT')", `{}`, `"✓"`}, {"States.Base64Decode('YWJj')", `{}`, `"abc"`}, {"States.Base64Decode('')", `{}`, `""`}, {"States.Base64Decode('YWJj=ZZZ')", `{}`, `"abc"`},
		{"States.Hash('hello', 'MD5')", `{}`, `"5d41402abc4b2a76b9719d911017c592"`}, {"States.Hash('input data', 'SHA-1')", `{}`, `"aaff4a450a104cd177d28d18d74485e8cae074b7"`}, {"States.Hash($.s, 'SHA-256')", `{"s":"✓"}`, `"1dabba21cdad44541f6b15796f8d22978fc7ea10c46aeceeeeb66c23b3ac7604"`},
		{"States.Hash(123, 'MD5')", `{}`, `"202cb962ac59075b964b07152d234b70"`}, {"States.Hash($, 'MD5')", `{ "a" : 1 }`, `"bb6cb5c68df4652941caf652a366f2d8"`},
		{"States.JsonMerge($.a, $.b, false)", `{"a":{"a":{"a1":1},"b":2,"d":3},"b":{"a":{"a3":1},"c":3,"d":4}}`, `{"a":{"a3":1},"b":2,"c":3,"d":4}`}, {"States.JsonMerge($.a, $.b, 'false')", `{"a":{},"b":{"Values":1,"Iterations":2}}`, `{"Values":1,"Iterations":2}`},
		{"States.JsonMerge($.b, $.a, false)", `{"a":{},"b":{"Iterations":2,"Values":1}}`, `{"Values":1,"Iterations":2}`},
		{"States.StringToJson(' {\"a\" : 1} ')", `{}`, `{"a":1}`}, {"States.StringToJson('')", `{}`, `null`}, {"States.StringToJson(' ')", `{}`, `null`}, {"States.StringToJson('-0')", `{}`, `0`}, {"States.JsonToString($)", `{"Arg1":1,"Arg2":[]}`, `"{\"Arg1\":1,\"Arg2\":[]}"`},
		{"States.JsonToString('x')", `{}`, `"\"x\""`}, {"States.JsonToString(null)", `{}`, `"null"`},
		{"States.MathAdd(1.5, 1.51)", `{}`, `4`}, {"States.MathAdd(-1.5, -1.51)", `{}`, `-3`}, {"States.MathAdd(-0.5, 0)", `{}`, `0`}, {"States.MathAdd(-2147483648, 0)", `{}`, `-2147483648`}, {"States.MathAdd(States.MathAdd($.x, 1), 2)", `{"x":5}`, `8`},
		{"States.MathRandom(1, 11)", `{}`, `6`}, {"States.MathRandom(1.6, 2.4)", `{}`, `1`}, {"States.MathRandom(0, 10, 42)", `{}`, `0`},
		{"States.StringSplit(',,,,', ',')", `{}`, `[]`}, {"States.StringSplit(' , ', ',')", `{}`, `[" "," "]`}, {"States.StringSplit('This.is+a,test=string', '.+,=')", `{}`, `["This","is","a","test","string"]`}, {"States.StringSplit('abc', '')", `{}`, `["abc"]`}, {"States.StringSplit('', ',')", `{}`, `[]`},
		{"States.UUID()", `{}`, `"b5c2ad8c-2a2f-4c5d-9f5e-1c9a4f7d2f11"`},
		{"States.Format('{}|{}|{}|{}', $.a, $.b, $.c, $.d)", `{"a":null,"b":false,"c":3.5,"d":9007199254740991}`, `"null|false|3.5|9007199254740991"`}, {"States.Format('{}', $)", `{"Arg1":1,"Arg2":[]}`, `"{Arg1=1, Arg2=[]}"`},
		{`States.Format('\{"{}":\'{}\'\}\\', 'k', 'v')`, `{}`, `"{\"k\":'v'}\\"`}, {"States.Format($.t, $.n)", `{"t":"n={} \\{x\\}","n":1}`, `"n=1 {x}"`}, {"States.Format('plain')", `{}`, `"plain"`}, {"States.Format('{}', States.StringToJson($.j))", `{"j":"\"x\""}`, `"\"x\""`},
		{"States.Format('s3://${Bucket}/{}', 'k')", `{}`, `"s3://${Bucket}/k"`}, {"States.Format('${}', 5)", `{}`, `"$5"`},
	}
	for _, test := range tests {
		got, err := mustParse(t, test.call).Eval(&testEnv{input: mustValue(t, test.input)})
		if want := mustValue(t, test.want).Compact(); err != nil || got.Compact() != want {
			t.Errorf("%s on %s: got %s %v, want %s", test.call, test.input, got, err, want)
		}
	}
}

func TestWrongArgumentsFail(t *testing.T) {
	input := `{"a":[1,2,3],"s":"x","n":1,"o":{},"long":"` + strings.Repeat("a", 10_001) + `"}`
	for _, text := range []string{
		"States.ArrayContains($.s, 1)", "States.ArrayPartition($.a, 0.6)", "States.ArrayPartition($.a, '2')", "States.ArrayRange(1, 1001, 1)", "States.ArrayRange(1, 10, 0.49)", "States.ArrayRange(1, 1e300, 1)", "States.ArrayRange(-1e308, 1e308, 1)",
		"States.ArrayGetItem($.a, 3)", "States.ArrayGetItem($.a, -1)", "States.ArrayGetItem($.a, '1')", "States.ArrayGetItem($.a, 1e300)", "States.ArrayUnique($.o)", "States.ArrayLength($.s)", "States.Base64Encode($.n)", "States.Base64Encode($.long)",
		"States.Base64Decode($.o)", "States.Base64Decode($.long)", "States.Hash($.long, 'MD5')", "States.Hash('a', 'sha-256')", "States.Hash('a', 1)", "States.JsonMerge($.o, $.a, false)", "States.JsonMerge($.o, $.o, true)", "States.StringToJson('{bad}')",
		"States.StringToJson($.o)", "States.MathAdd(2147483647, 1)", "States.MathAdd(true, 1)", "States.MathAdd('1', 1)", "States.MathRandom(1, 1)", "States.MathRandom(1.4, 1.6)", "States.MathRandom(1, 10, null)", "States.StringSplit($.n, ',')", "States.StringSplit('a', $.a)",
		"States.ArrayLength()", "States.MathAdd(1)", "States.UUID(1)", "States.Array(1, States.MathAdd(1))",
	} {
		_, err := mustParse(t, text).Eval(&testEnv{input: mustValue(t, input)})
		var failure *Failure
		if !errors.As(err, &failure) || !strings.HasPrefix(err.Error(), "The function '"+text+"' had the following error: Invalid arguments in States.") {
			t.Errorf("%s: got %v", text, err)
		}
	}
}

func TestABrokenTemplateSaysSo(t *testing.T) {
	for text, want := range map[string]string{
		"States.Format('Hello {', 1)": "matching '}' not found", "States.Format('Hello {{}}', 1)": "matching '}' not found", "States.Format('}')": "matching '{' not found",
		"States.Format('{} {}', 1)": "number of arguments", "States.Format('{}', 1, 2)": "number of arguments",
	} {
		_, err := mustParse(t, text).Eval(&testEnv{})
		var failure *Failure
		if !errors.As(err, &failure) || !strings.Contains(failure.Message, want) {
			t.Errorf("%s: got %v", text, err)
		}
	}
}

func TestAMissingArgumentIsExplainedInTheWordsOfTheService(t *testing.T) {
	input := mustValue(t, `{"other":1}`)
	for text, want := range map[string]string{
		"States.Format('{}',$.nope)":                      "The function 'States.Format('{}',$.nope)' had the following error: The JsonPath argument for the field '$.nope' could not be found in the input '{\"other\":1}'",
		"States.Format('{}', States.Format('{}', $.a.b))": "The function 'States.Format('{}', States.Format('{}', $.a.b))' had the following error: The JsonPath argument for the field '$.a.b' could not be found in the input '{\"other\":1}'",
		"States.Format('{}', $$.Nope.Deep)":               "The function 'States.Format('{}', $$.Nope.Deep)' had the following error: The JsonPath argument for the field '$.Nope.Deep' could not be found in the input '{\"other\":1}'",
		"States.Array($.other[0])":                        "The function 'States.Array($.other[0])' had the following error: Filter: [0] can only be applied to arrays. Current context is: 1",
	} {
		_, err := mustParse(t, text).Eval(&testEnv{input: input, context: value.Object()})
		var missing *PathError
		if !errors.As(err, &missing) || missing.Cause(input) != want {
			t.Errorf("%s: got %v", text, err)
		}
	}
}
