#!/usr/bin/env bash
# Proves the two commands where nothing is installed yet: it makes a fresh
# Debian, puts in git, make and the Go toolchain of this machine, clones what
# is committed here, and tells these stories, each in a Debian of its own:
#
#   refused  make run as a user without sudo: says what to type, changes nothing
#   root     make run as root: both sites answer, Ctrl-C ends everything; it
#            starts again, also after kill -9
#   sudo     make run as a user with sudo: the same, once
#   test     make test as root: all pass
#
#   cleanroot.sh [STORY...]        all four without arguments
#
# SUITE names another Debian release, WORK another folder to work in (2 GB, it
# is deleted at the end; KEEP=1 keeps it). The addresses that zhengxin listens
# on can be set as always. This machine's own apt, Go, npm and certificate
# settings go along; nothing here names a host.
set -euo pipefail

die() { echo "cleanroot: $*" >&2; exit 1; }
note() { echo "== $*"; }

# Everything is mounted in a namespace of its own that ends with this script:
# no mount can be left behind, so nothing outside can be deleted through one,
# and no process outlives it.
if [ "${CLEANROOT_INSIDE:-}" != "$PPID" ]; then
	[ "$(id -u)" = 0 ] || die "must run as root, since it makes a root folder"
	work=$(mktemp -d "${WORK:-/var/tmp}/zhengxin-cleanroot-XXXXXX")
	# The folder has to be entered by the users of the stories.
	chmod 755 "$work"
	trap '[ -n "${KEEP:-}" ] && echo "kept: $work" || rm -rf --one-file-system -- "$work"' EXIT
	CLEANROOT_WORK=$work unshare --mount --pid --fork --kill-child --propagation private \
		sh -c 'CLEANROOT_INSIDE=$$ "$0" "$@"; exit $?' "$0" "$@"
	exit
fi

repo=$(cd "$(dirname "$0")/../.." && pwd)
work=$CLEANROOT_WORK
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
suite=${SUITE:-bookworm}
portal=${ZHENGXIN_PORTAL_ADDR:-127.0.0.1:8080}
admin=${ZHENGXIN_ADMIN_ADDR:-127.0.0.1:8081}
mount -t proc proc /proc

# settings copies what this machine needs to reach its package registries.
settings() {
	local root=$1 f key value
	for f in /etc/resolv.conf /etc/hosts; do [ -e $f ] && cp -L $f "$root$f"; done
	for f in /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d /etc/apt/keyrings /usr/share/keyrings /usr/local/share/ca-certificates; do
		[ -e $f ] && mkdir -p "$root${f%/*}" && cp -rL $f "$root${f%/*}/"
	done
	apt-config dump | grep '^Acquire::.* ".' >"$root/etc/apt/apt.conf.d/99host" || true
	if [ "$suite" = "$codename" ]; then
		rm -f "$root/etc/apt/sources.list"
		for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
			[ -e "$f" ] && cp -L "$f" "$root$f"
		done
	fi
	cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
	{
		for key in GOPROXY GONOPROXY GOPRIVATE GOSUMDB GONOSUMDB; do
			value=$(go env $key)
			[ -n "$value" ] && printf 'export %s=%q\n' $key "$value"
		done
		for key in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ZHENGXIN_PORTAL_ADDR ZHENGXIN_ADMIN_ADDR; do
			[ -n "${!key:-}" ] && printf 'export %s=%q\n' $key "${!key}"
		done
		if command -v npm >/dev/null; then
			for key in registry proxy https-proxy; do
				value=$(npm config get $key 2>/dev/null)
				case $value in '' | null) ;; *) printf 'export npm_config_%s=%q\n' ${key//-/_} "$value" ;; esac
			done
		fi
		# Debian's own node and Go both read this bundle.
		echo 'export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt npm_config_cafile=/etc/ssl/certs/ca-certificates.crt'
	} >"$root/settings.sh"
}

# base makes the fresh Debian that every story gets a copy of.
base() {
	local root=$work/base mirror
	command -v debootstrap >/dev/null || { apt-get -qq update && apt-get -qq install -y --no-install-recommends debootstrap >/dev/null; }
	note "a fresh Debian $suite"
	mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $codename" 2>/dev/null | head -1)
	debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" ${mirror:+"$mirror"} >"$work/debootstrap.log" 2>&1 ||
		{ tail -20 "$work/debootstrap.log"; die "debootstrap failed"; }
	settings "$root"
	cp -r "$(go env GOROOT)" "$root/usr/local/go"
	git -C "$repo" bundle create -q "$root/zhengxin.bundle" HEAD
	inside "$root" root 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends git make >/dev/null 2>&1' ||
		die "git and make could not be installed"
	umount -R "$root/dev" "$root/proc"
}

# fresh makes the root folder of one story, with the clone in its user's home.
fresh() {
	root=$work/$1
	cp -a "$work/base" "$root"
	[ "$2" = root ] || chroot "$root" useradd --create-home --shell /bin/bash "$2"
	inside "$root" "$2" 'git -c advice.detachedHead=false -c init.defaultBranch=main clone -q /zhengxin.bundle zhengxin'
}

# inside runs commands in a root folder as a login of that user would, with
# nothing of this machine's environment.
inside() {
	local root=$1 user=$2 home
	if ! mountpoint -q "$root/proc"; then
		mount -t proc proc "$root/proc"
		mount -t tmpfs -o mode=755 tmpfs "$root/dev"
		mkdir "$root/dev/shm" && chmod 1777 "$root/dev/shm"
		for device in null zero full random urandom tty; do
			touch "$root/dev/$device" && mount --bind "/dev/$device" "$root/dev/$device"
		done
		ln -s /proc/self/fd "$root/dev/fd"
	fi
	home=$(chroot "$root" getent passwd "$user" | cut -d: -f6)
	exec_in "$root" "$user" "$home" "cd && $3"
}

exec_in() {
	chroot --userspec="$2" --groups="$(chroot "$1" id -G "$2" | tr ' ' ,)" "$1" env -i HOME="$3" USER="$2" LOGNAME="$2" LANG=C.UTF-8 TERM=dumb \
		PATH=/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		bash -c ". /settings.sh; $4" </dev/null
}

# answers asks one address whether the program is ready.
answers() {
	local line=
	{ exec 9<>"/dev/tcp/${1%:*}/${1##*:}"; } 2>/dev/null || return 1
	printf 'GET /readyz HTTP/1.0\r\nHost: %s\r\n\r\n' "$1" >&9
	read -r -t 10 line <&9 || true
	exec 9>&-
	[[ $line == *" 200 "* ]]
}

# living lists the processes whose root is that of the story.
living() {
	local pid
	for pid in /proc/[0-9]*; do
		[ "$(readlink "$pid/root" 2>/dev/null)" = "$root" ] && tr '\0' ' ' <"$pid/cmdline" && echo
	done
	return 0
}

# start runs make run as at a terminal: in the foreground of a process group of
# its own, which is what Ctrl-C is sent to.
start() {
	log=$root/run.log
	set -m
	inside "$root" "$1" 'cd zhengxin && exec make run' >"$log" 2>&1 &
	group=$!
	set +m
	local tries=0
	until answers "$portal" && answers "$admin"; do
		kill -0 "$group" 2>/dev/null || { cat "$log"; die "make run ended by itself"; }
		[ $((tries += 1)) -lt 900 ] || { cat "$log"; die "make run did not serve within 15 minutes"; }
		sleep 1
	done
	note "both sites answer after $tries s"
}

# interrupt is Ctrl-C; afterwards nothing of it may be alive.
interrupt() {
	kill -INT -- "-$group"
	wait "$group" || true
	local tries=0
	while [ -n "$(living)" ]; do
		[ $((tries += 1)) -lt 30 ] || { living; cat "$log"; die "still alive after Ctrl-C"; }
		sleep 1
	done
	[ -z "$(find "$root" -xdev -name postmaster.pid)" ] || die "the database was not shut down in order"
	note "Ctrl-C ended everything"
}

no_system_cluster() {
	[ -z "$(ls "$root/etc/postgresql/"*/ 2>/dev/null)" ] || die "a system database was created"
}

refused() {
	fresh refused villager
	if inside "$root" villager 'cd zhengxin && make run' >"$root/run.log" 2>&1; then die "make run did not refuse"; fi
	cat "$root/run.log"
	grep -q '不是 root' "$root/run.log" && grep -q 'is not root' "$root/run.log" || die "the sentence is missing"
	[ -z "$(ls "$root/usr/lib/postgresql" 2>/dev/null)" ] || die "something was installed"
}

root() {
	fresh root root
	start root
	cat "$log"
	no_system_cluster
	interrupt
	start root
	note "kill -9"
	kill -KILL -- "-$group" 2>/dev/null || true
	wait "$group" || true
	start root
	interrupt
}

sudo() {
	fresh sudo clerk
	inside "$root" root 'DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends sudo >/dev/null 2>&1 && echo "clerk ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/clerk'
	start clerk
	no_system_cluster
	interrupt
}

test_() {
	fresh test root
	inside "$root" root 'cd zhengxin && make test' 2>&1 | tee "$root/run.log" || die "make test failed"
	tail -1 "$root/run.log" | grep -Eq '^[1-9][0-9]* passed, 0 failed' || die "the last line does not count the tests"
	[ -z "$(inside "$root" root 'git -C zhengxin status --porcelain')" ] || die "make test changed the working tree"
}

for address in "$portal" "$admin"; do
	if { : <>"/dev/tcp/${address%:*}/${address##*:}"; } 2>/dev/null; then
		die "$address is in use on this machine: set ZHENGXIN_PORTAL_ADDR and ZHENGXIN_ADMIN_ADDR"
	fi
done
base
[ $# -gt 0 ] || set -- refused root sudo test
for story; do
	note "story: $story"
	case $story in
	refused | root | sudo) "$story" ;;
	test) test_ ;;
	*) die "no such story: $story" ;;
	esac
done
note "all stories told"
