# SPDX-License-Identifier: BSL-1.0
# What is exact, counted. For `. counting.sh`; each function prints a number.
# shellcheck shell=sh

# instructions <program> <arguments...>, by callgrind
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}
# per_turn <few> <many> <program> <arguments...>: of one turn; the number of turns is the last argument
per_turn() {
    few=$1 many=$2
    shift 2
    short=$(instructions "$@" "$few")
    long=$(instructions "$@" "$many")
    echo $(((long - short) / (many - few)))
}
# size_of <program> <function>: its bytes, without what stands out of the way
size_of() {
    printf '%d\n' "0x$(nm -S --defined-only "$1" | sed -n "s/^[0-9a-f]* \([0-9a-f]*\) [Tt] $2\$/\1/p")"
}
# compiler_instructions <include folder> <code>: millions that g++ takes to read this
compiler_instructions() {
    code=$(mktemp --suffix=.cpp)
    printf '%s\n' "$2" >"$code"
    # Not by the driver, which valgrind would not follow; what the driver adds for Debian comes along.
    counted=$(instructions "$(g++ -print-prog-name=cc1plus)" -quiet -imultiarch "$(g++ -print-multiarch)" -D_GNU_SOURCE \
        -std=c++20 -I"$1" -fsyntax-only "$code" -o /dev/null)
    rm -f "$code"
    echo "$counted" | awk '{printf "%.1f\n", $1 / 1e6}'
}
# standard_headers <include folder> <header>: those of C++ that it takes in
standard_headers() {
    printf '#include <%s>\n' "$2" | g++ -std=c++20 -I"$1" -H -fsyntax-only -x c++ - 2>&1 |
        sed -n 's,^\.* .*/c++/[0-9]*/\([a-z_]*\)$,\1,p' | sort -u | tr '\n' ' '
}
# instantiations <include folder> <code>: by clang 19, classes and functions
instantiations() {
    folder=$(mktemp -d)
    printf '%s\n' "$2" >"$folder/code.cpp"
    clang++-19 -std=c++20 -I"$1" -c -ftime-trace -ftime-trace-granularity=100000 -o "$folder/code.o" "$folder/code.cpp"
    python3 -c '
import json, sys
events = json.load(open(sys.argv[1]))["traceEvents"]
print(sum(e["args"]["count"] for e in events if e["name"] in ("Total InstantiateClass", "Total InstantiateFunction")))
' "$folder/code.json"
    rm -rf "$folder"
}
