// SPDX-License-Identifier: BSL-1.0
// All that the other cases need, in one header that clang can compile once for all of them.
#pragma once

#include <shearpin/any_guard.hpp>
#include <shearpin/any_permit.hpp>
#include <shearpin/prune.hpp>
#include <shearpin/shearpin.hpp>
