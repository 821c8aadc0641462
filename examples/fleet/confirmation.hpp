// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace fleet {

/// Asks the person at the terminal for the number of hosts, which nobody types without having read
/// it. True where it is given, and where standard input or standard error is no terminal: nobody is
/// there to ask then, and whether it may go is not this question's to decide. Says so where not.
bool is_confirmed(std::size_t hosts);

}  // namespace fleet
