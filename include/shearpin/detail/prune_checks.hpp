// SPDX-License-Identifier: BSL-1.0
// Why a list is no evidence that what is absent from it may go: the checks of a prune, shaped like
// those in checks.hpp.
#pragma once

#include <shearpin/checks/selection.hpp>
#include <shearpin/fraction.hpp>
#include <shearpin/time.hpp>

namespace shearpin::inline v1::checks {

/// A newer or better list may be taken: so these are refusals for now.
struct of_the_listing {
    static constexpr bool all_or_nothing = true;
};

struct empty_listing : of_the_listing {
    static constexpr text_view name = "empty_listing";
    void explain(const facts&, writer& out) const {
        out.put("the list of what is to stay is empty, and an empty list never means everything");
    }
};

struct partial_listing : of_the_listing {
    static constexpr text_view name = "partial_listing";
    void explain(const facts&, writer& out) const {
        out.put("nobody says that the list is complete, so what it lacks may still be wanted");
    }
};

struct listing_changed : of_the_listing {
    static constexpr text_view name = "listing_changed";
    void explain(const facts&, writer& out) const {
        out.put(
            "the list has another size than when it was said to be complete; give it when it is");
    }
};

struct end_not_seen : of_the_listing {
    static constexpr text_view name = "end_not_seen";
    void explain(const facts&, writer& out) const {
        out.put("the list has no end marker, so it was cut off");
    }
};

struct goes_on_after_end : of_the_listing {
    static constexpr text_view name = "goes_on_after_end";
    void explain(const facts&, writer& out) const {
        out.put("the list goes on after its end marker, so it is not what was written");
    }
};

struct old_listing : of_the_listing {
    static constexpr text_view name = "old_listing";
    constexpr old_listing(time_point taken, duration at_most) noexcept
        : taken_(taken), at_most_(at_most) {}
    void explain(const facts& known, writer& out) const {
        if (!taken_.known()) {
            out.put("when the list was taken is not known; it may be ");
        } else if (!known.now.known()) {
            out.put("how old the list is is not known, for lack of the time; it may be ");
        } else if (known.now < taken_) {
            out.put("the list is dated ");
            (taken_ - known.now).readable().spell(out);
            out.put(" in the future, so its age is not known; it may be ");
        } else {
            out.put("the list is ");
            (known.now - taken_).readable().spell(out);
            out.put(" old and may be ");
        }
        at_most_.readable().spell(out);
        out.put(" old; take a new one");
    }

private:
    time_point taken_;
    duration at_most_;
};

struct shrunk_listing : of_the_listing {
    static constexpr text_view name = "shrunk_listing";
    constexpr shrunk_listing(count before, count now, fraction at_most) noexcept
        : before_(before), now_(now), at_most_(at_most) {}
    void explain(const facts&, writer& out) const {
        out.put("the source held ").put(before_).put(" before and lists ").put(now_);
        out.put(" now; at most ");
        at_most_.spell(out);
        out.put(" of it may be gone at once");
    }

private:
    count before_;
    count now_;
    fraction at_most_;
};

struct no_previous_listing : of_the_listing {
    static constexpr text_view name = "no_previous_listing";
    void explain(const facts&, writer& out) const {
        out.put("how much the source held before is not known; say it with held_before(n)");
    }
};

struct unrelated_listing : of_the_listing {
    static constexpr text_view name = "unrelated_listing";
    void explain(const facts&, writer& out) const {
        out.put("the inventory has nothing that is listed; is it the list of something else?");
    }
};

struct unknown_entries : of_the_listing {
    static constexpr text_view name = "unknown_entries";
    constexpr unknown_entries(count unknown, count listed, fraction at_most) noexcept
        : unknown_(unknown), listed_(listed), at_most_(at_most) {}
    void explain(const facts&, writer& out) const {
        out.put("listed, but not in the inventory: ").put(unknown_).put(" of ").put(listed_);
        out.put(", and at most ");
        at_most_.spell(out);
        out.put(" may be; is it the list of something else?");
    }

private:
    count unknown_;
    count listed_;
    fraction at_most_;
};

struct inventory_changed : of_the_listing {
    static constexpr text_view name = "inventory_changed";
    void explain(const facts&, writer& out) const {
        out.put("gone from the inventory while it was compared with the list; look again");
    }
};

}  // namespace shearpin::inline v1::checks
