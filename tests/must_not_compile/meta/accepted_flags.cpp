// SPDX-License-Identifier: BSL-1.0
// VERDICT accepted
// FLAGS: -fno-exceptions -DTWO=2
// CASE it: (exception handling disabled|exceptions disabled)
#if defined(__cpp_exceptions) || TWO != 2
#error "the flags must be there for the control too"
#endif
void remove() {
#if defined(CASE_it)
    throw 1;  // HERE it
#endif
}
