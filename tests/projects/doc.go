// Package projects holds whole small projects as people write them for this kind of back end: accounts and profiles, to-do
// lists, a chat, subscriptions, teams with invitations, a shop, an audit log, document search. Its tests load each on both
// engines: every statement is accepted, the seed runs, and the checks answer alike.
package projects
