#!/bin/sh
# Programs that some tests need beyond Python: Chromium for the pages, strace for the faults of disks and kills.
# Installs them where that is allowed, else says how. In CI a missing one is a failure of the tests themselves.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium"
command -v strace >/dev/null 2>&1 || missing="$missing strace"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing for the tests:$missing"
    apt-get update -qq >/dev/null
    for package in $missing; do DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null || true; done
else
    echo "Some tests need more programs (Debian: sudo apt-get install$missing)" >&2
fi
