// Package interp runs PL/pgSQL: it walks the tree that package plpgsql makes, keeps the variables and has every statement
// and expression of SQL in it prepared and run by its Host, with the variables as parameters.
//
// It must not know: how a statement is analysed, guarded, translated or stored; who called the function and why.
package interp
