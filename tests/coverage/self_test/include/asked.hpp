// SPDX-License-Identifier: BSL-1.0
// What the compiler alone may be asked: one of the programs asks when it runs, too.
#pragma once

constexpr int asked(int number) { return number + 1; }
constexpr bool is_asked(int number) { return asked(number) != 0; }
