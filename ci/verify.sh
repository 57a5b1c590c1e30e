#!/usr/bin/env bash
# Builds the project and runs every test, from a clean machine with a JDK and Maven.
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in java mvn; do
    command -v "$tool" >/dev/null || { echo "ci/verify.sh: wanted $tool on the PATH, found none; install a JDK 17 and Maven" >&2; exit 2; }
done
# Charts are drawn without a screen but not without fonts.
if command -v apt-get >/dev/null && ! { command -v fc-list >/dev/null && fc-list | grep -q .; }; then
    apt-get -qq update && apt-get -qq install -y --no-install-recommends fontconfig fonts-dejavu-core >/dev/null
fi

mvn -B -ntp verify
echo "Report: $PWD/reports/allure/index.html"
