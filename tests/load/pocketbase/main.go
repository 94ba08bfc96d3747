// Command pocketbase is PocketBase with the data and the rules the load test compares, made by its subcommand load.
package main

import (
	"fmt"
	"log"
	"strconv"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
	"github.com/spf13/cobra"
)

func main() {
	app := pocketbase.New()
	app.RootCmd.AddCommand(&cobra.Command{
		Use: "load AUTHORS POSTS", Short: "Make the data; print the owner's id and token", Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			authors, err := strconv.Atoi(args[0])
			if err != nil {
				return err
			}
			posts, err := strconv.Atoi(args[1])
			if err != nil {
				return err
			}
			if err := app.RunAllMigrations(); err != nil {
				return err
			}
			return load(app, authors, posts)
		},
	})
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}

func load(app core.App, authorCount, postCount int) error {
	users, err := app.FindCollectionByNameOrId("users")
	if err != nil {
		return err
	}
	users.AuthToken.Duration = 7 * 24 * 3600
	if err := app.Save(users); err != nil {
		return err
	}
	user := core.NewRecord(users)
	user.SetEmail("owner@example.com")
	user.SetPassword("a long password")
	if err := app.Save(user); err != nil {
		return err
	}
	all := types.Pointer("")
	authors := core.NewBaseCollection("authors")
	authors.ListRule, authors.ViewRule = all, all
	authors.Fields.Add(&core.TextField{Name: "name", Required: true})
	if err := app.Save(authors); err != nil {
		return err
	}
	posts := core.NewBaseCollection("posts")
	posts.ListRule, posts.ViewRule = types.Pointer("published = true"), types.Pointer("published = true")
	posts.CreateRule, posts.UpdateRule = all, all
	posts.Fields.Add(&core.RelationField{Name: "author", CollectionId: authors.Id, MaxSelect: 1, Required: true},
		&core.TextField{Name: "title", Required: true}, &core.TextField{Name: "body"},
		&core.DateField{Name: "created_at"}, &core.BoolField{Name: "published"})
	posts.AddIndex("posts_author", false, "author, created_at", "")
	posts.AddIndex("posts_created", false, "created_at", "")
	if err := app.Save(posts); err != nil {
		return err
	}
	notes := core.NewBaseCollection("notes")
	mine := types.Pointer("owner = @request.auth.id")
	notes.ListRule, notes.ViewRule, notes.CreateRule = mine, mine, mine
	// No relation: the row's owner is an identifier in the other servers too.
	notes.Fields.Add(&core.TextField{Name: "owner", Required: true}, &core.TextField{Name: "title", Required: true})
	notes.AddIndex("notes_owner", false, "owner, id", "")
	if err := app.Save(notes); err != nil {
		return err
	}
	numbers := "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {:count}) INSERT INTO "
	err = app.RunInTransaction(func(tx core.App) error {
		for _, step := range []struct {
			sql   string
			count int
		}{
			{"authors (id, name) SELECT printf('%015d', n), 'author ' || n FROM s", authorCount},
			{"posts (id, author, title, body, created_at, published) SELECT printf('%015d', n), printf('%015d', n % {:authors} + 1), 'title ' || n, printf('%.100c', 'x'), " +
				"strftime('%Y-%m-%d %H:%M:%S.000Z', '2024-01-01', n || ' minutes'), true FROM s", postCount},
			{"notes (id, owner, title) SELECT printf('%015d', n), CASE WHEN n % 100 = 0 THEN {:owner} ELSE printf('u%014d', n) END, 'note ' || n FROM s", postCount},
		} {
			q := tx.DB().NewQuery(numbers + step.sql).Bind(dbx.Params{"count": step.count, "authors": authorCount, "owner": user.Id})
			if _, err := q.Execute(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	token, err := user.NewAuthToken()
	if err != nil {
		return err
	}
	fmt.Println(user.Id, token)
	return nil
}
