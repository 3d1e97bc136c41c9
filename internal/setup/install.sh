#!/bin/sh
# Installs what is missing for one of make's targets, and touches nothing that
# is already there.
#
#   install.sh run     the PostgreSQL server programs (unless a server is given)
#   install.sh test    the same, Chromium, a Chinese font, axe-core
#   install.sh build   only looks at Go
#
# Where packages are missing and the machine does not let us install them, it
# says in one sentence what to type, and stops before anything is half done.
set -eu
cd "$(dirname "$0")/../.."

refuse() {
	printf '\n%s\n%s\n\n' "$1" "$2" >&2
	exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

check_go() {
	case "$(go version 2>/dev/null || true)" in
	*" go1.2"[6-9]*|*" go1."[3-9][0-9]*|*" go1."[1-9][0-9][0-9]*) ;;
	*) refuse "需要 Go 1.26 或更高版本。请先安装，并让命令 go 在 PATH 里。" \
		"Go 1.26 or newer is needed: install it first, so that the command 'go' is on the PATH." ;;
	esac
}

have_postgres() {
	for bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do
		[ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] && return 0
	done
	have initdb && have postgres
}

have_browser() { have chromium || have chromium-browser || have google-chrome; }

have_font() { have fc-list && [ -n "$(fc-list ':lang=zh-cn' family 2>/dev/null)" ]; }

# axe_folder is where axe-core lies: in the user's cache, never in the tree.
# internal/browser/axe.go looks in the same place.
axe_folder() { echo "${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/zhengxin/axe"; }

have_axe() {
	cmp -s internal/browser/axe/package-lock.json "$(axe_folder)/package-lock.json" &&
		[ -s "$(axe_folder)/node_modules/axe-core/axe.min.js" ]
}

# as_root runs a command as root, through sudo where we are not.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

may_be_root() {
	[ "$(id -u)" = 0 ] && return 0
	have sudo || return 1
	sudo -n true 2>/dev/null || [ -t 0 ] # a password can be asked for only at a terminal
}

# no_main_cluster keeps Debian from making and starting a system database of
# its own: ours is private, in the data folder. An administrator's own setting
# and an installed postgresql-common are left alone.
no_main_cluster() {
	conf=/etc/postgresql-common/createcluster.conf
	[ -e "$conf" ] && return 0
	as_root mkdir -p "${conf%/*}"
	echo 'create_main_cluster = false' | as_root tee "$conf" >/dev/null
}

install_packages() {
	[ $# -gt 0 ] || return 0
	have apt-get || refuse "缺少：$*。这里没有 apt-get，请用本系统的方法安装后再试。" \
		"Missing: $*. There is no apt-get here: install them in this system's own way, then try again."
	may_be_root || refuse "缺少：$*。当前用户不是 root，也不能用 sudo。请让管理员执行 apt-get install $*，然后再试。" \
		"Missing: $*. This user is not root and cannot use sudo: have an administrator run 'apt-get install $*', then try again."
	echo "正在安装 Installing: $*" >&2
	case " $* " in *" postgresql "*) no_main_cluster ;; esac
	apt="env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0"
	log=$(mktemp)
	if ! { as_root $apt update && as_root $apt install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
		cat "$log" >&2
		rm -f "$log"
		refuse "没有装上：$*。原因见上面几行。" "Could not install: $*. The lines above say why."
	fi
	rm -f "$log"
}

# install_axe fetches the one version whose checksum the lock file holds. The
# copy of the lock file goes last: it marks the folder as complete.
install_axe() {
	have_axe && return 0
	folder=$(axe_folder)
	echo "正在安装 Installing: axe-core" >&2
	rm -rf "$folder"
	mkdir -p "$folder"
	cp internal/browser/axe/package.json internal/browser/axe/package-lock.json internal/browser/axe/.npmrc "$folder"
	if ! npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund >"$folder/npm.log" 2>&1; then
		cat "$folder/npm.log" >&2
		rm -rf "$folder"
		refuse "没有装上 axe-core（浏览器测试用的无障碍检查程序）。" \
			"Could not install axe-core, which the browser tests check accessibility with."
	fi
}

missing=
need() { missing="$missing $1"; }

check_go
case "${1:-}" in
build) ;;
run)
	[ -n "${ZHENGXIN_DATABASE_URL:-}" ] || have_postgres || need postgresql
	install_packages $missing
	;;
test)
	have_postgres || need postgresql
	have_browser || need chromium
	have_font || need "fontconfig fonts-noto-cjk"
	have_axe || have npm || need npm
	install_packages $missing
	install_axe
	;;
*) refuse "用法：install.sh build|run|test" "usage: install.sh build|run|test" ;;
esac
