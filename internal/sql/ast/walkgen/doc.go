// Package walkgen writes the Position and slots methods of the nodes of package ast from their structs: every struct
// whose first field is Pos is a node. It knows Go's syntax only.
package walkgen
