// Package numeric owns PostgreSQL's numeric: exact decimal numbers with a display scale, NaN and the infinities, their text
// form, arithmetic and functions. How many digits a result shows follows PostgreSQL's rules, which count digits in groups of
// four from the decimal point.
//
// It must not know other types, storage or SQL.
package numeric
