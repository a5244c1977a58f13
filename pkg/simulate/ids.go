package simulate

import (
	"encoding/base64"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// What an execution is called when nobody says so.
const (
	defaultRegion  = "us-east-1"
	defaultAccount = "111111111111"
	defaultMachine = "StateMachine"
)

// uuid returns the next uuid (version 4) of the seeded sequence.
func (sim *simulation) uuid() string {
	const hex = "0123456789abcdef"
	var text [36]byte
	high, low := sim.random.Uint64(), sim.random.Uint64()
	high = high&^0xF000 | 0x4000
	low = low&^(0xC<<60) | 0x8<<60
	for i, digit := 0, 0; i < len(text); i++ {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			text[i] = '-'
			continue
		}
		word := high
		if digit >= 16 {
			word = low
		}
		text[i] = hex[word>>(60-4*(digit%16))&15]
		digit++
	}
	return string(text[:])
}

// token returns a task token: opaque and unique.
func (sim *simulation) token() string {
	var bytes [48]byte
	for i := range bytes {
		bytes[i] = byte(sim.random.Uint64())
	}
	return base64.StdEncoding.EncodeToString(bytes[:])
}

// complete fills in what an identity leaves open.
func (sim *simulation) complete(id Identity, kind asl.WorkflowType) Identity {
	if id.Region != "" && id.Account != "" && id.MachineName != "" {
		// Everything that an ARN could tell is known.
	} else if parts := strings.Split(id.MachineARN, ":"); len(parts) >= 7 {
		id.Region, id.Account = orElse(id.Region, parts[3]), orElse(id.Account, parts[4])
		id.MachineName = orElse(id.MachineName, parts[6])
	}
	if id.Account == "" {
		if parts := strings.Split(id.RoleARN, ":"); len(parts) >= 6 {
			id.Account = parts[4]
		}
	}
	id.Region, id.Account = orElse(id.Region, defaultRegion), orElse(id.Account, defaultAccount)
	id.MachineName = orElse(id.MachineName, defaultMachine)
	prefix := "arn:aws:states:" + id.Region + ":" + id.Account + ":"
	if id.MachineARN == "" {
		id.MachineARN = prefix + "stateMachine:" + id.MachineName
	}
	if id.ExecutionName == "" {
		id.ExecutionName = id.ExecutionARN[strings.LastIndexByte(id.ExecutionARN, ':')+1:]
	}
	if id.ExecutionName == "" {
		id.ExecutionName = sim.uuid()
	}
	if id.ExecutionARN == "" && kind == asl.Express {
		id.ExecutionARN = prefix + "express:" + id.MachineName + ":" + id.ExecutionName + ":" + sim.uuid()
	} else if id.ExecutionARN == "" {
		id.ExecutionARN = prefix + "execution:" + id.MachineName + ":" + id.ExecutionName
	}
	if id.RoleARN == "" {
		id.RoleARN = "arn:aws:iam::" + id.Account + ":role/" + id.MachineName + "-role"
	}
	if id.StartTime == "" {
		id.StartTime = sim.timestamp(sim.clock).Str()
	}
	return id
}

func orElse(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}

// mapRunARN makes the ARN of a run of a distributed Map.
func (x *Execution) mapRunARN(label string) string {
	return "arn:aws:states:" + x.identity.Region + ":" + x.identity.Account + ":mapRun:" +
		x.identity.MachineName + "/" + label + ":" + x.sim.uuid()
}
