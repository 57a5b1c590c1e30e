#!/usr/bin/env bash
# Trains the same plans in every JVM at hand, and in Debian's JVMs for other processors under user-mode emulation, and
# fails unless all of them give the same bits. The matrix is in target/portability.md.
#
#   ci/portability.sh [--without PATTERN=REASON]... [--only PATTERN]
#
# An environment that cannot run fails the matrix unless a reason is declared for it. Emulated ones are downloaded into
# target/portability with apt-get and unpacked there: nothing is installed, no rights are needed.
set -euo pipefail
cd "$(dirname "$0")/.."

debian=http://deb.debian.org/debian
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
work=$PWD/target/portability
only='*'
excuses=()

usage() { echo "usage: ci/portability.sh [--without PATTERN=REASON]... [--only PATTERN]" >&2; exit 2; }
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || usage
    case $1 in
        --without) [[ $2 == ?*=?* ]] || usage; excuses+=("$2") ;;
        --only) only=$2 ;;
        *) usage ;;
    esac
    shift 2
done
for tool in java mvn; do
    command -v "$tool" >/dev/null && continue
    echo "ci/portability.sh: wanted $tool on the PATH, found none; install a JDK 17 and Maven" >&2
    exit 2
done

# excuse NAME: the reason declared for an environment, or nothing.
excuse() {
    local declared
    for declared in ${excuses[@]+"${excuses[@]}"}; do
        # The left side is a pattern.
        # shellcheck disable=SC2254
        case $1 in ${declared%%=*}) echo "${declared#*=}"; return ;; esac
    done
}

# fetch ARCHITECTURE SUITE PACKAGE: unpacks a Debian package with everything it needs, prints the folder.
fetch() {
    local root=$work/$1-$2-$3 state package link target
    if [ ! -e "$root/.complete" ]; then
        state=$(mktemp -d)
        rm -rf "$root"
        mkdir -p "$root/usr/lib" "$root/usr/lib64" "$state/lists/partial" "$state/archives/partial"
        touch "$state/status"
        echo "deb [signed-by=$keyring] $debian $2 main" >"$state/sources.list"
        # A state of its own: apt then resolves for that processor, from nothing installed.
        cat >"$state/apt.conf" <<CONF
Dir::State "$state";
Dir::State::status "$state/status";
Dir::Cache "$state";
Dir::Etc::SourceList "$state/sources.list";
Dir::Etc::SourceParts "-";
APT::Architecture "$1";
APT::Architectures { "$1"; };
APT::Install-Recommends "false";
APT::Sandbox::User "$(id -un)";
CONF
        {
            APT_CONFIG=$state/apt.conf apt-get -qq update
            APT_CONFIG=$state/apt.conf apt-get -qq install -y --download-only "$3"
        } >&2 || { rm -rf "$state"; return 1; }
        for package in "$state"/archives/*.deb; do dpkg-deb -x "$package" "$root" || return 1; done
        rm -rf "$state"
        # Newer Debians expect these links from the base system.
        for link in lib lib64; do [ -e "$root/$link" ] || ln -s "usr/$link" "$root/$link"; done
        # The emulator opens the loader under this root, but would follow an absolute link out of it.
        find "$root" -type l -lname '/*' | while read -r link; do
            target=$(readlink "$link")
            ln -sfn "$(realpath -m --relative-to="$(dirname "$link")" "$root$target")" "$link"
        done
        touch "$root/.complete"
    fi
    echo "$root"
}

# emulator NAME: unpacks qemu's user-mode emulator of a processor, prints its file; NAME is SUITE/PROCESSOR where the one
# of bookworm, qemu 7.2, will not do.
emulator() {
    local root host
    host=$(dpkg --print-architecture)
    case $1 in
        */*) root=$(fetch "$host" "${1%/*}" qemu-user) && echo "$root/usr/bin/qemu-${1#*/}" ;;
        *) root=$(fetch "$host" bookworm qemu-user-static) && echo "$root/usr/bin/qemu-$1-static" ;;
    esac
}

# environment NAME HOME PROCESSOR FEATURES: adds a line to what the matrix reads.
environment() {
    printf '%s\t%s\t%s\t%s\t%s\n' "$@" "$(excuse "$1")" >>"$work/environments.tsv"
}

# emulated NAME ARCHITECTURE SUITE VERSION EMULATOR MODEL FEATURES PROCESSOR: adds an environment. Its home holds a
# bin/java that starts the emulator; it is empty where something could not be had, which fails the matrix.
emulated() {
    local home=$work/homes/$1 root qemu jdk
    # shellcheck disable=SC2254
    case $1 in $only) ;; *) return 0 ;; esac
    rm -rf "$home"
    if [ -z "$(excuse "$1")" ] && root=$(fetch "$2" "$3" "openjdk-$4-jre-headless") \
        && qemu=$(emulator "$5"); then
        jdk=$root/usr/lib/jvm/java-$4-openjdk-$2
        mkdir -p "$home/bin"
        cp "$jdk/release" "$home/release"
        printf '#!/bin/sh\nexec "%s" -cpu "%s" -L "%s" "%s" "$@"\n' \
            "$qemu" "$6" "$root" "$jdk/bin/java" >"$home/bin/java"
        chmod +x "$home/bin/java"
    fi
    environment "$1" "$home" "$8, emulated" "$7"
}

# native NAME HOME: adds this processor.
native() {
    local model features
    # shellcheck disable=SC2254
    case $1 in $only) ;; *) return 0 ;; esac
    if [ -r /proc/cpuinfo ]; then
        model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
        features=$(sed -n 's/^\(flags\|Features\)[^:]*: *//p' /proc/cpuinfo | head -n 1)
    else
        model=$(sysctl -n machdep.cpu.brand_string)
        features=$(sysctl -n machdep.cpu.features machdep.cpu.leaf7_features 2>/dev/null || true)
        features=$(echo "$features" | tr '[:upper:]\n' '[:lower:] ')
    fi
    # Every 64-bit Arm has fused multiply-add, and none lists it.
    case $(uname -m) in aarch64 | arm64) features="$features fma" ;; esac
    environment "$1" "$2" "${model:-$(uname -m)}" "native $features"
}

if [ ! -e "$keyring" ] && command -v apt-get >/dev/null; then
    $([ "$(id -u)" = 0 ] || echo sudo) apt-get -qq install -y debian-archive-keyring >/dev/null
fi
mvn -B -ntp -q test-compile
mkdir -p "$work"
: >"$work/environments.tsv"
native native own
native native-other-jdk other
emulated arm64-neon-17 arm64 bookworm 17 aarch64 cortex-a72 "fma simd" "Cortex-A72 (NEON)"
emulated arm64-sve-17 arm64 bookworm 17 aarch64 max "fma simd sve" "Armv9 (SVE of 512 bits)"
emulated arm64-sve2048-17 arm64 bookworm 17 aarch64 max,sve-default-vector-length=256 "fma simd" \
    "Armv9 (SVE of 2,048 bits)"
emulated arm64-neon-25 arm64 trixie 25 aarch64 cortex-a72 "fma simd" "Cortex-A72 (NEON)"
emulated arm64-sve-25 arm64 trixie 25 aarch64 max "fma simd sve" "Armv9 (SVE of 512 bits)"
emulated s390x-17 s390x bookworm 17 s390x max "fma" "z/Architecture"
emulated ppc64le-17 ppc64el bookworm 17 ppc64le power9 "fma simd" "POWER9"
emulated x86-64-without-fma-17 amd64 bookworm 17 x86_64 Nehalem "" "Nehalem (SSE 4.2, no FMA)"
# Haswell less what the emulator lacks, and would warn of at every start.
emulated x86-64-avx2-17 amd64 bookworm 17 x86_64 Haswell-noTSX,-pcid,-x2apic,-tsc-deadline,-invpcid \
    "fma simd avx avx2" "Haswell (AVX2)"
# Under qemu 7.2 the JVM for 32-bit x86 ends with SIGSEGV in its handling of safepoint polls; under 10.0 it runs.
emulated i386-avx2-17 i386 bookworm 17 trixie/i386 Haswell-noTSX,-pcid,-x2apic,-tsc-deadline,-invpcid,-syscall,-lm \
    "fma simd avx avx2" "Haswell, 32 bits (AVX2)"
# A processor without SSE: all arithmetic is on the x87's stack, whose registers have 80 bits.
emulated i386-x87-17 i386 bookworm 17 trixie/i386 pentium2 "" "Pentium II, 32 bits (x87)"
# The processor has fused multiply-add, HotSpot for 32-bit Arm does not use it.
emulated armhf-17 armhf bookworm 17 arm cortex-a15 "" "Cortex-A15, 32 bits (VFPv4)"
# HotSpot has no compilers for it.
emulated mips64el-17 mips64el bookworm 17 mips64el Loongson-3A4000 "zero" "Loongson 3A4000 (MIPS64)"
emulated riscv64-21 riscv64 trixie 21 riscv64 rv64 "fma" "RV64GC (no vectors)"
# Under qemu 7.2 the JVM does not find the vectors.
emulated riscv64-rvv-25 riscv64 trixie 25 trixie/riscv64 rv64,v=true,vlen=256 "fma simd" "RV64GCV (RVV of 256 bits)"
[ -s "$work/environments.tsv" ] || { echo "ci/portability.sh: no environment is called $only" >&2; exit 2; }

java -cp target/classes:target/test-classes dev.regularisation.portability.Matrix \
    "$work/environments.tsv" target/portability.md
