#!/usr/bin/env bash
# Runs the suite several times and compares the runs: ci/repeat.sh 20 [arguments for Maven, such as -Dtest=GoldenRunsTest]
# A flake is a test that does not end alike in all of them. Ends with 1 when there are flakes or a run failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

times=${1:-}
if ! [[ $times =~ ^[1-9][0-9]*$ ]]; then
    echo "ci/repeat.sh: wanted how many times, such as 20, got \"$times\"" >&2
    exit 2
fi
shift

ledger=target/rules/ledger.tsv
runs=target/repeat
rm -rf "$runs" && mkdir -p "$runs" || exit 2

failed=0
for run in $(seq "$times"); do
    began=$SECONDS
    rm -f "$ledger"
    mvn -B -ntp verify "$@" >"$runs/$run.log" 2>&1
    status=$?
    if ! [ -f "$ledger" ]; then
        echo "Run $run of $times: no test was counted; see $runs/$run.log" >&2
        exit 1
    fi
    # Outcome, rule, role, test and name of the invocation; not the reason, whose wording may have figures in it.
    cut -f 1-5 "$ledger" | sort >"$runs/$run.tsv"
    [ "$status" -eq 0 ] || failed=$((failed + 1))
    echo "Run $run of $times: $(grep -c '^passed' "$runs/$run.tsv") passed, $(grep -c '^failed' "$runs/$run.tsv") failed," \
        "$(grep -c '^skipped' "$runs/$run.tsv") skipped; Maven ended with $status; $((SECONDS - began)) s"
done

# Invocations may share a name: a line counts as often as it stands in a run, and must do so in all.
for run in $(seq "$times"); do
    uniq -c "$runs/$run.tsv"
done | sort | uniq -c | awk -v times="$times" '$1 != times' | sed -E 's/^ *[0-9]+ +[0-9]+ //' | cut -f 4-5 | sort -u >"$runs/flakes.tsv"
sed 's/^/Flake: /' "$runs/flakes.tsv"
flakes=$(wc -l <"$runs/flakes.tsv" | tr -d ' ')
echo "Runs: $times; failed: $failed; flakes: $flakes. Ledgers and logs: $runs"
[ "$flakes" -eq 0 ] && [ "$failed" -eq 0 ]
