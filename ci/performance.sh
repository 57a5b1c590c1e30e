#!/usr/bin/env bash
# Fails when a kernel of the matrix product has lost its lead over the naive loop or over the plain loops.
set -euo pipefail
cd "$(dirname "$0")/.."

exec mvn -B -ntp -q -Pbench -Dbench.main=dev.regularisation.bench.PerformanceGate test-compile exec:exec
