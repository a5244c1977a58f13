package simulate

import (
	"context"
	"time"
)

// How an execution runs
//
// A [frame] is one thread of control: the top level of an execution, a branch
// of a Parallel, an iteration of a Map. A frame is always in some state, and
// never runs by itself: what is to happen with it stands in the agenda as a
// turn, "at this time, take this step with this frame". The simulation takes
// one turn after the other, in the order of their times and, at one time, in
// the order in which they were put there. That makes concurrent frames take
// turns fairly, and every run of the same program the same.
//
// A step runs to the next point where the service would wait: for a task to
// start, for its answer, for a delay, for other frames. It writes events,
// and puts the turn that goes on from there in the agenda. Time only passes
// between turns, when nothing is left to do now: the clock then jumps to the
// time of the next turn. So a Wait of a year costs nothing, and yet whatever
// else is due during that year happens first.
//
// A turn is void when its frame has been ended, aborted or given another turn
// instead, as when a task is answered before its timeout: every frame counts
// its generations, and a turn is for one of them.

// step is what a turn does with its frame.
type step uint8

const (
	stepEnter       step = iota // enter the state that the frame points at
	stepTaskStart               // the scheduled task starts
	stepTaskEnd                 // the task answers, fails or is timed out
	stepTaskFailed              // the failure of the task is dealt with
	stepWaitEnd                 // the Wait is over
	stepAttempt                 // try the state again after the delay of a Retrier
	stepChildEnd                // a nested execution that the task waits for has ended
	stepTimeLimit               // the execution runs out of time
	stepMapDispatch             // a distributed Map starts more child executions
)

// turn is one entry of the agenda.
type turn struct {
	at         time.Duration // virtual time since the epoch
	order      uint64        // of insertion
	frame      *frame
	generation uint32
	step       step
}

// agenda is the queue of turns: those due now in a ring, the later ones in a heap.
type agenda struct {
	now   []turn // from head on
	head  int
	later []turn // a binary heap by time and order
	order uint64
}

// put adds a turn, due now or later.
func (a *agenda) put(clock time.Duration, t turn) {
	a.order++
	t.order = a.order
	if t.at <= clock {
		a.now = append(a.now, t)
		return
	}
	a.later = append(a.later, t)
	a.up(len(a.later) - 1)
}

// next returns the turn to take and when it is due. Those of a later time
// become due together, so that what they bring about comes behind them.
func (a *agenda) next() (turn, bool) {
	if a.head == len(a.now) {
		a.now, a.head = a.now[:0], 0
		if len(a.later) == 0 {
			return turn{}, false
		}
		for at := a.later[0].at; len(a.later) > 0 && a.later[0].at == at; {
			a.now = append(a.now, a.pop())
		}
	}
	t := a.now[a.head]
	a.head++
	if a.head > 1024 && a.head*2 > len(a.now) {
		a.now = a.now[:copy(a.now, a.now[a.head:])]
		a.head = 0
	}
	return t, true
}

func (a *agenda) before(i, j int) bool {
	if a.later[i].at != a.later[j].at {
		return a.later[i].at < a.later[j].at
	}
	return a.later[i].order < a.later[j].order
}

func (a *agenda) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !a.before(i, parent) {
			return
		}
		a.later[i], a.later[parent] = a.later[parent], a.later[i]
		i = parent
	}
}

func (a *agenda) pop() turn {
	first, last := a.later[0], len(a.later)-1
	a.later[0] = a.later[last]
	a.later = a.later[:last]
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < last; child++ {
			if a.before(child, least) {
				least = child
			}
		}
		if least == i {
			return first
		}
		a.later[i], a.later[least] = a.later[least], a.later[i]
		i = least
	}
}

// checkEvery is how many turns pass between two looks at the context.
const checkEvery = 1024

// run takes turns until the first execution has ended and nothing is left that
// it started. An error is a failure of the surroundings, never of the workflow.
func (sim *simulation) run(ctx context.Context) error {
	sim.ctx = ctx
	for turns := 1; sim.err == nil; turns++ {
		if turns%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if !sim.takeTurn() {
			break
		}
	}
	return sim.err
}

// takeTurn takes the next turn; false when there is none.
func (sim *simulation) takeTurn() bool {
	t, any := sim.agenda.next()
	if !any {
		return false
	}
	f := t.frame
	if f.generation != t.generation || f.x.ended {
		return true
	}
	if t.at > sim.clock {
		sim.clock = t.at
	}
	f.x.step(f, t.step)
	return true
}

// later gives the frame its next turn after a delay. All turns it had are void.
func (sim *simulation) later(f *frame, delay time.Duration, s step) {
	f.generation++
	sim.also(f, delay, s)
}

// also gives the frame another turn beside the one it has. When the execution's
// time is over before the delay is, that is what happens instead.
func (sim *simulation) also(f *frame, delay time.Duration, s step) {
	at := sim.clock + delay
	if at > f.x.deadline {
		at, s = f.x.deadline, stepTimeLimit
	}
	sim.agenda.put(sim.clock, turn{at: at, frame: f, generation: f.generation, step: s})
}

// step takes a step with a frame.
func (x *Execution) step(f *frame, s step) {
	switch s {
	case stepEnter:
		x.enter(f)
	case stepTaskStart:
		x.taskStart(f)
	case stepTaskEnd:
		x.taskEnd(f)
	case stepTaskFailed:
		x.fail(f, f.task.failure)
	case stepWaitEnd:
		x.waitEnd(f)
	case stepAttempt:
		x.attempt(f)
	case stepChildEnd:
		x.childEnd(f)
	case stepTimeLimit:
		x.timeLimit()
	case stepMapDispatch:
		x.mapDispatch(f)
	}
}
