#!/usr/bin/env bash
# Reads the report as a person would: headless Chromium, from disk, without a network. Makes the report first where there
# is none; installs Chromium where there is apt-get.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -z "${CHROMIUM:-}" ]] && ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    command -v apt-get >/dev/null || { echo "ci/browser.sh: wanted Chromium on the PATH or in CHROMIUM, found none; install it" >&2; exit 2; }
    apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium >/dev/null
fi

if [[ -f reports/allure/index.html ]]; then
    mvn -B -ntp -q -Pbrowser test-compile exec:java@walk
else
    mvn -B -ntp verify -Pbrowser
fi
