// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/digit.hpp>
#include <shearpin/detail/text_mistake.hpp>

#include <cstddef>

namespace shearpin::inline v1::detail {

/// Walks through the text of a policy, word by word, and notes what is wrong with it. It never goes
/// back, so that reading costs as many steps as there are characters.
class text_cursor {
public:
    constexpr text_cursor(text_view text, mistake_list& wrong) noexcept
        : text_(text), wrong_(&wrong) {
        // What some editors put before a text; no part of it.
        if (text.size() >= 3 && text_view(text.data(), 3) == "\xef\xbb\xbf") at_ = 3;
    }

    [[nodiscard]] constexpr bool at_end() const noexcept { return at_ == text_.size(); }
    [[nodiscard]] constexpr char letter() const noexcept {
        return at_end() ? '\0' : text_.data()[at_];
    }
    [[nodiscard]] constexpr std::size_t at() const noexcept { return at_; }

    constexpr void skip_blanks_of_line() noexcept {
        while (!at_end() && is_blank(letter())) ++at_;
    }
    /// Blanks, line breaks and comments.
    constexpr void skip_blanks() noexcept {
        for (; !at_end(); ++at_) {
            if (letter() == '#')
                while (!at_end() && letter() != '\n') ++at_;
            if (at_end() || (!is_blank(letter()) && letter() != '\n')) return;
        }
    }

    /// Goes over this one, after blanks; false where it does not stand here.
    constexpr bool take(char wanted) noexcept {
        skip_blanks();
        if (at_end() || letter() != wanted) return false;
        if (wanted == '(') ++open_;
        if (wanted == ')' && open_ != 0) --open_;
        last_ = ++at_;
        return true;
    }
    /// All up to a blank or a sign that separates: a word, a number with its unit, a date.
    constexpr text_view take_lump() noexcept {
        skip_blanks();
        const text_view lump = lump_here();
        at_ += lump.size();
        if (!lump.empty()) last_ = at_;
        return lump;
    }
    /// The lump that begins just here, without going over it.
    [[nodiscard]] constexpr text_view lump_here() const noexcept {
        std::size_t end = at_;
        while (end != text_.size() && !separates(text_.data()[end])) ++end;
        return {text_.data() + at_, end - at_};
    }
    /// The lump after blanks, without going over it; or the one sign that stands here.
    [[nodiscard]] constexpr text_view look() const noexcept {
        text_cursor ahead = *this;
        const text_view lump = ahead.take_lump();
        if (!lump.empty() || ahead.at_end()) return lump;
        return {text_.data() + ahead.at_, 1};
    }
    /// The name of a pool in quotation marks, without them; what is missing of it is a mistake.
    constexpr bool take_quoted(text_view& name) noexcept {
        const std::size_t first = ++at_;
        while (!at_end() && letter() != '"' && static_cast<unsigned char>(letter()) >= ' ') ++at_;
        name = {text_.data() + first, at_ - first};
        if (at_end() || letter() != '"') return false;
        last_ = ++at_;
        return true;
    }

    // ---- what is wrong --------------------------------------------------------------------------

    constexpr bool wrong(const text_mistake& one) noexcept {
        wrong_->add(one);
        return false;
    }
    constexpr bool wrong(policy_mistake what, text_view found, text_view expected = {},
                         text_view nearest = {}) noexcept {
        const auto at = static_cast<std::size_t>(found.data() - text_.data());
        return wrong({what, at, found, expected, nearest, 0});
    }
    /// Something else was expected at the place that was reached.
    constexpr bool expected(text_view what, text_view nearest = {}) noexcept {
        const text_view found = look();
        std::size_t place = at_;
        if (!found.empty()) place = static_cast<std::size_t>(found.data() - text_.data());
        return wrong(
            {policy_mistake::something_else_is_expected_here, place, found, what, nearest, 0});
    }
    /// Takes a sign, or says that it is missing, at the end of what was taken last.
    constexpr bool take_or_say(char sign, text_view what) noexcept {
        if (take(sign)) return true;
        return wrong({policy_mistake::something_else_is_expected_here, last_, look(), what, {}, 0});
    }

    /// Goes on to what ends a rule with a mistake in it: a comma that is in no parenthesis, a
    /// brace, the end of the line, or the next word that begins a rule; in a parenthesis only such
    /// a word at the start of a line. True where that is on another line. No character is looked at
    /// twice.
    template <class BeginsRule> constexpr bool recover(BeginsRule begins_rule) noexcept {
        bool line_begins = false;
        bool after_blank = false;
        for (; !at_end(); ++at_) {
            const char now = letter();
            if (now == '#')
                while (at_ + 1 != text_.size() && text_.data()[at_ + 1] != '\n') ++at_;
            if (now == '\n' && open_ == 0) break;
            if (now == '\n') line_begins = true;
            if (now == '\n' || now == '#' || is_blank(now)) {
                after_blank = true;
                continue;
            }
            if ((line_begins || (after_blank && open_ == 0)) && begins_rule(lump_here())) break;
            if (now == '}' || now == '{' || (open_ == 0 && now == ',')) break;
            if (now == '(') ++open_;
            if (now == ')' && open_ != 0) --open_;
            line_begins = after_blank = false;
        }
        open_ = 0;
        return line_begins;
    }
    constexpr void step() noexcept {
        if (!at_end()) ++at_;
    }
    [[nodiscard]] constexpr std::size_t mistakes() const noexcept { return wrong_->number(); }
    [[nodiscard]] constexpr bool has_enough_mistakes() const noexcept { return wrong_->enough(); }

private:
    [[nodiscard]] static constexpr bool is_blank(char letter) noexcept {
        return letter == ' ' || letter == '\t' || letter == '\r';
    }
    [[nodiscard]] static constexpr bool separates(char letter) noexcept {
        return is_blank(letter) || letter == '\n' || letter == ',' || letter == '(' ||
               letter == ')' || letter == '{' || letter == '}' || letter == '#' || letter == '"';
    }

    text_view text_;
    mistake_list* wrong_;
    std::size_t at_ = 0;
    std::size_t last_ = 0;  // the end of what was taken last
    std::size_t open_ = 0;
};

}  // namespace shearpin::inline v1::detail
