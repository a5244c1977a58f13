package format

import (
	"slices"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

func TestEveryFieldOfTheLanguageHasAPlace(t *testing.T) {
	tables := map[kind]*spec.Table{
		machine: &spec.Machine, branch: &spec.Branch, processor: &spec.Processor, processorConfig: &spec.ProcessorConfig,
		state: &spec.State, retrier: &spec.Retrier, catcher: &spec.Catcher, choiceRule: &spec.ChoiceRule,
		itemReader: &spec.ItemReader, readerConfig: &spec.ReaderConfig, itemBatcher: &spec.ItemBatcher,
		resultWriter: &spec.ResultWriter, writerConfig: &spec.WriterConfig,
	}
	for k, order := range orders {
		table := tables[k]
		if table == nil {
			t.Errorf("kind %d has an order, but no table", k)
			continue
		}
		for i := range table.Fields {
			if !slices.Contains(order, table.Fields[i].Name) {
				t.Errorf("%s: %s has no place", table.Name, table.Fields[i].Name)
			}
		}
		for i, name := range order {
			if slices.Index(order, name) != i || name != unknown && table.Find(name) == nil {
				t.Errorf("%s: %q stands twice, or is not a field", table.Name, name)
			}
		}
	}
	if len(orders) != len(tables) {
		t.Errorf("%d orders for %d tables", len(orders), len(tables))
	}
}
