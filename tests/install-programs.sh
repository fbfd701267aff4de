#!/bin/sh
# Programs that some tests need beyond Python: Chromium for the pages, PostgreSQL for the second database.
# Installs them where that is allowed, else says how. In CI a missing one is a failure of the tests themselves.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium"
command -v pg_ctl >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing for the tests:$missing"
    # shellcheck disable=SC2086  # one word for each package
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null || true
else
    echo "Some tests need:$missing (Debian: sudo apt-get install$missing)" >&2
fi
