package catalog

// Partition strategies, with pg_partitioned_table.partstrat's letters.
const (
	RangePartitioning = "r"
	ListPartitioning  = "l"
	HashPartitioning  = "h"
)

// Partitioning is how a partitioned table finds the partition of a row.
type Partitioning struct {
	Strategy string     `json:"strategy"`
	Keys     []IndexKey `json:"keys"`
	// Leaves are all partitions below that hold rows, of a partitioned table that is a partition itself.
	Leaves []OID `json:"leaves,omitempty"`
}

// PartitionBound says which rows of its parent a partition holds. Values are in text output form.
type PartitionBound struct {
	Default bool `json:"default,omitempty"`
	// Values are those of a list partition; nil is NULL.
	Values []*string `json:"values,omitempty"`
	// From (inclusive) and To (exclusive) bound a range partition.
	From []BoundValue `json:"from,omitempty"`
	To   []BoundValue `json:"to,omitempty"`
	// Modulus and Remainder are those of a hash partition.
	Modulus   int `json:"modulus,omitempty"`
	Remainder int `json:"remainder,omitempty"`
	// Text is the bound as pg_get_expr prints it.
	Text string `json:"text"`
}

// BoundValue is one value of a range's bound: Infinite is -1 for MINVALUE, 1 for MAXVALUE, 0 for the value in Text.
type BoundValue struct {
	Infinite int    `json:"infinite,omitempty"`
	Text     string `json:"text,omitempty"`
}

// IsTable says whether rows are written to a relation as to a table: it is one, or a partitioned one.
func (r *Relation) IsTable() bool { return r.Kind == Table || r.Kind == PartitionedTable }

// Partitions gives the partitions of a table in the order they were made.
func (s *Snapshot) Partitions(parent OID) []*Relation {
	var out []*Relation
	for _, r := range s.Relations {
		if r.IsPartition && r.Parent == parent {
			out = append(out, r)
		}
	}
	return out
}
