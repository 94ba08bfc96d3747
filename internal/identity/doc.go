// Package identity owns who asks: API keys, key sets and JSON Web Tokens in, a role and its claims out. It knows HTTP
// headers but no routes, and nothing of SQL or engines: whether the role exists is the database's answer.
package identity
