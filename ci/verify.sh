#!/usr/bin/env bash
# Builds the project and runs every test, from a clean machine with a JDK and Maven. Arguments are handed on to Maven.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

for tool in java mvn; do
    command -v "$tool" >/dev/null || { echo "ci/verify.sh: wanted $tool on the PATH, found none; install a JDK 17 and Maven" >&2; exit 2; }
done

counts=target/rules/counts.txt
rm -f "$counts"
mvn -B -ntp verify "$@"
status=$?
if [ -f "$counts" ]; then
    cat "$counts"
else
    echo "No test was counted: the build failed before. Report: none"
fi
exit "$status"
