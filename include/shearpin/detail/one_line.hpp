// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/text.hpp>

#include <string>

namespace shearpin::inline v1::detail {

/// At most 255 characters of a name in one line, whatever stands in it: control characters as \n or
/// \x1b.
inline std::string in_one_line(text_view name) {
    fixed_text<255> text;
    text.write([&](writer& out) { out.put_line([&](writer& to) { to.put(name); }); });
    return std::string(text);
}

}  // namespace shearpin::inline v1::detail
