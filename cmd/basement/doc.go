// Command basement is the whole product: see internal/app.
package main
