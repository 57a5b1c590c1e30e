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

count=0
while IFS= read -r command; do
    [[ "$command" == *"${1:-}"* && "$command" != ci/readme.sh* ]] || continue
    echo "README: $command"
    bash -c "$command" </dev/null || { echo "ci/readme.sh: failed: $command" >&2; exit 1; }
    count=$((count + 1))
done < <(commands)
[[ $count -gt 0 ]] || { echo "ci/readme.sh: no command of the README contains '${1:-}'" >&2; exit 2; }
echo "README: $count commands ran"
