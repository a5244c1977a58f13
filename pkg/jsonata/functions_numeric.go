package jsonata

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/jsonata/picture"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func numericFunctions() []Function {
	return []Function{
		{"number", "<(nsb)-:n>", number},
		{"abs", "<n-:n>", ofNumber(math.Abs)},
		{"floor", "<n-:n>", ofNumber(math.Floor)},
		{"ceil", "<n-:n>", ofNumber(math.Ceil)},
		{"round", "<n-n?:n>", round},
		{"sqrt", "<n-:n>", squareRoot},
		{"power", "<n-n:n>", power},
		{"random", "<:n>", random},
		{"formatNumber", "<n-so?:s>", formatNumber},
		{"formatBase", "<n-n?:s>", formatBase},
		{"formatInteger", "<n-s:s>", formatInteger},
		{"parseInteger", "<s-s:n>", parseInteger},
	}
}

// ofNumber makes a function of one number, which yields undefined for undefined.
func ofNumber(compute func(float64) float64) func(Call) (value.Value, error) {
	return func(c Call) (value.Value, error) {
		if !c.Has(0) {
			return value.Value{}, nil
		}
		return value.Float(compute(c.Arg(0).Float())), nil
	}
}

func number(c Call) (value.Value, error) {
	v := c.Arg(0)
	switch v.Kind() {
	case value.KindAbsent, value.KindNumber:
		return v, nil
	case value.KindBool:
		return value.Float(float64(count(v.Bool()))), nil
	}
	if f, ok := parseNumber(v.Str()); ok {
		return value.Float(f), nil
	}
	err := failure("D3030", v)
	err.Index = 1
	return value.Value{}, err
}

// parseNumber reads -?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)? or a number with the
// prefix 0x, 0o or 0b.
func parseNumber(text string) (float64, bool) {
	if len(text) > 2 && text[0] == '0' && strings.IndexByte("xXoObB", text[1]) >= 0 {
		return parsePrefixed(text)
	}
	rest := skipDigits(strings.TrimPrefix(text, "-"))
	if len(rest) == len(strings.TrimPrefix(text, "-")) {
		return 0, false
	}
	if fraction, ok := strings.CutPrefix(rest, "."); ok {
		if rest = skipDigits(fraction); rest == fraction {
			return 0, false
		}
	}
	if rest != "" && rest[0]|0x20 == 'e' {
		exponent := rest[1:]
		if exponent != "" && (exponent[0] == '+' || exponent[0] == '-') {
			exponent = exponent[1:]
		}
		if rest = skipDigits(exponent); rest == exponent {
			return 0, false
		}
	}
	f, _ := strconv.ParseFloat(text, 64)
	return f, rest == "" && !math.IsInf(f, 0)
}

func skipDigits(text string) string { return strings.TrimLeft(text, "0123456789") }

func parsePrefixed(text string) (float64, bool) {
	base := map[byte]float64{'x': 16, 'o': 8, 'b': 2}[text[1]|0x20]
	result := 0.0
	for _, c := range []byte(text[2:]) {
		digit := float64(hexDigit(c))
		if digit < 0 || digit >= base {
			return 0, false
		}
		result = result*base + digit
	}
	return result, !math.IsInf(result, 0)
}

func round(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	return value.Float(roundTo(c.Arg(0).Float(), c.Arg(1).Float())), nil
}

// roundTo rounds half to even at a number of decimal places. The point is
// shifted in the decimal text, since multiplying would bring in errors.
func roundTo(f, places float64) float64 {
	if places != 0 {
		f = shift(f, places)
	}
	rounded := math.RoundToEven(f)
	if places != 0 {
		rounded = shift(rounded, -places)
	}
	if rounded == 0 {
		return 0 // never -0
	}
	return rounded
}

// shift multiplies f by ten to the power of places in its decimal text. A
// number of places that is not an integer cannot be shifted by.
func shift(f, places float64) float64 {
	if places != math.Trunc(places) || math.IsInf(f, 0) {
		return math.NaN()
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	power, _ := strconv.ParseFloat(exponent, 64)
	shifted, _ := strconv.ParseFloat(mantissa+"e"+strconv.FormatFloat(power+places, 'f', 0, 64), 64)
	return shifted
}

func squareRoot(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	if c.Arg(0).Float() < 0 {
		err := failure("D3060", c.Arg(0))
		err.Index = 1
		return value.Value{}, err
	}
	return value.Float(math.Sqrt(c.Arg(0).Float())), nil
}

func power(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	result := math.NaN()
	if c.Has(1) {
		result = pow(c.Arg(0).Float(), c.Arg(1).Float())
	}
	if math.IsInf(result, 0) || math.IsNaN(result) {
		err := failure("D3061", c.Arg(0))
		err.Index, err.Value2 = 1, c.Arg(1)
		return value.Value{}, err
	}
	return value.Float(result), nil
}

// pow raises to a power. Whole and half exponents, the usual ones, are computed
// exactly and rounded once, for math.Pow is off by some units in the last place.
func pow(base, exponent float64) float64 {
	doubled := math.Abs(2 * exponent)
	switch {
	case math.Abs(base) == 1 && math.IsInf(exponent, 0):
		return math.NaN() // ECMAScript differs from IEEE here
	case base == 0 || math.IsInf(base, 0) || math.IsNaN(base), !(doubled < 1<<40) || doubled != math.Trunc(doubled):
		return math.Pow(base, exponent)
	}
	const precision = 200
	power := new(big.Float).SetPrec(precision).SetFloat64(base)
	if math.Mod(doubled, 2) == 1 {
		if base < 0 {
			return math.NaN()
		}
		power.Sqrt(power)
	} else {
		doubled /= 2
	}
	result := big.NewFloat(1).SetPrec(precision)
	for n := uint64(doubled); n > 0; n >>= 1 {
		if n&1 == 1 {
			result.Mul(result, power)
		}
		power.Mul(power, power)
	}
	if exponent < 0 {
		if result.Sign() == 0 {
			return math.Inf(1)
		}
		result.Quo(big.NewFloat(1), result)
	}
	rounded, _ := result.Float64()
	return rounded
}

func random(c Call) (value.Value, error) { return value.Float(c.machine.randomFloat()), nil }

// fromPicture turns the outcome of a picture function into that of a call.
func (c Call) fromPicture(text string, err error) (value.Value, error) {
	if err != nil {
		return value.Value{}, pictureFailure(err)
	}
	return value.String(text), c.AllocateText(len(text))
}

func pictureFailure(err error) error {
	if e, ok := err.(*picture.Error); ok {
		failed := failure(e.Code, value.Value{})
		failed.Expected = e.Text
		return failed
	}
	return err
}

func formatNumber(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	symbols := map[string]string{}
	for _, member := range c.Arg(2).Members() {
		symbols[member.Key] = member.Value.Str()
	}
	return c.fromPicture(picture.FormatNumber(c.Arg(0).Float(), c.Arg(1).Str(), symbols))
}

func formatBase(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	radix := 10.0
	if c.Has(1) {
		radix = roundTo(c.Arg(1).Float(), 0)
	}
	if radix < 2 || radix > 36 || math.IsNaN(radix) {
		return value.Value{}, failure("D3100", value.Float(radix))
	}
	return value.String(inBase(roundTo(c.Arg(0).Float(), 0), int(radix))), nil
}

// inBase writes an integer in a base.
func inBase(f float64, radix int) string {
	if math.Abs(f) < 1<<63 {
		return strconv.FormatInt(int64(f), radix)
	}
	if radix == 10 {
		return string(value.AppendFloat(nil, f))
	}
	exact, _ := new(big.Float).SetFloat64(f).Int(nil)
	return exact.Text(radix)
}

func formatInteger(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	return c.fromPicture(picture.FormatInteger(c.Arg(0).Float(), c.Arg(1).Str()))
}

func parseInteger(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	f, err := picture.ParseInteger(c.Arg(0).Str(), c.Arg(1).Str())
	if err != nil {
		return value.Value{}, pictureFailure(err)
	}
	return value.Float(f), nil
}
