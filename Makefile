# Basement. `make run` and `make test` are all a new machine needs; `make help` lists the rest.

SHELL := /bin/bash
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
# Packages whose tests run goroutines against each other, tested once more under the race detector.
RACE := ./internal/server ./internal/identity ./internal/auth/... ./internal/pipeline ./internal/engine/... ./internal/guard
FUZZTIME ?= 30s
export CGO_ENABLED ?= 0

.DEFAULT_GOAL := help

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

build: ## Build the static binary bin/basement
	go build -trimpath -ldflags '-s -w' -o bin/basement ./cmd/basement

run: build ## Build and serve examples/board on the embedded engine
	./bin/basement serve --project examples/board

test: needs check build unit race judge ## Install what the tests need and run all of them

check: ## Formatting, vet, staticcheck, import rules, generated files
	@test -z "$$(gofmt -l cmd internal tests)" || { gofmt -l cmd internal tests; echo 'not gofmt-ed'; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	go run ./internal/tools/imports
	go run ./internal/tools/settingsdoc -check

generate: ## Write the generated files
	go generate ./...
	go run ./internal/tools/settingsdoc

needs: ## Install the components the tests need
	tests/needs

unit: build ## All tests: packages, engines, cases, scripts, clients; on a throw-away PostgreSQL
	BASEMENT_TEST_BINARY=$(CURDIR)/bin/basement go run ./internal/tools/withpg go test -timeout 25m ./...

race: ## The packages with goroutines, under the race detector
	CGO_ENABLED=1 go run ./internal/tools/withpg go test -race -short -timeout 20m $(RACE)

judge: ## The SQL parser against PostgreSQL's own, in a module of its own
	cd tests/judge && go test -timeout 20m ./...

property: build ## Generated statements, 100,000 generated expressions and 50,000 generated requests on both engines, compared
	BASEMENT_EXPRESSIONS=100000 BASEMENT_PROPERTY_STATEMENTS=20000 go run ./internal/tools/withpg go test -timeout 25m ./tests/expressions ./tests/property/...
	BASEMENT_REQUESTS=50000 go run ./internal/tools/withpg go test -timeout 60m -v -run 'TestGenerated|TestHidden' ./tests/cases

bench: ## Benchmarks
	go test -run '^$$' -bench . -benchmem ./...

load: build ## Basement beside its peers under the same load; ARGS='-rounds 3 -peers basement,bare' and more
	go run ./tests/load -basement bin/basement -json bin/load.json $(ARGS)

fuzz: ## Each fuzz target for FUZZTIME
	@for p in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$p 2>/dev/null | grep '^Fuzz'); do \
	    echo "$$p $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
	  done; \
	done

clean: ## Remove what was built
	rm -rf bin

.PHONY: help build run test check generate needs unit race judge property bench load fuzz clean
