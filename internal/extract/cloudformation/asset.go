package cloudformation

import (
	"path"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// asset returns the local file behind a location in S3: one that the AWS CDK
// uploads, which the metadata of the resource or the manifest of assets beside
// the template names; "" when there is none.
func (t *template) asset(location, resource *syntax.Object) string {
	if name := text(object(resource.Get("Metadata")).Get("aws:asset:path")); name != "" {
		return name
	}
	key, ok := location.Get("Key").(*syntax.String)
	if !ok || t.tree.Tag(key) != "" {
		return ""
	}
	hash := strings.TrimSuffix(path.Base(key.Value), path.Ext(key.Value))
	base := path.Base(t.file.Name)
	manifest := strings.TrimSuffix(base, ".template.json")
	if manifest == base {
		return ""
	}
	file, err := t.request.Project.Open(t.file, manifest+".assets.json")
	if err != nil {
		return ""
	}
	root := object(syntax.ParseJSON(file).Root)
	entry := object(object(root.Get("files")).Get(hash))
	return text(object(entry.Get("source")).Get("path"))
}
