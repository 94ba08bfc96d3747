package main

import "strconv"

// kind is what a request asks for; each peer says it in its own API.
type kind int

const (
	read kind = iota
	list
	newest
	total
	embed
	own
	create
	createOwn
	update
	upsert
	mixed
)

// work is a kind of requests at a number of connections.
type work struct {
	name        string
	kind        kind
	connections int
}

func works(o *options) []work {
	c := o.Connections
	out := []work{{"read", read, c}, {"list", list, c}, {"newest", newest, c}, {"total", total, c}, {"embed", embed, c}, {"own", own, c}}
	for _, n := range []int{1, 16, 64, 256} {
		out = append(out, work{"create-" + strconv.Itoa(n), create, n})
	}
	return append(out, work{"create-own", createOwn, c}, work{"update", update, c}, work{"upsert", upsert, c}, work{"mixed", mixed, c})
}

// request is a request with places for values in its path and body: {id} and {author} are numbers of rows that exist, {id15}
// and {author15} the same with zeros in front.
type request struct {
	method, path, body string
	header             [][2]string
	// weight is how often it comes among the requests of its work.
	weight int
}

var jsonBody = [2]string{"Content-Type", "application/json"}

const owner = "6b0e7b3c-6c2f-4c5e-9d0a-1f2e3d4c5b6a"

// restRequests are the requests in Basement's API, which the bare handlers answer too.
func restRequests(token string) func(kind) []request {
	asOwner := [2]string{"Authorization", "Bearer " + token}
	one := func(method, path, body string, header ...[2]string) []request {
		if body != "" {
			header = append(header, jsonBody)
		}
		return []request{{method: method, path: "/rest/v1/" + path, body: body, header: header, weight: 1}}
	}
	const post = `{"author_id":{author},"title":"a new post","body":"some words about it"}`
	byAuthor := "posts?select=id,title,created_at&author_id=eq.{author}&order=created_at.desc&limit=20"
	return func(k kind) []request {
		switch k {
		case read:
			return one("GET", "posts?id=eq.{id}", "")
		case list:
			return one("GET", byAuthor, "")
		case newest:
			return one("GET", "posts?order=created_at.desc&limit=20", "")
		case total:
			return one("GET", byAuthor, "", [2]string{"Prefer", "count=exact"})
		case embed:
			return one("GET", "posts?select=*,authors(*)&order=created_at.desc&limit=20", "")
		case own:
			return one("GET", "notes?order=id.desc&limit=20", "", asOwner)
		case create:
			return one("POST", "posts", post)
		case createOwn:
			return one("POST", "notes", `{"owner":"`+owner+`","title":"mine"}`, asOwner)
		case update:
			return one("PATCH", "posts?id=eq.{id}", `{"title":"a changed title"}`)
		case upsert:
			return one("POST", "posts", `{"id":{id},"author_id":{author},"title":"put"}`, [2]string{"Prefer", "resolution=merge-duplicates"})
		case mixed:
			all := append(one("GET", "posts?id=eq.{id}", ""), one("GET", byAuthor, "")...)
			all = append(all, one("POST", "posts", post)...)
			all[0].weight, all[1].weight, all[2].weight = 5, 4, 1
			return all
		}
		return nil
	}
}

// pocketRequests are the same requests in PocketBase's API; putting a row has no form in it.
func pocketRequests(token, user string) func(kind) []request {
	auth := [2]string{"Authorization", token}
	one := func(method, path, body string, header ...[2]string) []request {
		if body != "" {
			header = append(header, jsonBody)
		}
		return []request{{method: method, path: "/api/collections/" + path, body: body, header: header, weight: 1}}
	}
	const post = `{"author":"{author15}","title":"a new post","body":"some words about it","created_at":"2026-01-01 00:00:00.000Z","published":true}`
	byAuthor := "posts/records?fields=id,title,created_at&filter=author%3D%27{author15}%27&sort=-created_at&perPage=20"
	return func(k kind) []request {
		switch k {
		case read:
			return one("GET", "posts/records/{id15}", "")
		case list:
			return one("GET", byAuthor+"&skipTotal=1", "")
		case newest:
			return one("GET", "posts/records?sort=-created_at&perPage=20&skipTotal=1", "")
		case total:
			return one("GET", byAuthor, "")
		case embed:
			return one("GET", "posts/records?sort=-created_at&perPage=20&skipTotal=1&expand=author", "")
		case own:
			return one("GET", "notes/records?sort=-id&perPage=20&skipTotal=1", "", auth)
		case create:
			return one("POST", "posts/records", post)
		case createOwn:
			return one("POST", "notes/records", `{"owner":"`+user+`","title":"mine"}`, auth)
		case update:
			return one("PATCH", "posts/records/{id15}", `{"title":"a changed title"}`)
		case mixed:
			all := append(one("GET", "posts/records/{id15}", ""), one("GET", byAuthor+"&skipTotal=1", "")...)
			all = append(all, one("POST", "posts/records", post)...)
			all[0].weight, all[1].weight, all[2].weight = 5, 4, 1
			return all
		}
		return nil
	}
}
