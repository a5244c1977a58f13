package value

// JavaRandom is the generator of java.util.Random: a given seed yields the
// numbers that the service yields for it. It is not safe for concurrent use.
type JavaRandom struct{ state int64 }

const (
	javaMultiplier = 0x5DEECE66D
	javaAddend     = 0xB
	javaMask       = 1<<48 - 1
)

// NewJavaRandom returns the generator that new java.util.Random(seed) is.
func NewJavaRandom(seed int64) *JavaRandom {
	return &JavaRandom{(seed ^ javaMultiplier) & javaMask}
}

func (r *JavaRandom) next(bits uint) int32 {
	r.state = (r.state*javaMultiplier + javaAddend) & javaMask
	return int32(r.state >> (48 - bits))
}

// Float64 is nextDouble: a number in [0, 1).
func (r *JavaRandom) Float64() float64 {
	high := int64(r.next(26)) << 27
	return float64(high+int64(r.next(27))) / (1 << 53)
}

// Intn is nextInt(bound): a number in [0, bound), 0 when bound is not positive.
func (r *JavaRandom) Intn(bound int32) int32 {
	if bound <= 0 {
		return 0
	}
	bits := r.next(31)
	if bound&-bound == bound {
		return int32(int64(bound) * int64(bits) >> 31)
	}
	for bits-bits%bound+(bound-1) < 0 {
		bits = r.next(31)
	}
	return bits % bound
}
