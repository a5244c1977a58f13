package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

// drawWithGraphviz lets an installed Graphviz lay out and draw a picture.
func (d *drawer) drawWithGraphviz(g *graph.Graph, format render.Format, options render.Options) ([]byte, error) {
	var source, problem bytes.Buffer
	if err := render.Render(&source, render.DOT, g, options); err != nil {
		return nil, err
	}
	command := exec.CommandContext(d.ctx, "dot", "-T"+string(format))
	command.Dir, command.Stdin, command.Stderr = d.env.Dir, &source, &problem
	picture, err := command.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("--engine dot needs Graphviz, which is not installed; without the flag sfnctl draws by itself")
	}
	if err != nil {
		return nil, fmt.Errorf("dot: %w: %s", err, strings.TrimSpace(problem.String()))
	}
	return picture, nil
}
