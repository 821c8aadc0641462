// SPDX-License-Identifier: BSL-1.0
// Included before everything else where mutants are tried: which of them is switched on, and which have been passed.
#pragma once

namespace shearpin_mutation {

extern int chosen;
extern unsigned char* passed;

inline bool is_chosen(int number) noexcept {
    passed[number] = 1;
    return number == chosen;
}

/// In a constant expression nothing is switched on.
constexpr bool is(int number) noexcept { return !__builtin_is_constant_evaluated() && is_chosen(number); }

}  // namespace shearpin_mutation

#define SHEARPIN_IS_MUTANT(number) ::shearpin_mutation::is(number)
