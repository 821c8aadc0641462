// SPDX-License-Identifier: BSL-1.0
// A hash of what stands in another process under the same names.
#pragma once

#include <shearpin/detail/fnv1a.hpp>
#include <shearpin/targets.hpp>

namespace shearpin::inline v1::detail {

class fingerprint_maker {
public:
    /// Each text is told from the next by its length.
    fingerprint_maker& add(text_view what) noexcept {
        add(count{what.size()});
        for (const char letter : what) mix(static_cast<unsigned char>(letter));
        return *this;
    }
    fingerprint_maker& add(count number) noexcept {
        for (unsigned shift = 0; shift != 64; shift += 8)
            mix(static_cast<unsigned char>(number >> shift));
        return *this;
    }
    [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

private:
    void mix(unsigned char byte) noexcept { value_ = fnv1a(value_, byte); }
    std::uint64_t value_ = fnv1a_start;
};

/// Whether targets of this type have names, which are the same in another process.
template <class T> constexpr bool has_name() {
    if constexpr (requires(const T& thing) {
                      { to_text(thing) } -> converts_to<text_view>;
                  })
        return true;
    else
        return converts_to<const T&, text_view> || c_string<T> || integer<T> || __is_enum(T);
}

/// Adds what put_name would write, however long it is.
template <class T> void add_name(fingerprint_maker& to, const T& thing) {
    if constexpr (requires {
                      { to_text(thing) } -> converts_to<text_view>;
                  }) {
        const auto text = to_text(thing);
        to.add(text_view(text));
    } else if constexpr (converts_to<const T&, text_view>) {
        to.add(text_view(thing));
    } else {
        fixed_text<31> text;
        text.write([&](writer& out) { put_name(out, thing); });
        to.add(text);
    }
}

}  // namespace shearpin::inline v1::detail
