// SPDX-License-Identifier: BSL-1.0
// What parse_policy and parse_policies return: a policy, or all that is wrong with its text.
#pragma once

#include <shearpin/detail/text_mistake.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace shearpin::inline v1 {

/// One mistake in the text of a policy, and where. It owns its words.
class policy_error {
public:
    policy_error(policy_mistake what, count line, count column, std::string message)
        : message_(std::move(message)), line_(line), column_(column), what_(what) {}

    /// The kind of mistake, for a program.
    [[nodiscard]] policy_mistake what() const noexcept { return what_; }
    /// Counted from 1.
    [[nodiscard]] count line() const noexcept { return line_; }
    /// Counted from 1, in characters.
    [[nodiscard]] count column() const noexcept { return column_; }
    /// "there is no rule \"max_bach\"; did you mean max_batch?"
    [[nodiscard]] const std::string& message() const noexcept { return message_; }

private:
    std::string message_;
    count line_;
    count column_;
    policy_mistake what_;
};

/// All mistakes of one text, in the order in which they stand there; at least one, at most twenty.
class policy_errors {
public:
    policy_errors() = default;
    policy_errors(text_view text, const detail::text_mistake* found, std::size_t number) {
        const std::size_t kept =
            number < detail::mistake_list::most ? number : detail::mistake_list::most;
        for (std::size_t at = 0; at != kept; ++at) {
            const detail::text_mistake& each = found[at];
            fixed_text<511> words;
            words.write([&](writer& out) { detail::say(each, text, out); });
            const text_place place = detail::place_in(text, each.at);
            // In their order: one may be found out about only when what follows was read.
            const policy_error next(each.what, place.line, place.column, std::string(words));
            errors_.insert(std::upper_bound(errors_.begin(), errors_.end(), next, stands_before),
                           next);
        }
        may_be_more_ = number >= detail::mistake_list::most;
    }

    /// Of the first.
    [[nodiscard]] count line() const noexcept { return errors_.front().line(); }
    /// Of the first, in characters.
    [[nodiscard]] count column() const noexcept { return errors_.front().column(); }

    /// All of them, a line each: "line 2, column 1: there is no rule ...".
    [[nodiscard]] std::string message() const {
        return listed([](const policy_error& each) {
            return "line " + std::to_string(each.line()) + ", column " +
                   std::to_string(each.column()) + ": ";
        });
    }
    /// The same as compilers write it, for editors and logs: "index.policy:2:1: there is ...".
    [[nodiscard]] std::string in_file(text_view file_name) const {
        const std::string name = file_name;
        return listed([&](const policy_error& each) {
            return name + ":" + std::to_string(each.line()) + ":" + std::to_string(each.column()) +
                   ": ";
        });
    }

    /// How many mistakes there are in the list.
    [[nodiscard]] std::size_t size() const noexcept { return errors_.size(); }
    /// There are so many that reading stopped.
    [[nodiscard]] bool may_be_more() const noexcept { return may_be_more_; }
    [[nodiscard]] const policy_error& operator[](std::size_t at) const { return errors_[at]; }
    [[nodiscard]] auto begin() const noexcept { return errors_.begin(); }
    [[nodiscard]] auto end() const noexcept { return errors_.end(); }

private:
    static bool stands_before(const policy_error& left, const policy_error& right) noexcept {
        return left.line() != right.line() ? left.line() < right.line()
                                           : left.column() < right.column();
    }
    template <class Placed> [[nodiscard]] std::string listed(Placed placed) const {
        std::string all;
        for (const policy_error& each : errors_) {
            if (!all.empty()) all += "\n";
            all += placed(each) + each.message();
        }
        if (may_be_more_) all += "\nthere may be more; reading stopped here";
        return all;
    }

    std::vector<policy_error> errors_;
    bool may_be_more_ = false;
};

/// What was read, or why nothing was. (std::expected is C++23.)
template <class T> class [[nodiscard]] parsed {
public:
    parsed(T read) : value_(std::move(read)) {}
    parsed(policy_errors mistakes) : errors_(std::move(mistakes)) {}

    [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

    /// The policy. Where the text has mistakes there is none, and this traps.
    [[nodiscard]] const T& value() const& {
        if (!has_value()) __builtin_trap();
        return *value_;
    }
    [[nodiscard]] T value() && {
        if (!has_value()) __builtin_trap();
        return *std::move(value_);
    }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }

    /// What is wrong. Where nothing is, this traps.
    [[nodiscard]] const policy_errors& error() const& {
        if (has_value()) __builtin_trap();
        return errors_;
    }
    [[nodiscard]] policy_errors error() && { return static_cast<const parsed&>(*this).error(); }

private:
    std::optional<T> value_;
    policy_errors errors_;
};

}  // namespace shearpin::inline v1
