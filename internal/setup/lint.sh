#!/bin/sh
# Every check of `make lint`. All of them run, so that one look shows all
# faults, and none of them changes a file of the tree.
set -u
cd "$(dirname "$0")/../.."
internal/setup/install.sh build || exit 1

bad=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# check NAME COMMAND...: a check is bad when its command fails or prints, apart
# from what go says while it fetches modules on a new machine.
check() {
	name=$1
	shift
	"$@" >"$work/all" 2>&1
	status=$?
	grep -v '^go: downloading ' "$work/all" >"$work/out"
	if [ "$status" = 0 ] && [ ! -s "$work/out" ]; then
		echo "ok    $name"
		return
	fi
	bad=$((bad + 1))
	echo "FAIL  $name"
	sed 's/^/      /' "$work/out"
}

# ours lists our own files of one ending, whether committed already or not.
ours() { git ls-files --cached --others --exclude-standard -- "*.$1" | while read -r f; do [ -e "$f" ] && echo "$f"; done; }

formatted() { ours go | xargs -r gofmt -l; }

# formatted_views formats from standard input, since "templ fmt -fail" would
# write the files before it complains of them.
formatted_views() {
	ours templ | while read -r f; do
		go tool templ fmt -stdout -stdin-filepath "$f" <"$f" 2>>"$work/fmt" | cmp -s - "$f" || echo "$f: run go tool templ fmt"
	done
}

# fresh_views generates the views into a folder of its own and compares, since
# writing them in place would hide the very fault it looks for.
fresh_views() {
	mkdir "$work/views"
	ours templ | while read -r f; do
		mkdir -p "$work/views/$(dirname "$f")"
		cp "$f" "$work/views/$f"
	done
	go tool templ generate -path "$work/views" -log-level error || return 1
	ours templ | while read -r f; do
		made=${f%.templ}_templ.go
		cmp -s "$work/views/$made" "$made" || echo "$made is stale: run make generate"
	done
	ours go | grep '_templ\.go$' | while read -r made; do
		[ -e "${made%_templ.go}.templ" ] || echo "$made has no .templ any more: delete it"
	done
}

check gofmt formatted
check "templ fmt" formatted_views
check "templ generate" fresh_views
check "go vet" go vet -tags suite ./...
check staticcheck go tool staticcheck -tags suite ./...
check "go mod tidy" go mod tidy -diff

[ "$bad" = 0 ] && exit 0
echo "$bad of the checks above failed." >&2
exit 1
