// SPDX-License-Identifier: BSL-1.0
// What a judge sees of a ledger.
#pragma once

#include <shearpin/detail/ledger_document.hpp>

namespace shearpin::inline v1::detail {

template <class> class basic_ledger_view;
using ledger_view = basic_ledger_view<when_used>;
/// One look at a ledger, for one claim. Valid during the judge's call only.
template <class When> class basic_ledger_view {
public:
    basic_ledger_view(const ledger_document& given_document, const claim& given_claim,
                      std::uint64_t noted_version, const instant& given_now,
                      duration given_margin) noexcept
        : document_(given_document),
          claim_(given_claim),
          noted_(noted_version),
          now_(given_now),
          margin_(given_margin) {}
    basic_ledger_view(const basic_ledger_view&) = delete;
    basic_ledger_view& operator=(const basic_ledger_view&) = delete;

    /// The past of the pool that this claim names. `observed_at`: when the world looked, where it
    /// says so; `shows_after`: how long it may take to show a removal. Without a time of now, or of
    /// the removal, a world that says its own is taken not to have seen the removal.
    [[nodiscard]] pool_past past(std::size_t claim_index, time_point observed_at = {},
                                 duration shows_after = {}) const {
        pool_past answer;
        history::parts& parts = answer.history.filled_in();  // in place: it is large
        parts.now = now_;
        parts.margin = margin_;
        const std::uint32_t number = document_.find_pool(claim_.pools[claim_index].pool);
        look_back(observed_at, shows_after);
        if (number == ledger_document::nowhere) return answer;
        const ledger_pool& pool = document_.pools[number];
        parts.removals = pool.settled.data();
        parts.number = pool.settled.size();
        parts.before = pool.settled.before();
        parts.in_order = pool.settled.in_order();
        parts.sizes = pool.sizes.data();
        parts.sizes_number = pool.sizes.size();
        parts.open = pool.open.clamped();
        if (const instant* const forgotten = pool.youngest_forgotten(now_, margin_)) {
            parts.has_forgotten = true;
            parts.forgotten_at = *forgotten;
        }
        answer.gone = gone_from(pool, number, observed_at, shows_after);
        return answer;
    }

    [[nodiscard]] instant now() const noexcept { return now_; }

    /// Whether this override has been used.
    [[nodiscard]] bool spent(text_view rule, text_view pool, text_view id) const noexcept {
        return document_.is_spent(rule, pool, id);
    }

    // For the ledger, after the judge has run.

    /// Whether the judge asked for more than the ledger remembers.
    [[nodiscard]] bool reached_behind() const noexcept { return reached_behind_; }
    /// How far back its worlds looked.
    [[nodiscard]] duration looked_back() const noexcept { return looked_back_; }

private:
    /// No world that is further behind is waited for: what it cannot show is refused instead.
    static constexpr duration longest_behind = duration::days(1);

    void look_back(time_point observed_at, duration shows_after) const noexcept {
        duration behind = shows_after;
        if (observed_at.known() && now_.wall.known() && behind < now_.wall - observed_at + margin_)
            behind = now_.wall - observed_at + margin_;
        if (longest_behind < behind) behind = longest_behind;
        if (looked_back_ < behind) looked_back_ = behind;
    }

    [[nodiscard]] amounts gone_from(const ledger_pool& pool, std::uint32_t number,
                                    time_point observed_at, duration shows_after) const {
        const bool by_time = observed_at.known() || duration{} < shows_after;
        const auto is_recent = [&](const instant& settled_at) {
            if (observed_at.known() &&
                (!settled_at.wall.known() || observed_at - margin_ < settled_at.wall))
                return true;
            return duration{} < shows_after && age_of(settled_at, now_, margin_) < shows_after;
        };
        if (by_time)
            for (const instant& each : pool.forgotten)
                if (is_recent(each)) reached_behind_ = true;
        wide_amounts gone = pool.open;
        gone.add(pool.unresolved.clamped());
        gone.add(pool.settled.gone_since(noted_, by_time, is_recent));
        for (const std::uint32_t slot : document_.resolved()) {
            const ledger_record& each = document_.record(slot);
            if (each.resolved_version <= noted_ && !(by_time && is_recent(each.resolved_at)))
                continue;
            for (const record_part& part : each.parts)
                if (part.pool == number) gone.add(part.all());
        }
        return gone.clamped();
    }

    const deferred<ledger_document, When>& document_;
    const claim& claim_;
    std::uint64_t noted_;
    instant now_;
    duration margin_;
    mutable duration looked_back_{};
    mutable bool reached_behind_ = false;
};

}  // namespace shearpin::inline v1::detail
