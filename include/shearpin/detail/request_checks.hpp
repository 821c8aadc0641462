// SPDX-License-Identifier: BSL-1.0
// Whether the selection is what the person said it would be.
#pragma once

#include <shearpin/checks/ledger.hpp>
#include <shearpin/checks/request.hpp>
#include <shearpin/detail/culprits.hpp>
#include <shearpin/detail/distinct.hpp>
#include <shearpin/detail/hex.hpp>
#include <shearpin/detail/seen.hpp>
#include <shearpin/inventory.hpp>
#include <shearpin/request.hpp>
#include <shearpin/violations.hpp>

namespace shearpin::inline v1::checks {

struct reason_of_a_wave : check {
    static constexpr text_view name = "reason_of_a_wave";
    void explain(const facts&, writer& out) const {
        out.put(
            "the reason begins as the ledger notes a wave of a run; say it in other words, or "
            "whoever resumes that run would take this removal for a part of it");
    }
};

}  // namespace shearpin::inline v1::checks

namespace shearpin::inline v1::detail {

/// Whether a reason begins as that of a wave: "run 0123456789abcdef@".
[[nodiscard]] inline bool poses_as_wave(text_view reason) noexcept {
    constexpr text_view mark = "run ";
    std::size_t at = mark.size();
    if (reason.size() <= at || !(text_view(reason.data(), at) == mark)) return false;
    while (at != reason.size() && value_of_hex(reason.data()[at]) >= 0) ++at;
    return at != mark.size() && at != reason.size() && reason.data()[at] == '@';
}

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

/// A sorted list of things that stand elsewhere.
template <class T> class looked_up {
    using key = key_of<T>;

public:
    explicit looked_up(count how_many) : items_(how_many), room_(how_many) {}
    [[nodiscard]] bool has_memory() const noexcept { return room_ == 0 || items_.get() != nullptr; }
    void add(const T& one) {
        if (number_ != room_) items_.get()[number_++] = key::keep(one);
    }
    void sort() {
        detail::sort(items_.get(), number_, [](const auto& left, const auto& right) {
            return key::comes_before(key::value(left), key::value(right));
        });
    }
    /// Where the first of those that are equal to this one stands; nothing where there is none.
    [[nodiscard]] maybe<count> find(const T& one) const {
        const count place_of_one = find_place(items_.get(), number_, [&](const auto& item) {
            return key::comes_before(key::value(item), one);
        });
        if (place_of_one == number_ ||
            key::comes_before(one, key::value(items_.get()[place_of_one])))
            return {};
        return place_of_one;
    }

private:
    scratch<typename key::kept> items_;
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
                const maybe<count> found = meant.find(one);  // nothing if the list has grown since
                if (!found || !selected.get()[*found]) lacking.add(one, position);
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
