package terraform

import (
	"errors"
	"regexp"

	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// functions are the functions of Terraform that only compute. Those that read
// files, the clock or chance are left out: what they give is not known.
var functions = map[string]function.Function{
	"abs": stdlib.AbsoluteFunc, "can": tryfunc.CanFunc, "ceil": stdlib.CeilFunc, "chomp": stdlib.ChompFunc,
	"chunklist": stdlib.ChunklistFunc, "coalesce": stdlib.CoalesceFunc, "compact": stdlib.CompactFunc,
	"concat": stdlib.ConcatFunc, "contains": stdlib.ContainsFunc, "distinct": stdlib.DistinctFunc,
	"element": stdlib.ElementFunc, "flatten": stdlib.FlattenFunc, "floor": stdlib.FloorFunc,
	"format": stdlib.FormatFunc, "formatlist": stdlib.FormatListFunc,
	"join": stdlib.JoinFunc, "jsondecode": stdlib.JSONDecodeFunc, "jsonencode": stdlib.JSONEncodeFunc,
	"keys": stdlib.KeysFunc, "length": stdlib.LengthFunc, "lookup": stdlib.LookupFunc, "lower": stdlib.LowerFunc,
	"max": stdlib.MaxFunc, "merge": stdlib.MergeFunc, "min": stdlib.MinFunc, "nonsensitive": same, "parseint": stdlib.ParseIntFunc,
	"range": stdlib.RangeFunc, "regex": stdlib.RegexFunc, "replace": stdlib.ReplaceFunc, "reverse": stdlib.ReverseListFunc,
	"sensitive": same, "setunion": stdlib.SetUnionFunc, "slice": stdlib.SliceFunc, "sort": stdlib.SortFunc,
	"split": stdlib.SplitFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "title": stdlib.TitleFunc,
	"tobool": stdlib.MakeToFunc(cty.Bool), "tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
	"tomap": stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)), "tonumber": stdlib.MakeToFunc(cty.Number),
	"toset": stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)), "tostring": stdlib.MakeToFunc(cty.String),
	"trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimspace": stdlib.TrimSpaceFunc,
	"trimsuffix": stdlib.TrimSuffixFunc, "try": tryfunc.TryFunc, "upper": stdlib.UpperFunc, "values": stdlib.ValuesFunc,
	"zipmap": stdlib.ZipmapFunc,
}

// same gives back its argument.
var same = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true}},
	Type:   func(arguments []cty.Value) (cty.Type, error) { return arguments[0].Type(), nil },
	Impl:   func(arguments []cty.Value, _ cty.Type) (cty.Value, error) { return arguments[0], nil },
})

// boundedFunctions are the functions, which refuse to make something huge of
// something small.
var boundedFunctions = bounded(functions)

func bounded(all map[string]function.Function) map[string]function.Function {
	result := make(map[string]function.Function, len(all))
	for name, f := range all {
		result[name] = function.New(&function.Spec{
			Params: f.Params(), VarParam: f.VarParam(),
			Type: func(arguments []cty.Value) (cty.Type, error) {
				if isHuge(name, arguments) {
					return cty.DynamicPseudoType, errors.New("the result would be too large")
				}
				return f.ReturnTypeForValues(arguments)
			},
			Impl: func(arguments []cty.Value, _ cty.Type) (cty.Value, error) { return f.Call(arguments) },
		})
	}
	return result
}

// wide matches a verb of format that pads its value.
var wide = regexp.MustCompile(`%[^%a-zA-Z]*([0-9]{4}|\*)`)

// isHuge reports whether the result of a function could exceed what a
// definition can be.
func isHuge(name string, arguments []cty.Value) bool {
	total, product := 0, 1
	for _, argument := range arguments {
		argument, _ = argument.UnmarkDeep()
		size := sizeOf(argument, maxSize)
		total += size
		product *= min(size, maxSize)
		if product > maxSize*maxSize {
			product = maxSize * maxSize
		}
	}
	switch name {
	case "replace", "join":
		return product > 16*maxSize
	case "format", "formatlist":
		first := arguments[0]
		return total > maxSize || !first.IsKnown() || first.IsNull() || first.Type() != cty.String || wide.MatchString(first.AsString())
	}
	return total > maxSize
}
