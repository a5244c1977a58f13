package intrinsic

import (
	"math"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// mathAdd rounds each argument half up, as Java's Math.round does, and adds;
// the sum must be a Java int.
func mathAdd(e *evaluation, c *Call, args []value.Value) (value.Value, error) {
	sum := math.Floor(args[0].Float()+0.5) + math.Floor(args[1].Float()+0.5)
	if sum > math.MaxInt32 || sum < math.MinInt32 {
		return value.Value{}, e.invalid(c)
	}
	return value.Int(int64(sum)), nil
}

// mathRandom returns an integer from start to below end, both without their
// fractions. A seed makes it the number of java.util.Random.
func mathRandom(e *evaluation, c *Call, args []value.Value) (value.Value, error) {
	if boundsMessage(args) != "" {
		return value.Value{}, e.invalid(c)
	}
	start, width := math.Trunc(args[0].Float()), math.Trunc(args[1].Float())-math.Trunc(args[0].Float())
	if len(args) < 3 {
		return value.Int(int64(start + math.Floor(e.env.Random()*width))), nil
	}
	random := value.NewJavaRandom(javaLong(args[2].Float()))
	if width <= math.MaxInt32 {
		return value.Int(int64(start) + int64(random.Intn(int32(width)))), nil
	}
	return value.Int(int64(start + math.Floor(random.Float64()*width))), nil
}

// javaLong converts as Java casts a double to a long: without the fraction,
// and to the nearest end of the range.
func javaLong(f float64) int64 {
	switch {
	case f >= 1<<63:
		return math.MaxInt64
	case f < -(1 << 63):
		return math.MinInt64
	}
	return int64(f)
}

func boundsMessage(args []value.Value) string {
	if math.Trunc(args[0].Float()) >= math.Trunc(args[1].Float()) {
		return "the start must be smaller than the end"
	}
	return ""
}
