#!/bin/sh
# Programs that some tests need beyond Python: Chromium for the pages.
# Installs it where that is allowed, else says how. In CI a missing one is a failure of the tests themselves.
set -eu
if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null || true
else
    echo "The browser tests need Chromium (Debian: sudo apt-get install chromium)" >&2
fi
