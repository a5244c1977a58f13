package asl

import "github.com/sfnctl/sfnctl/pkg/asl/spec"

func (d *decoder) decodeParallel(o *object) *ParallelFields {
	parallel := &ParallelFields{}
	items, _ := o.items("Branches")
	defer d.pop(d.push("Branches"))
	for i, item := range items {
		region := &Region{Node: item, Owner: d.state, Index: i}
		parallel.Branches = append(parallel.Branches, region)
		mark := d.pushIndex(i)
		if body := d.asObject(item); body != nil {
			branch := d.open(body, &spec.Branch, 0, spec.Both)
			region.Comment = branch.text("Comment")
			d.decodeRegion(branch, region)
		}
		d.pop(mark)
	}
	return parallel
}
