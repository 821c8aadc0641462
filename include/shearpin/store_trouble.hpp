// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/text.hpp>

namespace shearpin::inline v1 {

/// Why a store or a ledger cannot answer, for a person, with what to do about it. Cut where longer.
using store_trouble = fixed_text<255>;

}  // namespace shearpin::inline v1
