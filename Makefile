# make alone prints this help. What a target needs, it installs (internal/setup/install.sh).
SETUP := internal/setup

.DEFAULT_GOAL := help
.PHONY: help run build test bench lint generate schema

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## install what is missing, build, start portal, desk and worker; Ctrl-C stops them
	@$(SETUP)/install.sh run
	@$(MAKE) --no-print-directory build
	@exec bin/zhengxin all

build: ## build bin/zhengxin
	@$(SETUP)/install.sh build
	go build -buildvcs=false -o bin/zhengxin ./cmd/zhengxin

test: ## install what the tests need, run them all, count them in the last line
	@$(SETUP)/install.sh test
	@ZHENGXIN_TEST_WITNESS=$$(mktemp -d); export ZHENGXIN_TEST_WITNESS; \
	go run -buildvcs=false ./$(SETUP)/testsummary -p 2 -timeout 40m -vet=off ./... -- -tags suite -vet=off ./internal/gates/suite; \
	status=$$?; rm -rf "$$ZHENGXIN_TEST_WITNESS"; go run -buildvcs=false ./internal/pgtest/stop; exit $$status

bench: ## measure against a bare program on this machine and print the ratios
	@$(SETUP)/install.sh run
	go run -buildvcs=false ./internal/bench

lint: ## formatting, go vet, staticcheck, generated views, module files
	@$(SETUP)/lint.sh

generate: ## write the generated views and docs anew
	go tool templ generate
	go generate ./...

schema: ## write the whole database schema to docs/schema.sql
	@$(SETUP)/install.sh run
	go test ./$(SETUP) -run TestTheWrittenSchemaIsWhatTheMigrationsMake -update
