# SPDX-License-Identifier: BSL-1.0
# For tests/run and examples/run: installs what is missing, on Debian and its kin, and touches nothing else.
# shellcheck shell=sh

# missing <what>:<package>...: prints the packages of what is not here: a path, a header (with a dot), else a command
missing() {
    for pair in "$@"; do
        what=${pair%%:*}
        case $what in
            /*) [ -e "$what" ] && continue ;;
            # Whichever compiler is here is asked, since headers may lie elsewhere than where Debian puts them.
            *.*) for compiler in c++ g++ clang++ clang++-19 clang++-14; do
                     echo "#include <$what>" | "$compiler" -std=c++20 -E -x c++ - >/dev/null 2>&1 && continue 2
                 done ;;
            *) command -v "$what" >/dev/null && continue ;;
        esac
        echo "${pair#*:}"
    done
}

install_missing() {
    packages=$(missing "$@" | sort -u | tr '\n' ' ')
    [ -n "$packages" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then as_root=sudo; fi
    if ! command -v apt-get >/dev/null || { [ -n "$as_root" ] && ! command -v sudo >/dev/null; }; then
        echo "These packages are missing, and there are no rights to install them. As root, run:" >&2
        echo "  apt-get update && apt-get install -y $packages" >&2
        exit 1
    fi
    echo "Installing what is missing: $packages"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # a list of packages
    $as_root apt-get update -q >/dev/null &&
        $as_root apt-get install -y -q --no-install-recommends $packages >/dev/null || {
        echo "It failed. As root, run:  apt-get update && apt-get install -y $packages" >&2
        exit 1
    }
}
