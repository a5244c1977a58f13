package integrations

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func httpHeader() *lint.Rule {
	return &lint.Rule{
		Name: "http-header", Category: lint.Integrations, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "an HTTP task sets a header that Step Functions does not let it set",
		Requires: []lint.Prerequisite{allRequests},
		Run: func(p *lint.Pass) {
			for request := range requests(p) {
				if request.resource.IsHTTP() {
					checkHeaders(p, request)
				}
			}
		},
	}
}

func checkHeaders(p *lint.Pass, r *request) {
	sent, ok := r.sent.(*syntax.Object)
	if !ok {
		return
	}
	headers, ok := sent.Get("Headers").(*syntax.Object)
	if !ok {
		return
	}
	for _, header := range headers.Members {
		if name, _ := r.memberName(header.Key); isReservedHeader(name) {
			finding := diag.Diagnostic{
				Span:    header.Key.Span(),
				Message: fmt.Sprintf("%s sets the header %q, which HTTP tasks cannot set", r.subject(), name),
				Help:    "leave it out",
			}
			if strings.EqualFold(name, "Authorization") {
				finding.Help = "let the EventBridge connection add it: a connection holds the secret and never shows it in the history"
			}
			r.report(p, finding)
		}
	}
}

// reservedHeaders are set by Step Functions or by nobody. Source: Developer
// Guide, "Call HTTPS APIs in Step Functions workflows".
var reservedHeaders = strings.Fields(`a-im accept-charset accept-datetime accept-encoding authorization cache-control
	connection content-encoding content-md5 date expect forwarded from host http2-settings if-match if-modified-since
	if-none-match if-range if-unmodified-since max-forwards origin pragma proxy-authorization referer server te trailer
	transfer-encoding upgrade via warning`)

func isReservedHeader(name string) bool {
	name = strings.ToLower(name)
	for _, prefix := range []string{"x-forwarded-", "x-amz-", "x-amzn-"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return slices.Contains(reservedHeaders, name)
}
