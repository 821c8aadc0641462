// SPDX-License-Identifier: BSL-1.0
// How a policy is written: the same in code, in a file and in a refusal.
#pragma once

#include <shearpin/policies.hpp>

#include <string>

namespace shearpin::inline v1 {

/// Writes a policy in one line: "min_remaining(95%), max_batch(5)". Read again it is the same
/// policy, of rules of the library that a guard would take; a rule of the user's own is written, as
/// in a refusal, and not read.
template <class... Rules> constexpr void spell(const policy<Rules...>& rules, writer& out) {
    text_view before = "";
    rules.for_each([&](const auto& each) {
        out.put(before);
        detail::spell(each, out);
        before = ", ";
    });
}

namespace detail {

/// All that `write_to(writer&)` writes, however long it is: it is asked twice where it is long.
template <class F> std::string all_written(F write_to) {
    char first[256];
    writer once(first, sizeof first);
    write_to(once);
    if (!once.cut()) return std::string(once.written());
    std::string all(once.wanted(), '\0');
    writer again(all.data(), all.size());
    write_to(again);
    return all;
}

/// A pool's name as it stands before its rules, in quotation marks where it is more than a word.
/// A quotation mark or a control character in it cannot be written, and becomes "?".
constexpr void spell_pool_name(text_view name, writer& out) {
    bool plain = !name.empty();
    for (const char letter : name)
        for (const char sign : text_view(" \t\r\n,(){}#\""))
            plain = plain && letter != sign && static_cast<unsigned char>(letter) > ' ';
    if (plain) {
        out.put(name);
        return;
    }
    out.put("\"");
    for (const char letter : name) {
        const bool can_be = letter != '"' && static_cast<unsigned char>(letter) >= ' ';
        out.put(can_be ? text_view(&letter, 1) : text_view("?"));
    }
    out.put("\"");
}

/// The rules of one pool, one in a line.
template <class Policy> constexpr void spell_section(const Policy& rules, writer& out) {
    out.put(" {\n");
    rules.for_each([&](const auto& each) {
        out.put("    ");
        detail::spell(each, out);
        out.put("\n");
    });
    out.put("}\n");
}

}  // namespace detail

/// Writes the policies of several pools, each as "pool NAME {", its rules, one in a line, and "}".
/// Pools must be named by text.
template <class... Entries> constexpr void spell(const policies<Entries...>& all, writer& out) {
    const auto section =
        [&]<class Key, class... Rules>(const detail::pool_policy<Key, Rules...>& entry) {
            if constexpr (detail::is_same<Key, detail::every_other_pool>) {
                out.put("other_pools");
            } else if constexpr (detail::is_same<Key, detail::every_pool>) {
                out.put("every_pool");
            } else {
                out.put("pool ");
                detail::spell_pool_name(entry.pool, out);
            }
            detail::spell_section(entry.rules, out);
        };
    [&]<std::size_t... Is>(detail::indexes<Is...>) {
        (section(all.template at<Is>()), ...);
    }(detail::make_indexes<sizeof...(Entries)>{});
}

/// The policy in one line; see `spell`.
template <class... Rules> [[nodiscard]] std::string to_string(const policy<Rules...>& rules) {
    return detail::all_written([&](writer& out) { shearpin::spell(rules, out); });
}
/// The policies of several pools, over as many lines as there are rules; see `spell`.
template <class... Entries> [[nodiscard]] std::string to_string(const policies<Entries...>& all) {
    return detail::all_written([&](writer& out) { shearpin::spell(all, out); });
}

}  // namespace shearpin::inline v1
