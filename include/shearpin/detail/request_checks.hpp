// SPDX-License-Identifier: BSL-1.0
// Whether the selection is what the person said it would be.
#pragma once

#include <shearpin/checks.hpp>
#include <shearpin/detail/culprits.hpp>
#include <shearpin/detail/distinct.hpp>
#include <shearpin/detail/seen.hpp>
#include <shearpin/inventory.hpp>
#include <shearpin/request.hpp>
#include <shearpin/violations.hpp>

namespace shearpin::inline v1::detail {

/// The environment that the world says it is, else the one that the guard was told. It is owned:
/// the world may return a string that ends with this call.
template <class World, class Options>
spoken_word environment_of(World& world, const Options& options) {
    if constexpr (requires {
                      { world.environment() } -> converts_to<text_view>;
                  })
        return spoken_word(text_view(world.environment()));
    else
        return spoken_word(options.habits.environment);
}

constexpr bool is_before(text_view left, text_view right) noexcept {
    for (std::size_t at = 0; at != left.size() && at != right.size(); ++at)
        if (left.data()[at] != right.data()[at])
            return static_cast<unsigned char>(left.data()[at]) <
                   static_cast<unsigned char>(right.data()[at]);
    return left.size() < right.size();
}

/// How an expected target is compared with a selected one: texts of all types as text.
template <class T> using compared_as = choose<converts_to<const T&, text_view>, text_view, T>;
template <class T> constexpr bool comes_before(const T& left, const T& right) {
    if constexpr (is_same<T, text_view>)
        return is_before(left, right);
    else
        return left < right;
}

/// A sorted list of things that are pointed at or, for text, viewed.
template <class T> class looked_up {
    using entry = choose<is_same<T, text_view>, text_view, const T*>;

public:
    explicit looked_up(count how_many) : items_(how_many), room_(how_many) {}
    [[nodiscard]] bool has_memory() const noexcept { return room_ == 0 || items_.get() != nullptr; }
    void add(const T& one) {
        if (number_ == room_) return;
        if constexpr (is_same<T, text_view>)
            items_.get()[number_++] = one;
        else
            items_.get()[number_++] = &one;
    }
    void sort() {
        detail::sort(items_.get(), number_, [](const entry& left, const entry& right) {
            return comes_before<T>(value(left), value(right));
        });
    }
    /// Where the first of those that are equal to this one stands; nothing where there is none.
    [[nodiscard]] maybe<count> find(const T& one) const {
        count low = 0;
        for (count high = number_; low != high;) {
            const count middle = low + (high - low) / 2;
            if (comes_before<T>(value(items_.get()[middle]), one))
                low = middle + 1;
            else
                high = middle;
        }
        if (low == number_ || comes_before<T>(one, value(items_.get()[low]))) return {};
        return low;
    }

private:
    static const T& value(const entry& at) noexcept {
        if constexpr (is_same<T, text_view>)
            return at;
        else
            return *at;
    }
    scratch<entry> items_;
    count room_;
    count number_ = 0;
};

/// Reports where the selection is not the expected list.
template <class Asked, class Report>
void add_unexpected_targets(const expectation& expected, const Asked& asked, Report report) {
    if constexpr (!Asked::has_targets) {
        report(violation(checks::expectation_of_another_kind{}, {}, 0, asked.heads()));
    } else {
        using target = compared_as<typename Asked::target>;
        if constexpr (!(is_same<target, text_view> || ordered<target>)) {
            report(violation(checks::expectation_of_another_kind{}, {}, 0, asked.heads()));
        } else {
            if (!expected.template is_of<target>()) {
                report(violation(checks::expectation_of_another_kind{}, {}, 0, asked.heads()));
                return;
            }
            looked_up<target> meant(expected.number());
            scratch<bool> selected(expected.number());  // by the place in `meant`
            if (!meant.has_memory() || (expected.number() != 0 && selected.get() == nullptr)) {
                report(violation(checks::not_compared{}, {}, 0, 1));
                return;
            }
            expected.template for_each<target>([&](const target& one) { meant.add(one); });
            meant.sort();
            culprits surplus;
            count position = 0;
            for (auto at = list_begin(asked.targets()); at != list_end(asked.targets());
                 ++at, ++position) {
                const typename Asked::target& each = *at;
                const target& compared_target = each;  // nothing of it is kept: it may be made anew
                if (const maybe<count> found = meant.find(compared_target))
                    selected.get()[*found] = true;
                else
                    surplus.add(each, position);
            }
            culprits lacking;
            position = 0;
            expected.template for_each<target>([&](const target& one) {
                if (!selected.get()[*meant.find(one)]) lacking.add(one, position);
                ++position;
            });
            if (surplus.number() != 0)
                report(violation(checks::unexpected_target{}, {}, 0, surplus.number())
                           .with_targets(surplus.text()));
            if (lacking.number() != 0)
                report(violation(checks::expected_but_missing{}, {}, 0, lacking.number())
                           .with_targets(lacking.text()));
        }
    }
}

/// Reports what the person said and is not so.
template <class World, class Options, class Asked, class Report>
void add_unmeant(const request& said, World& world, const Options& options, const Asked& asked,
                 Report report) {
    const facts known{.request = &said};  // so that the words are made now
    if (!said.actor.fits() || !said.environment.fits() || !said.approvers.fits())
        report(violation(checks::said_too_much{}, known, 0, 1));
    if (!said.environment.empty()) {
        const spoken_word actual = environment_of(world, options);
        if (!(said.environment == actual))
            report(violation(checks::wrong_environment(said.environment, actual), known, 0,
                             asked.heads()));
    }
    if (!said.expected.given()) return;
    if (said.expected.number() != asked.heads())
        report(violation(checks::unexpected_number(said.expected.number(), asked.heads()), known,
                         said.expected.number(), asked.heads()));
    if (said.expected.names_targets()) add_unexpected_targets(said.expected, asked, report);
}

}  // namespace shearpin::inline v1::detail
