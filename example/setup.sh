#!/bin/sh
# Prepares what `make run` or `make test` needs: sh example/setup.sh run|test [folder of the project]
#
# Makes .venv with a Python of 3.12 or newer, installs the locked requirements, and the system packages where apt
# may be used. Once done it needs no network and takes well under a second. Outside the project's folder nothing
# changes but apt packages; NO_APT=1 turns those off. PYTHON names the Python to use.
set -eu

want=${1:-run}
cd "${2:-$(dirname "$0")/..}"
folder=$(pwd -P)

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# A shim that does not run, an old Python and one that hides behind another name all answer here, not at their name.
usable() { "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }
whole() { "$1" -c 'import ensurepip' >/dev/null 2>&1; }

# Prints the first usable Python, one that can make a venv with pip before one that cannot.
find_python() {
    spare=
    for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.14 python3.12 python3.15 python \
        /usr/bin/python3 /usr/bin/python3.1[2-9] /usr/local/bin/python3 /usr/local/bin/python3.1[2-9] \
        /opt/homebrew/bin/python3 "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}"/versions/3.1[2-9]*/bin/python3; do
        if usable "$name"; then
            real=$("$name" -c 'import sys; print(sys.executable)')
            if whole "$real"; then
                say "$real"
                return
            fi
            [ -n "$spare" ] || spare=$real
        fi
    done
    say "$spare"
}

may_apt() {
    [ "${NO_APT:-0}" != 1 ] && command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Acquire::Retries=1 \
        -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 "$@"
}

# The lists of a fresh machine are empty: they are fetched only when the first try fails.
apt_install() {
    apt_get install -y --no-install-recommends "$@" </dev/null >"$apt_log" 2>&1 && return
    { apt_get update && apt_get install -y --no-install-recommends "$@"; } </dev/null >>"$apt_log" 2>&1
}

missing_of() {
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
    done
}

digest() { { pwd -P; cat "$1"; } | cksum | tr -d '\n'; }

# --- system packages ---

# Fonts: an emoji on the screenshot of a preserved page is the one the post showed, not an empty box.
wanted="tesseract-ocr tesseract-ocr-ind libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-color-emoji"
# A real server of the fediverse, which the tests of Mastodon start.
[ "$want" != test ] || wanted="$wanted snac2"
if [ "$want" = test ] && ! command -v chromium >/dev/null 2>&1; then
    wanted="$wanted chromium"
fi
# The extension is tried in both kinds of browsers.
if [ "$want" = test ] && ! command -v firefox-esr >/dev/null 2>&1; then
    wanted="$wanted firefox-esr"
fi
if command -v dpkg-query >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    missing=$(missing_of $wanted)
    if [ -n "$missing" ]; then
        apt_log=$(mktemp)
        if may_apt; then
            say "Installing system packages: $missing"
            # shellcheck disable=SC2086
            apt_install $missing || say "apt could not install them; the parts that need them stay off: $(grep -m1 '^E:' "$apt_log" || true)"
        else
            say "Not installed (apt is not allowed here), the parts that need them stay off: $missing"
        fi
        rm -f "$apt_log"
        # shellcheck disable=SC2086
        missing=$(missing_of $wanted)
        [ "${CI:-}" != true ] || [ -z "$missing" ] || fail "CI must not skip tests, and these packages are missing: $missing"
    fi
fi

# --- .venv ---

# A .venv that was copied or moved here, or whose Python is gone, is made anew; its scripts name the old place.
if [ -e .venv ]; then
    if ! usable .venv/bin/python || { [ -e .venv/made-in ] && [ "$(cat .venv/made-in)" != "$folder" ]; }; then
        say "The .venv here does not work any more and is made anew."
        rm -rf .venv
    fi
fi
if [ ! -e .venv ]; then
    python=$(find_python)
    [ -n "$python" ] || fail "SIPatrol needs Python 3.12 or newer and found none here; install one (Debian: apt install python3 python3-venv) or name it: make ${want} PYTHON=/path/to/python3."
    if ! whole "$python"; then
        apt_log=$(mktemp)
        venv_package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if may_apt; then apt_install "$venv_package" || true; fi
        rm -f "$apt_log"
        whole "$python" || fail "$python cannot make a virtual environment: install its venv module (Debian: apt install $venv_package) and try again."
    fi
    say "Making .venv with $("$python" -V) ($python)"
    "$python" -m venv .venv || {
        rm -rf .venv
        fail "$python could not make .venv here; see above."
    }
fi
[ -e .venv/made-in ] || say "$folder" >.venv/made-in

# --- locked requirements ---

# Half of the time is spent compiling what hardly anything imports: the tests compile what they need.
compile=
case $want in
run) lock=requirements.txt ;;
test) lock=requirements-dev.txt compile=--no-compile ;;
*) fail "setup.sh: run or test, not $want" ;;
esac
stamp=.venv/installed-$want
if [ "$(cat "$stamp" 2>/dev/null)" != "$(digest "$lock")" ]; then
    # Chromium without a window around it, where apt knows it: a page costs the tests a third. They do without. Beside it
    # apt brings Chromium itself to the same version: not while other tests run on this machine.
    if [ "$want" = test ] && may_apt && ! command -v chromium-headless-shell >/dev/null 2>&1 &&
        apt-cache show chromium-headless-shell >/dev/null 2>&1; then
        apt_get install -y --no-install-recommends chromium-headless-shell </dev/null >/dev/null 2>&1 || true
    fi
    say "Installing the locked requirements ($lock)"
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    # shellcheck disable=SC2086
    .venv/bin/python -m pip install -q --no-cache-dir --disable-pip-version-check --no-input --require-hashes $compile \
        --only-binary :all: -r "$lock" ||
        fail "The requirements could not be installed; see above. The first time needs the network, later runs do not."
    digest "$lock" >"$stamp"
fi

# --- programs that judge what the tests write ---

if [ "$want" = test ] && [ -f tests/judges/setup.sh ]; then sh tests/judges/setup.sh; fi
