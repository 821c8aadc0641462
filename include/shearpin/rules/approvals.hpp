// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/request.hpp>
#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

namespace detail {
// Never defined: the name is the compiler's message.
void approvals_are_at_most_8();                    // see examples/errors.md
void approvals_of_nobody_are_none_leave_it_out();  // see examples/errors.md
}  // namespace detail

/// The amount up to which no approval is needed: approvals(2, above(3)).
struct above {
    count free;  ///< so much may go without any approval
    template <detail::integer N>
    consteval above(N number)
        SHEARPIN_REFUSED_IF(detail::is_negative(number), "above: the amount must not be negative")
        : free(detail::written_count<above>(number)) {}
};

/// More than so much needs so many people other than the one whose removal it is: approvals(2,
/// above(3)) lets 3 go without, and more with two. They are counted once each, the actor not at
/// all, and where nobody says who the actor is, none. Names are claims of the calling program: this
/// makes agreement explicit and recorded, it does not authenticate anybody.
class approvals {
public:
    static constexpr text_view name = "approvals";
    static constexpr measure measures = measure::amount;
    static constexpr need needs = need::request;
    static constexpr bool asks_for_words = true;

    template <detail::integer N>
    consteval approvals(N people, above without)
        SHEARPIN_REFUSED_IF(detail::is_zero(people), "approvals of nobody are none; leave it out")
            SHEARPIN_REFUSED_IF(detail::is_negative(people), "approvals: the number is negative")
                SHEARPIN_REFUSED_IF(detail::is_more(people, 8), "approvals: at most 8 people")
        : people_(detail::written_count<approvals>(people)), free_(without.free) {
        if (people_ == 0) detail::approvals_of_nobody_are_none_leave_it_out();
        if (people_ > names::room) detail::approvals_are_at_most_8();
    }

    /// From data. Nothing where fewer than one or more than eight people are asked for, or the
    /// amount is 2^63 or more.
    [[nodiscard]] static constexpr maybe<approvals> from(count people, count without) noexcept {
        if (people == 0 || people > names::room || without > largest_count) return {};
        return approvals(people, without, read{});
    }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        return agreed(known) >= people_ ? ~count{0} : free_;
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("approvals(").put(people_).put(", above(").put(free_).put("))");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        out.put("more than ").put(free_).put(" needs ").put(people_);
        out.put(people_ == 1 ? " other person" : " other people");
        if (known.request == nullptr || known.request->approvers.empty()) {
            out.put(", and nobody approved");
            return;
        }
        const shearpin::request& said = *known.request;
        if (!said.approvers.fits()) {
            out.put("; at most 8 people can approve, by names of at most 63 characters");
            return;
        }
        if (is_nobody(said.actor)) {
            out.put("; say whose removal it is, before others can approve it");
            return;
        }
        const count counted = agreed(known);
        out.put(", and ").put(counted).put(" approved");
        for (const spoken_word& each : said.approvers)
            if (same_person(each, said.actor)) {
                out.put(" (not counting ").put(said.actor).put(", whose removal it is)");
                break;
            }
        for (const spoken_word* one = said.approvers.begin(); one != said.approvers.end(); ++one)
            for (const spoken_word* earlier = said.approvers.begin(); earlier != one; ++earlier)
                if (same_person(*earlier, *one) && !is_nobody(*one) &&
                    !same_person(*one, said.actor)) {
                    out.put(" (").put(*one).put(" counts once)");
                    return;
                }
    }

    /// How many people must approve, from 1 to 8.
    [[nodiscard]] constexpr count people() const noexcept { return people_; }
    /// The amount up to which none are needed.
    [[nodiscard]] constexpr count without() const noexcept { return free_; }
    friend constexpr bool operator==(const approvals&, const approvals&) noexcept = default;

private:
    struct read {};
    constexpr approvals(count people, count without, read) noexcept
        : people_(people), free_(without) {}

    /// The name without blanks around it, and without the difference of capitals: "Ann " is ann.
    [[nodiscard]] static constexpr text_view trimmed(text_view name_as_said) noexcept {
        const auto is_blank = [](char letter) { return letter == ' ' || letter == '\t'; };
        const char* first = name_as_said.begin();
        const char* last = name_as_said.end();
        while (first != last && is_blank(*first)) ++first;
        while (first != last && is_blank(last[-1])) --last;
        return {first, static_cast<std::size_t>(last - first)};
    }
    [[nodiscard]] static constexpr bool is_nobody(text_view name_as_said) noexcept {
        return trimmed(name_as_said).empty();
    }
    [[nodiscard]] static constexpr bool same_person(text_view left, text_view right) noexcept {
        const text_view one = trimmed(left);
        const text_view other = trimmed(right);
        if (one.size() != other.size()) return false;
        const auto small = [](char letter) {
            return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        };
        for (std::size_t at = 0; at != one.size(); ++at)
            if (small(one.data()[at]) != small(other.data()[at])) return false;
        return true;
    }

    /// How many distinct people other than the actor agreed.
    [[nodiscard]] static constexpr count agreed(const facts& known) noexcept {
        if (known.request == nullptr) return 0;
        const shearpin::request& said = *known.request;
        if (is_nobody(said.actor) || !said.approvers.fits()) return 0;
        count number = 0;
        for (const spoken_word* one = said.approvers.begin(); one != said.approvers.end(); ++one) {
            bool counts = !is_nobody(*one) && !same_person(*one, said.actor);
            for (const spoken_word* earlier = said.approvers.begin(); earlier != one; ++earlier)
                if (same_person(*earlier, *one)) counts = false;
            if (counts) ++number;
        }
        return number;
    }

    count people_;
    count free_;
};

}  // namespace shearpin::inline v1
