package main

import "testing"

func TestNamesAreSpeltAsStepFunctionsDoes(t *testing.T) {
	for _, test := range []struct {
		rule       func(string) string
		name, want string
	}{
		{memberName, "DBInstanceIdentifier", "DbInstanceIdentifier"},
		{memberName, "awsvpcConfiguration", "AwsvpcConfiguration"},
		{memberName, "SSEKMSKeyId", "SsekmsKeyId"},
		{memberName, "ETag", "ETag"},
		{memberName, "ARN", "Arn"},
		{memberName, "VolumeSizeInGB", "VolumeSizeInGB"},
		{memberName, "S3Bucket", "S3Bucket"},
		{memberName, "EC2InstanceId", "Ec2InstanceId"},
		{actionName, "DescribeDBInstances", "describeDBInstances"},
		{errorName, "DBInstanceNotFoundFault", "DbInstanceNotFoundException"},
		{errorName, "NoSuchKey", "NoSuchKeyException"},
		{errorName, "KMSInvalidStateException", "KmsInvalidStateException"},
		{servicePrefix, "Elastic Load Balancing v2", "ElasticLoadBalancingV2"},
		{servicePrefix, "Config Service", "Config"},
		{servicePrefix, "ACM PCA", "AcmPca"},
	} {
		if got := test.rule(test.name); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestJavaWordsGetASuffix(t *testing.T) {
	if got := memberNames("PolicyDefinition", "static"); got[0] != "StaticValue" {
		t.Errorf("got %v", got)
	}
}

// The guide lists names and prefixes; the rules must lead from the models to
// them, or a model would not find its service.
func TestGuidePrefixesFollowFromTheRules(t *testing.T) {
	exceptions := 0
	for name, prefix := range guideServices() {
		if got := servicePrefix(prefix); got != prefix {
			exceptions++
			t.Logf("%s: %s by rule, %s in the guide", name, got, prefix)
		}
	}
	if exceptions > 3 {
		t.Errorf("%d prefixes do not follow", exceptions)
	}
}
