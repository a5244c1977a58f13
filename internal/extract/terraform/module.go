// Package terraform reads the state machines of Terraform modules: resources of
// type aws_sfn_state_machine, and definitions handed to modules. Nothing is
// executed; what only a run of Terraform knows becomes a placeholder.
package terraform

import (
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

const machineType = "aws_sfn_state_machine"

// module is all files of one directory, which Terraform reads as one.
type module struct {
	request   *host.Request
	files     map[string]*syntax.File         // by name
	faults    map[*syntax.File][]syntax.Error // of the notation
	blocks    map[*syntax.File][]*hclsyntax.Block
	locals    map[string]hclsyntax.Expression
	variables map[string]*hclsyntax.Block
	settings  map[string]hclsyntax.Expression // of terraform.tfvars
	resources map[string]*hclsyntax.Block     // by "type.name", data sources by "data.type.name"
	depth     int                             // of references being followed
	loops     int                             // of collections that are not known
	steps     int                             // references followed so far
	values    map[string]known                // of local values and variables
	shown     map[hclsyntax.Expression]shown  // placeholders of what stands outside of any scope
	exceeded  bool                            // a bound kept something of the definition from being worked out
	quoted    bool                            // the template being read stands in quotes
}

// load reads the module that a file belongs to.
func load(request *host.Request) *module {
	m := &module{
		request: request, files: map[string]*syntax.File{}, faults: map[*syntax.File][]syntax.Error{},
		blocks: map[*syntax.File][]*hclsyntax.Block{}, locals: map[string]hclsyntax.Expression{},
		variables: map[string]*hclsyntax.Block{}, settings: map[string]hclsyntax.Expression{}, values: map[string]known{}, shown: map[hclsyntax.Expression]shown{}, resources: map[string]*hclsyntax.Block{},
	}
	m.add(request.File)
	for _, suffix := range []string{".tf", ".tf.json"} {
		for _, file := range request.Project.Files(request.File, suffix) {
			if m.files[file.Name] == nil {
				m.add(file)
			}
		}
	}
	for _, file := range request.Project.Files(request.File, ".tfvars") {
		base := filepath.Base(file.Name)
		if base == "terraform.tfvars" || strings.HasSuffix(base, ".auto.tfvars") {
			m.addSettings(file)
		}
	}
	return m
}

// parsed is the outcome of reading one file, which its modules share.
type parsed struct {
	body   *hclsyntax.Body
	faults []syntax.Error
}

type parsedKey struct{ file *syntax.File }

func (m *module) parse(file *syntax.File) parsed {
	return host.Cached(m.request.Project, parsedKey{file}, func() parsed {
		content, diagnostics := hclsyntax.ParseConfig(file.Src, file.Name, hcl.InitialPos)
		body, _ := content.Body.(*hclsyntax.Body)
		return parsed{body, faultsOf(file, diagnostics)}
	})
}

func faultsOf(file *syntax.File, diagnostics hcl.Diagnostics) []syntax.Error {
	var faults []syntax.Error
	for _, d := range diagnostics {
		if d.Severity != hcl.DiagError || d.Subject == nil {
			continue
		}
		faults = append(faults, syntax.Error{
			Span: spanOf(*d.Subject, file), Message: lowerFirst(d.Summary), Help: d.Detail,
		})
	}
	return faults
}

func lowerFirst(text string) string {
	if text == "" {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

func spanOf(r hcl.Range, file *syntax.File) syntax.Span {
	size := len(file.Src)
	start := min(max(0, r.Start.Byte), size)
	return syntax.Span{Start: start, End: min(max(start, r.End.Byte), size)}
}

func (m *module) add(file *syntax.File) {
	m.files[file.Name] = file
	p := parsed{}
	if strings.HasSuffix(file.Name, ".tf.json") {
		p = m.parseJSON(file)
	} else {
		p = m.parse(file)
	}
	m.faults[file] = p.faults
	if p.body == nil {
		return
	}
	m.blocks[file] = p.body.Blocks
	for _, block := range p.body.Blocks {
		switch {
		case block.Type == "locals":
			for name, attribute := range block.Body.Attributes {
				m.locals[name] = attribute.Expr
			}
		case block.Type == "variable" && len(block.Labels) == 1:
			m.variables[block.Labels[0]] = block
		case block.Type == "resource" && len(block.Labels) == 2:
			m.resources[block.Labels[0]+"."+block.Labels[1]] = block
		case block.Type == "data" && len(block.Labels) == 2:
			m.resources["data."+block.Labels[0]+"."+block.Labels[1]] = block
		}
	}
}

func (m *module) addSettings(file *syntax.File) {
	m.files[file.Name] = file
	if body := m.parse(file).body; body != nil {
		for name, attribute := range body.Attributes {
			m.settings[name] = attribute.Expr
		}
	}
}

// fileOf returns the file that an expression stands in.
func (m *module) fileOf(e hclsyntax.Expression) *syntax.File { return m.files[e.Range().Filename] }

// place returns where an expression stands; in another file, around stands for it.
func (m *module) place(e hclsyntax.Expression, file *syntax.File, around syntax.Span) syntax.Span {
	if of := m.fileOf(e); of == file {
		return spanOf(e.Range(), file)
	}
	return around
}

// source returns the text of an expression, for the names of placeholders.
func (m *module) source(e hclsyntax.Expression) string {
	file := m.fileOf(e)
	if file == nil {
		return "value"
	}
	return strings.Join(strings.Fields(file.Text(spanOf(e.Range(), file))), " ")
}
