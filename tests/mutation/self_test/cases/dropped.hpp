// SPDX-License-Identifier: BSL-1.0
// What the cases beside it include first, so that it is compiled ahead for all of them.
#pragma once

#include <shearpin/shearpin.hpp>
