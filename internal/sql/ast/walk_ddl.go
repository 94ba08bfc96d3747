package ast

// Written by walkgen/run.go from the structs.
