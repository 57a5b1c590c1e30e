#!/usr/bin/env bash
# Runs the whole suite with ND4J on an NVIDIA GPU, or bundles what that needs for a machine without network.
#
#   ci/cuda.sh [option of Maven ...]   checks the machine, then runs mvn verify -Pcuda -Dthorough
#   ci/cuda.sh bundle [FILE]           writes a tar file, about 2.5 GB; by default target/gpu/regularisation-gpu.tar
set -euo pipefail
cd "$(dirname "$0")/.."

LEAST_DRIVER=450.80.02 # of CUDA 11, on Linux
REPOSITORY=$PWD/repository # there in a bundle only

refuse() {
    echo "ci/cuda.sh: $1" >&2
    exit 2
}

require() {
    command -v "$1" >/dev/null || refuse "wanted $1 on the PATH, found none; $2"
}

check_gpu() {
    local device driver capability
    [ "$(uname -sm)" = "Linux x86_64" ] || refuse "wanted Linux on x86-64, got $(uname -sm); nd4j-cuda-11.6 has no native code for it"
    require nvidia-smi "install an NVIDIA driver of version $LEAST_DRIVER or newer"
    export CUDA_DEVICE_ORDER=PCI_BUS_ID # the order of nvidia-smi
    device=${CUDA_VISIBLE_DEVICES-0}
    device=${device%%,*}
    [ -n "$device" ] || refuse "CUDA_VISIBLE_DEVICES is empty and so hides every GPU; unset it"
    driver=$(nvidia-smi --id="$device" --query-gpu=driver_version --format=csv,noheader 2>&1) \
        || refuse "the NVIDIA driver does not answer: $(head -n 1 <<<"$driver")"
    [ "$(printf '%s\n' "$LEAST_DRIVER" "$driver" | sort -V | head -n 1)" = "$LEAST_DRIVER" ] \
        || refuse "wanted an NVIDIA driver of version $LEAST_DRIVER or newer, got $driver; update it"
    # Drivers before 510 do not tell; the suite asks CUDA itself later.
    if capability=$(nvidia-smi --id="$device" --query-gpu=compute_cap --format=csv,noheader 2>/dev/null); then
        awk -v c="$capability" 'BEGIN { split(c, v, "."); n = 100 * v[1] + v[2]; exit !(n >= 307 && n < 900) }' \
            || refuse "wanted a GPU of compute capability 3.7 to 8.9 (Kepler to Ada), got $capability; nd4j-cuda-11.6 has no code for it"
    fi
    echo "ci/cuda.sh: GPU $device, compute capability ${capability:-unknown}, driver $driver"
}

run() {
    local options=()
    require java "install a JDK of version 17 or newer"
    require mvn "install Maven 3.8.6 or newer"
    check_gpu
    [ ! -d "$REPOSITORY" ] || options=(-o "-Dmaven.repo.local=$REPOSITORY")
    # All tests, and one that is skipped for want of a GPU fails, since there is one.
    mvn -B -ntp verify -Pcuda -Dthorough -Drequired=nd4j "${options[@]}" "$@"
    echo "Report: $PWD/reports/allure/index.html"
}

bundle() {
    local file=${1:-target/gpu/regularisation-gpu.tar} stage=target/gpu/regularisation-gpu
    require git "the bundle holds the files of the last commit"
    require java "install a JDK of version 17 or newer"
    require mvn "install Maven 3.8.6 or newer"
    # An earlier attempt's repository is kept: its artifacts are large and never change.
    mkdir -p "$stage/repository"
    find "$stage" -mindepth 1 -maxdepth 1 ! -name repository -exec rm -rf {} +
    git archive HEAD | tar -x -C "$stage"
    # A small build that runs every plugin: what it needs, and no more, ends up in the repository.
    (cd "$stage" && mvn -B -ntp verify -Pcuda -Dnd4j.platform=linux-x86_64 "-Dmaven.repo.local=$PWD/repository" \
        -Dtest=Nd4jProviderTest && rm -rf target reports/allure)
    cat >"$stage/GPU.txt" <<'END'
The suite with ND4J on an NVIDIA GPU, for a machine without network.

Wanted: Linux on x86-64; a GPU of compute capability 3.7 to 8.9 with a driver of version 450.80.02 or newer; a JDK of
version 17 or newer; Maven 3.8.6 or newer. The CUDA libraries are in repository/.

    tar -xf regularisation-gpu.tar
    cd regularisation-gpu
    ci/cuda.sh

That runs mvn -o verify -Pcuda -Dthorough on what is here. Options are passed on, as in ci/cuda.sh -Dtest='Nd4j*'. The report is
reports/allure/index.html.
END
    mkdir -p "$(dirname "$file")"
    tar -C "$(dirname "$stage")" -cf "$file.part" "$(basename "$stage")"
    mv "$file.part" "$file"
    echo "Bundle: $file, $(du -h "$file" | cut -f 1); on the other machine: tar -xf, then ci/cuda.sh"
}

if [ "${1-}" = bundle ]; then
    bundle "${@:2}"
else
    run "$@"
fi
