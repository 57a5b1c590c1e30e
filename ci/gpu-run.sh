#!/usr/bin/env bash
# Inside the bundle that ci/gpu.sh makes: proves and measures the OpenCL device of this machine, Linux of the same kind as where it
# was made.
#
#   run.sh [SEEDS [FOLDER]]   seeds of the study, 1000 on a GPU when left out; where its study.csv is to be kept
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

find_library() {
    local found
    found=$(ldconfig -p 2>/dev/null | awk -v name="$1" '$1 == name { print $NF; exit }')
    if [ -z "$found" ]; then
        for folder in /usr/local/nvidia/lib64 /usr/local/nvidia/lib /usr/lib64 /usr/lib/x86_64-linux-gnu /usr/lib/wsl/lib; do
            [ ! -e "$folder/$1" ] || { found=$folder/$1; break; }
        done
    fi
    printf '%s' "$found"
}

# Containers often have NVIDIA's driver without the line that registers it.
if ! ls /etc/OpenCL/vendors/*.icd >/dev/null 2>&1 && [ -z "${OCL_ICD_VENDORS-}" ]; then
    nvidia=$(find_library libnvidia-opencl.so.1)
    if [ -n "$nvidia" ]; then
        mkdir -p "$here/vendors"
        echo "$nvidia" >"$here/vendors/nvidia.icd"
        export OCL_ICD_VENDORS="$here/vendors/"
        echo "run.sh: NVIDIA's driver is not registered for OpenCL here; using $nvidia"
    fi
fi
if [ -z "$(find_library libOpenCL.so.1)" ] && [ -e "$here/opencl/libOpenCL.so.1" ]; then
    export LD_LIBRARY_PATH="$here/opencl${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
# A driver whose compiler runs inside the process handles signals that the JVM handles, too: this passes on which is whose.
jsig=$here/runtime/lib/libjsig.so
if [ -e "$jsig" ]; then
    export LD_PRELOAD="$jsig${LD_PRELOAD:+:$LD_PRELOAD}"
fi
exec "$here/runtime/bin/java" --add-modules=jdk.incubator.vector ${JAVA_OPTIONS-} -cp "$here/lib/*" \
    dev.regularisation.lockstep.DeviceCheck "$@"
