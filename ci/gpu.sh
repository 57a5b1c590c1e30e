#!/usr/bin/env bash
# Proves the OpenCL backend on this machine's GPU, or bundles what that needs for a machine with neither network nor Java.
#
#   ci/gpu.sh [SEEDS]         builds the bundle and runs it here
#   ci/gpu.sh bundle [FILE]   writes a compressed tar file, about 30 MB and never above 60; by default
#                             target/gpu/regularisation-gpu.tar.gz
set -euo pipefail
cd "$(dirname "$0")/.."

STAGE=target/gpu/regularisation-gpu
# Bytes of a bundle, about twice what it has: a library that slips in is noticed before anybody sends it.
LARGEST=60000000
# What the program's classes need of Java; pictures are drawn elsewhere.
MODULES=java.base,java.logging,java.management,jdk.incubator.vector,jdk.unsupported

refuse() {
    echo "ci/gpu.sh: $1" >&2
    exit 2
}

require() {
    command -v "$1" >/dev/null || refuse "wanted $1 on the PATH, found none; $2"
}

stage() {
    require java "install a JDK of version 17 or newer"
    require jlink "install a JDK of version 17 or newer, not a runtime alone"
    require mvn "install Maven 3.8.6 or newer"
    mvn -B -q -ntp test-compile dependency:copy-dependencies -DincludeScope=test \
        -DincludeGroupIds=org.lwjgl,org.apache.commons,commons-io,commons-codec,com.fasterxml.jackson.core \
        -DoutputDirectory=target/gpu/lib
    rm -rf "$STAGE"
    mkdir -p "$STAGE/lib" "$STAGE/opencl"
    cp target/gpu/lib/*.jar "$STAGE/lib"
    (cd target/classes && jar --create --file "../../$STAGE/lib/regularisation.jar" .)
    (cd target/test-classes && jar --create --file "../../$STAGE/lib/kit.jar" .)
    jlink --add-modules "$MODULES" --strip-debug --no-header-files --no-man-pages --compress=2 --output "$STAGE/runtime"
    # The library between programs and drivers, if this machine has it: of a few kilobytes, under a BSD licence.
    local loader
    loader=$(ldconfig -p | awk '$1 == "libOpenCL.so.1" { print $NF; exit }')
    [ -z "$loader" ] || cp -L "$loader" "$STAGE/opencl/libOpenCL.so.1"
    cp ci/gpu-run.sh "$STAGE/run.sh"
}

case ${1-} in
    bundle)
        file=${2:-target/gpu/regularisation-gpu.tar.gz}
        stage
        mkdir -p "$(dirname "$file")"
        tar -C "$(dirname "$STAGE")" -czf "$file.part" "$(basename "$STAGE")"
        bytes=$(($(wc -c <"$file.part")))
        if [ "$bytes" -gt "$LARGEST" ]; then
            rm "$file.part"
            refuse "wanted a bundle of at most $LARGEST bytes, got $bytes; leave out of $STAGE what needs not be there"
        fi
        mv "$file.part" "$file"
        echo "Bundle: $file, $(du -h "$file" | cut -f 1); on the other machine: tar -xzf, then regularisation-gpu/run.sh"
        ;;
    *)
        stage
        exec "$STAGE/run.sh" "$@"
        ;;
esac
