#!/usr/bin/env bash
# Studies on Apache Spark, proved on this machine, or a cluster of it to try them on.
#
#   ci/spark.sh [option of Maven ...]   builds the profile and runs its tests: a master and two workers on loopback, and their faults
#   ci/spark.sh cluster [WORKERS]       builds the program's jars and starts a master and, by default, two workers of one core each; prints
#                                       the master's URL and the commands that use it; Ctrl-C ends them
#   ci/spark.sh measure [RUNS]          one study, by default of 2,000 runs, on two local threads and on two workers: bytes and overhead
set -euo pipefail
cd "$(dirname "$0")/.."

WORK=target/spark/cluster
PROGRAM=target/spark/regularisation-1.0.0-SNAPSHOT

refuse() {
    echo "ci/spark.sh: $1" >&2
    exit 2
}

for tool in java mvn; do
    command -v "$tool" >/dev/null || refuse "wanted $tool on the PATH, found none; install a JDK 17 and Maven"
done

# stage: the program's jars, and Spark's in a folder as a Spark of one's own has them.
stage() {
    mvn -B -q -ntp -Pspark package
    mvn -B -q -ntp -Pspark dependency:copy-dependencies -DincludeScope=compile \
        -DoutputDirectory="$PWD/$WORK/spark/jars"
    # Those of the program alone are no part of a Spark.
    local jar
    for jar in target/spark/lib/*.jar; do
        case ${jar##*/} in commons-csv-* | picocli-* | progressbar-* | jfreechart-*) rm -f "$WORK/spark/jars/${jar##*/}" ;; esac
    done
}

pids=()
stop() {
    local pid
    for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
    wait
}

# start NAME CLASS ARGUMENTS: a part of the cluster in the background.
start() {
    local name=$1
    shift
    SPARK_HOME=$PWD/$WORK/spark SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 \
        java -Xmx256m -XX:+UseSerialGC -cp "$WORK/spark/jars/*" "$@" >"$WORK/$name.log" 2>&1 &
    pids+=($!)
}

# cluster WORKERS: starts it; url is the master's.
cluster() {
    local port=7077 worker
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    url=spark://127.0.0.1:$port
    trap stop EXIT
    start master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
    for worker in $(seq "$1"); do
        start "worker$worker" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g \
            --work-dir "$PWD/$WORK/worker$worker" "$url"
    done
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "${pids[0]}" 2>/dev/null || refuse "the master ended; see $WORK/master.log"
        sleep 0.2
    done
}

# submit ARGUMENTS: what spark-submit does, without its script.
submit() {
    SPARK_HOME=$PWD/$WORK/spark SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 \
        java -Xmx1g -cp "$WORK/spark/jars/*" org.apache.spark.deploy.SparkSubmit --master "$url" \
        --class dev.regularisation.cli.Main \
        --jars "$PROGRAM-spark.jar,$(echo target/spark/lib/*.jar | tr ' ' ,)" "$PROGRAM.jar" "$@"
}

# count VALUE WHAT: refuses what is no number from 1 on.
count() {
    [[ $1 =~ ^[1-9][0-9]*$ ]] || refuse "wanted a number of $2, got \"$1\""
}

case ${1-} in
    cluster)
        count "${2-2}" workers
        stage
        cluster "${2-2}"
        cat <<END
Master: $url, ${2-2} workers; logs: $WORK. A study on them, in another terminal:

  java -cp '$PROGRAM.jar:$PROGRAM-spark.jar:$WORK/spark/jars/*' dev.regularisation.cli.Main \\
      study --engine spark --master $url --seeds 20 --out reports/study-spark

Ctrl-C ends master and workers.
END
        wait
        ;;
    measure)
        count "${2-2000}" runs
        stage
        cluster 2
        study=(study --no-plots --methods linear,mlp,mlp-weight-decay,mlp-l2 --seeds "$((${2-2000} / 4))" --validation-size 1000 --settings epochs=100)
        rm -rf "$WORK/local" "$WORK/cluster-study"
        began=$(date +%s%N)
        java -jar "$PROGRAM.jar" "${study[@]}" --threads 2 --out "$WORK/local" | tail -n 1
        local_ns=$(($(date +%s%N) - began))
        began=$(date +%s%N)
        submit "${study[@]}" --engine spark --out "$WORK/cluster-study" | tail -n 1
        spark_ns=$(($(date +%s%N) - began))
        cmp "$WORK/local/study.csv" "$WORK/cluster-study/study.csv" || { echo "ci/spark.sh: rows differ" >&2; exit 1; }
        awk -v l="$local_ns" -v s="$spark_ns" -v n="$(grep -c '^[lm]' "$WORK/local/study.csv")" 'BEGIN {
            printf "%d rows, equal to the byte: local %.1f s, two workers %.1f s, overhead %.0f %%, %.1f ms a run\n",
                n - 1, l / 1e9, s / 1e9, 100 * (s - l) / l, (s - l) / 1e6 / (n - 1) }'
        ;;
    *)
        # A JVM that is started with interrupts ignored keeps them so, and its tests press Ctrl-C in vain.
        [[ -z "$(trap -p INT)" ]] || refuse "wanted a shell that can be interrupted, got one that ignores it, as behind & in a script; start it \
in the foreground"
        mvn -B -ntp verify -Pspark "$@"
        ;;
esac
