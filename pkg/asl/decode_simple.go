package asl

// decodePass reads the fields of a Pass. Its Result is taken as it stands, even
// when it looks like a Payload Template.
func (d *decoder) decodePass(o *object) *PassFields {
	return &PassFields{Result: o.expression("Result")}
}

// decodeWait reads the fields of a Wait, of which the table wants exactly one.
func (d *decoder) decodeWait(o *object) *WaitFields {
	return &WaitFields{
		Seconds:       o.expression("Seconds"),
		Timestamp:     o.expression("Timestamp"),
		SecondsPath:   o.expression("SecondsPath"),
		TimestampPath: o.expression("TimestampPath"),
	}
}

// decodeFail reads the fields of a Fail.
func (d *decoder) decodeFail(o *object) *FailFields {
	return &FailFields{
		Error:     o.expression("Error"),
		Cause:     o.expression("Cause"),
		ErrorPath: o.expression("ErrorPath"),
		CausePath: o.expression("CausePath"),
	}
}
