package spec

import "testing"

func BenchmarkLookup(b *testing.B) {
	r := ParseResource("arn:aws:states:::aws-sdk:dynamodb:putItem")
	b.ReportAllocs()
	for b.Loop() {
		if _, verdict := Lookup(r); verdict != Known {
			b.Fatal(verdict)
		}
	}
}

func BenchmarkParseResource(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ParseResource("arn:${AWS::Partition}:states:::dynamodb:putItem.waitForTaskToken")
	}
}

func BenchmarkReadCatalogue(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		readCatalogue(apisFile)
	}
}

// BenchmarkFirstLookup measures what a process pays for the first task of a
// service: index, dictionary and the service itself.
func BenchmarkFirstLookup(b *testing.B) {
	for _, service := range []string{"sqs", "dynamodb", "s3", "ec2"} {
		b.Run(service, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c := readCatalogue(apisFile)
				c.services[service].decoded()
			}
		})
	}
}
