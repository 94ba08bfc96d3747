// Package scripts tries the program as its users and its attackers do: the built binary, its files and its sockets.
package scripts
