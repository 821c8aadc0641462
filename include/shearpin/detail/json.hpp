// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/text.hpp>

#include <string>

namespace shearpin::inline v1::detail {

/// Writes one JSON text (RFC 8259). Bytes that are no UTF-8 are written as U+FFFD, so that whatever
/// a name holds, the line can be read.
class json_writer {
public:
    json_writer& open(char bracket) {
        separate();
        text_ += bracket;
        first_ = true;
        return *this;
    }
    json_writer& close(char bracket) {
        text_ += bracket;
        first_ = false;
        return *this;
    }
    json_writer& key(text_view name) {
        separate();
        put_string(name);
        text_ += ':';
        after_key_ = true;
        return *this;
    }
    json_writer& element(text_view value) {
        separate();
        put_string(value);
        return *this;
    }
    json_writer& member(text_view name, text_view value) { return key(name).element(value); }
    template <one_of<std::uint64_t> N> json_writer& member(text_view name, N value) {
        key(name).separate();
        char digits[21];
        writer out(digits, 21);
        out.put(value);
        const text_view written = out.written();
        text_.append(written.data(), written.size());
        return *this;
    }
    template <one_of<bool> B> json_writer& member(text_view name, B value) {
        key(name).separate();
        text_ += value ? "true" : "false";
        return *this;
    }
    /// Only where there is some text.
    json_writer& member_if(text_view name, text_view value) {
        return value.empty() ? *this : member(name, value);
    }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    void separate() {
        if (!first_ && !after_key_) text_ += ',';
        first_ = false;
        after_key_ = false;
    }

    void put_string(text_view value) {
        constexpr char hex[] = "0123456789abcdef";
        text_ += '"';
        for (std::size_t at = 0; at != value.size();) {
            const auto byte = static_cast<unsigned char>(value.data()[at]);
            if (byte == '"' || byte == '\\') {
                text_ += '\\';
                text_ += static_cast<char>(byte);
                ++at;
            } else if (byte == '\n') {
                text_ += "\\n";
                ++at;
            } else if (byte < 0x20 || byte == 0x7f) {
                text_ += "\\u00";
                text_ += hex[byte >> 4];
                text_ += hex[byte & 15];
                ++at;
            } else if (const std::size_t length = sequence(value, at); length != 0) {
                text_.append(value.data() + at, length);
                at += length;
            } else {
                text_ += "\xef\xbf\xbd";
                ++at;
            }
        }
        text_ += '"';
    }

    /// The length of the UTF-8 sequence that begins here; 0 where none does. Overlong forms,
    /// surrogates and what is above U+10FFFF are none (RFC 3629).
    static std::size_t sequence(text_view value, std::size_t at) {
        const auto byte = [&](std::size_t offset) -> unsigned {
            return at + offset < value.size()
                       ? static_cast<unsigned char>(value.data()[at + offset])
                       : 0;
        };
        const auto follows = [&](std::size_t offset) { return (byte(offset) & 0xc0) == 0x80; };
        const unsigned lead = byte(0);
        if (lead < 0x80) return 1;
        if (lead >= 0xc2 && lead < 0xe0) return follows(1) ? 2 : 0;
        if ((lead & 0xf0) == 0xe0) {
            if (!follows(1) || !follows(2)) return 0;
            if (lead == 0xe0 && byte(1) < 0xa0) return 0;
            if (lead == 0xed && byte(1) >= 0xa0) return 0;
            return 3;
        }
        if (lead >= 0xf0 && lead < 0xf5) {
            if (!follows(1) || !follows(2) || !follows(3)) return 0;
            if (lead == 0xf0 && byte(1) < 0x90) return 0;
            if (lead == 0xf4 && byte(1) >= 0x90) return 0;
            return 4;
        }
        return 0;
    }

    std::string text_;
    bool first_ = true;
    bool after_key_ = false;
};

}  // namespace shearpin::inline v1::detail
