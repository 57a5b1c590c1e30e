#!/usr/bin/env bash
# Builds the project and runs every test, from a clean machine with a JDK and Maven. Arguments are handed on to Maven.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

for tool in java mvn; do
    command -v "$tool" >/dev/null || { echo "ci/verify.sh: wanted $tool on the PATH, found none; install a JDK 17 and Maven" >&2; exit 2; }
done

# Whether a program can load OpenCL and finds a driver.
has_opencl() {
    ldconfig -p 2>/dev/null | grep -q 'libOpenCL\.so\.1' && ls /etc/OpenCL/vendors/*.icd >/dev/null 2>&1
}

# PoCL, OpenCL on the processor, with which the kernels of GPUs are proved; without it their rules are skipped, and counted.
install_opencl() {
    local root=()
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && root=(sudo -n); } || return 1
    # bash before 4.4 takes an empty array for an unset variable.
    ${root[@]+"${root[@]}"} env DEBIAN_FRONTEND=noninteractive sh -c '
        apt-get -o Acquire::Retries=3 update
        apt-get -o Acquire::Retries=3 install -y --no-install-recommends pocl-opencl-icd ocl-icd-libopencl1' >/dev/null 2>&1
}

# On Linux all tests, those too for which a developer need not wait; their JVMs and signals were tried there. Elsewhere the rules on
# nd4j as well.
flags=(-Dbackends=cpu,nd4j)
if [ "$(uname -s)" = Linux ]; then
    flags=(-Dthorough)
    if ! has_opencl; then
        echo "ci/verify.sh: installing PoCL"
        install_opencl || echo "ci/verify.sh: PoCL cannot be installed here; without it the rules of opencl are skipped"
    fi
    # Where it is, or where CI says that it must be, a skip is a failure.
    if has_opencl || [ -n "${CI-}" ]; then
        flags+=(-Drequired=opencl)
    fi
fi

counts=target/rules/counts.txt
rm -f "$counts"
mvn -B -ntp verify "${flags[@]}" "$@"
status=$?
if [ -f "$counts" ]; then
    cat "$counts"
else
    echo "No test was counted: the build failed before. Report: none"
fi
exit "$status"
