// SPDX-License-Identifier: BSL-1.0
// Whether a history is one of a linearizable compare-and-set. It knows nothing of ledgers or of any
// store: only what was asked, what was answered, and when.
//
// Versions name the documents that there were, in their order. So what has to be shown is that each
// of them came from one store that expected the one before it, that all who saw it saw the same
// bytes, that nobody who began after someone had seen a version saw an older one, and that no
// answer was a lie.
#pragma once

#include <shearpin/testing/history.hpp>

#include <algorithm>
#include <set>

namespace shearpin::inline v1::testing {

/// Says whether a store's answers are those of one document that changes in one step at a time
/// (linearizable), whatever order calls that overlap had.
class store_judge {
public:
    /// What was wrong, one line each; at most `most`. Empty where nothing was.
    [[nodiscard]] static std::vector<std::string> judge(const std::vector<operation>& all,
                                                        std::size_t most = 20) {
        store_judge made(all, most);
        made.find_documents();
        made.find_authors();
        made.follow_chain();
        made.follow_time();
        made.weigh_conflicts();
        return std::move(made.found_);
    }

private:
    using outcome = operation::outcome;
    static constexpr std::size_t nobody = ~std::size_t{0};

    struct document {
        std::uint64_t content = 0;
        bool has_content = false;
        std::size_t author = nobody;
        std::uint64_t first_seen = never;  // when the first one who saw it had his answer
    };

    store_judge(const std::vector<operation>& all, std::size_t most) : all_(all), most_(most) {}

    void say(const std::string& what) {
        if (found_.size() < most_) found_.push_back(what);
    }
    static std::string version(std::uint64_t number) { return "version " + std::to_string(number); }
    static bool may_have_been_stored(const operation& each) {
        return each.is_store && (each.what == outcome::unknown || each.what == outcome::none);
    }

    void find_documents() {
        for (std::size_t at = 0; at != all_.size(); ++at) {
            const operation& each = all_[at];
            if (each.what != outcome::done) continue;
            document& seen = documents_[each.version];
            seen.first_seen = std::min(seen.first_seen, each.end);
            if (seen.has_content && seen.content != each.content)
                say(version(each.version) + " was seen with two contents: torn, or used twice");
            seen.content = each.content;
            seen.has_content = true;
            if (!each.is_store) continue;
            if (seen.author != nobody) say(version(each.version) + " was given to two stores");
            if (each.version <= each.expected)
                say(version(each.version) + " was given to a store on top of " +
                    version(each.expected));
            seen.author = at;
        }
        for (const operation& each : all_)
            if (each.is_store && each.what == outcome::done) documents_[each.expected];
    }

    /// Who stored what was seen, and did not know that he had.
    void find_authors() {
        for (auto& [number, seen] : documents_) {
            if (!seen.has_content) continue;
            std::string lie;
            for (std::size_t at = 0; at != all_.size() && seen.author == nobody; ++at) {
                const operation& each = all_[at];
                if (!each.is_store || each.content != seen.content || each.expected >= number ||
                    each.what == outcome::done || taken_.count(at) != 0)
                    continue;
                if (may_have_been_stored(each)) {
                    seen.author = at;
                    taken_.insert(at);
                } else {
                    lie = each.what == outcome::failed ? "failed" : "conflict";
                }
            }
            if (seen.author != nobody || number == documents_.begin()->first) continue;
            say(version(number) + (lie.empty() ? " was stored by nobody"
                                               : " was stored by a call that answered " + lie));
        }
    }

    void follow_chain() {
        const std::uint64_t* before = nullptr;
        for (const auto& [number, seen] : documents_) {
            if (seen.author != nobody && before != nullptr) {
                const std::uint64_t expected = all_[seen.author].expected;
                if (expected != *before)
                    say(version(number) + " was stored on top of " + version(expected) +
                        ", and so lost " + version(*before));
            }
            if (seen.author != nobody && seen.first_seen < all_[seen.author].begin)
                say(version(number) + " was seen before it was stored");
            before = &number;
        }
    }

    /// Nobody sees less than somebody had seen before he began.
    void follow_time() {
        std::vector<std::pair<std::uint64_t, std::uint64_t>> ends;  // when, and what was seen
        for (const operation& each : all_)
            if (each.what == outcome::done) ends.emplace_back(each.end, each.version);
        std::sort(ends.begin(), ends.end());
        std::vector<const operation*> begins;
        for (const operation& each : all_)
            if (each.what == outcome::done) begins.push_back(&each);
        std::sort(begins.begin(), begins.end(), [](const operation* one, const operation* other) {
            return one->begin < other->begin;
        });
        std::uint64_t newest = 0;
        auto end = ends.begin();
        for (const operation* each : begins) {
            for (; end != ends.end() && end->first < each->begin; ++end)
                newest = std::max(newest, end->second);
            const std::uint64_t seen = each->is_store ? each->expected : each->version;
            if (seen < newest)
                say((each->is_store ? "a store on top of " : "a load saw ") + version(seen) +
                    " after " + version(newest) + " had been seen");
        }
    }

    /// A conflict needs somebody who was faster.
    void weigh_conflicts() {
        std::set<std::uint64_t> maybe_replaced;
        for (std::size_t at = 0; at != all_.size(); ++at)
            if (may_have_been_stored(all_[at]) && taken_.count(at) == 0)
                maybe_replaced.insert(all_[at].expected);
        for (const operation& each : all_) {
            if (each.what != outcome::conflict) continue;
            const auto expected = documents_.find(each.expected);
            if (expected == documents_.end() || maybe_replaced.count(each.expected) != 0) continue;
            const auto next = std::next(expected);
            const bool was_replaced =
                next != documents_.end() &&
                (next->second.author == nobody || all_[next->second.author].begin < each.end);
            if (!was_replaced)
                say("a store on top of " + version(each.expected) +
                    " answered conflict, and nobody had replaced that");
        }
    }

    const std::vector<operation>& all_;
    std::size_t most_;
    std::map<std::uint64_t, document> documents_;
    std::set<std::size_t> taken_;
    std::vector<std::string> found_;
};

}  // namespace shearpin::inline v1::testing
