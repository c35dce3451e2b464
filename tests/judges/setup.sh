#!/bin/sh
# Programs of other hands that judge what we write, into .venv/judges: sh tests/judges/setup.sh   (example/setup.sh test calls it)
#
# An environment of its own, since what `wacz` needs is much and of other versions than ours; and the player of web archives (wabac.js, the
# core of ReplayWeb.page), which npm brings where it is there. Each by its hash. Without network, or without npm, the tests that ask them
# are skipped and this says so; what is there already is left alone.
set -u
cd "$(dirname "$0")/../.." || exit 1

judges=.venv/judges
lock=tests/judges/requirements.txt
player=$(sed 's/.*  //' tests/judges/player.sha512)
stamp=$judges/installed
have=$(cat "$lock" tests/judges/player.sha512 | cksum)

install() { .venv/bin/python -m pip --python "$judges" install -q --no-cache-dir --disable-pip-version-check --no-input --retries 1 \
    --require-hashes --no-deps --no-compile --only-binary :all: "$@"; }

bring_player() {
    version=$(printf '%s' "$player" | sed 's/.*-\([0-9.]*\)\.tgz$/\1/')
    command -v npm >/dev/null 2>&1 &&
        npm pack --silent --fetch-retries=1 --pack-destination "$judges" "@webrecorder/wabac@$version" >/dev/null 2>&1 &&
        (cd "$judges" && sha512sum -c --status "../../tests/judges/player.sha512")
}

[ "$(cat "$stamp" 2>/dev/null)" != "$have" ] || exit 0
printf 'Installing programs that judge what the tests write (%s)\n' "$lock"
rm -rf "$judges"
build=$(mktemp)
awk '/^[^ #]/ { on = /^setuptools==/ } on' "$lock" >"$build" # first: it builds what stands nowhere as a wheel
if .venv/bin/python -m venv --without-pip "$judges" && install -r "$build" &&
    install --no-build-isolation --no-binary surt -r "$lock"; then
    if ! bring_player; then
        rm -f "$judges/$player"
        printf 'npm did not bring the player of web archives; the test that replays one is skipped. rm -r .venv/judges: tried again.\n'
    fi
    printf '%s\n' "$have" >"$stamp"
else
    printf 'They could not be installed; what they would judge is skipped, and the next call tries again.\n'
fi
rm -f "$build"
exit 0
