#!/usr/bin/env bash
# Runs the commands that the README shows, as they stand there, each in turn; those that contain the argument, or all.
# All of them take hours: mutation testing and large ensembles are among them.
set -euo pipefail
cd "$(dirname "$0")/.."

# From code blocks, without the comments behind them, and from tables and running text, between backquotes.
commands() {
    { awk '/^```/ { code = /sh$/ && !code; next } code' README.md | sed 's/ *#.*//'
      grep -oE '`(mvn|ci/|java) [^`]*`|`ci/[a-z]+\.sh[^`]*`' README.md | tr -d '`'; } | grep -v 'SomeTest' | awk 'NF && !seen[$0]++'
}

# What a command wants of a machine and this one lacks, if anything.
lacks() {
    [[ "$1" != ci/cuda.sh ]] || command -v nvidia-smi >/dev/null || echo "an NVIDIA GPU"
}

# Golden values and tables are made anew, too, and must come out as they were.
before=$(git status --porcelain)
count=0 skipped=0
while IFS= read -r command; do
    [[ "$command" == *"${1:-}"* && "$command" != ci/readme.sh* ]] || continue
    lacking=$(lacks "$command")
    if [[ -n "$lacking" ]]; then
        echo "README: skipped, wants $lacking: $command"
        skipped=$((skipped + 1))
        continue
    fi
    echo "README: $command"
    began=$SECONDS
    bash -c "$command" </dev/null || { echo "ci/readme.sh: failed: $command" >&2; exit 1; }
    echo "README: $((SECONDS - began)) s: $command"
    count=$((count + 1))
done < <(commands)
[[ $((count + skipped)) -gt 0 ]] || { echo "ci/readme.sh: no command of the README contains '${1:-}'" >&2; exit 2; }
[[ "$(git status --porcelain)" == "$before" ]] || { echo "ci/readme.sh: commands changed files of the repository: git status" >&2; exit 1; }
echo "README: $count commands ran, $skipped skipped with a reason"
