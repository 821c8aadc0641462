// SPDX-License-Identifier: BSL-1.0
// A real ledger, with a guard, over a file on a disk that can be broken: the power goes at any
// moment, each system call fails, and what was told to anybody is on the ledger afterwards. Which
// settlements are synced is the ledger's choice, and it has to be right: one that counts more than
// was reserved may not be lost.
#include <shearpin/file_store.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "simulated_disk.hpp"

namespace {

using shearpin::count;
using shearpin::entry_state;
using simulated::fault;

const std::string path = "/ledger";
// The pool looks full for ever, so that nothing but the ledger keeps it from running dry.
constexpr shearpin::pool full{.size = 1000, .available = 1000};
constexpr count budget = 600;  // what may go until the floor is reached
constexpr auto policy = shearpin::policy{shearpin::min_remaining(full.available - budget),
                                         shearpin::max_rate(900, shearpin::duration::hours(24))};
struct standing_clock {
    static shearpin::time_point now() {
        return shearpin::time_point{} + shearpin::duration::days(1);
    }
};

/// What the ledger stores into; a control is told there when a settlement is under way.
template <class System> struct as_it_is : shearpin::basic_file_store<System> {
    using base = shearpin::basic_file_store<System>;
    explicit as_it_is(base&& given) : base(std::move(given)) {}
    static void settles(bool) {}
};
using store = as_it_is<simulated::system>;

/// Nor does it note that anything was synced, by which the loss would be told.
struct no_sync : simulated::system {
    static long sync_data(int) { return 0; }
    static long write_at(int file, const void* from, std::size_t length, std::uint64_t at) {
        if (length == 2 * shearpin::detail::file_block_size) return static_cast<long>(length);
        return simulated::system::write_at(file, from, length, at);
    }
};
using never_synced = as_it_is<no_sync>;

/// As if the ledger took each settlement for one that may be lost.
struct settled_lazily : store {
    using store::store;
    static inline bool is_settling = false;
    static void settles(bool does) { is_settling = does; }
    shearpin::stored store(const std::string& bytes, std::uint64_t expected) {
        return is_settling ? base::store_lazily(bytes, expected) : base::store(bytes, expected);
    }
};

/// What somebody was told.
struct removal {
    count amount = 0;
    std::optional<count> settling{};  ///< to how much, once that was begun
    bool settled = false;             ///< and he was told that it was done
    bool for_good = false;            ///< and it may not be lost: it was synced, or what came after

    /// What is gone and has to count.
    [[nodiscard]] count certain() const {
        if (!settling) return amount;
        return settled ? *settling : std::min(amount, *settling);
    }
};

struct told {
    std::map<std::string, removal> removals;
    std::multiset<count> tried;  ///< nobody was told whether these were reserved

    [[nodiscard]] count certain() const {
        count sum = 0;
        for (const auto& [id, each] : removals) sum += each.certain();
        return sum;
    }
    /// What is wrong with a ledger that holds these. What was found is then what was told.
    [[nodiscard]] std::string judge(const shearpin::ledger_listing& found) {
        if (!found.readable) return "refused: " + std::string(found.why.c_str());
        std::map<std::string, const shearpin::ledger_entry*> there;
        auto may_be_there = tried;
        for (const auto& entry : found.entries) {
            there[entry.id] = &entry;
            const count amount = entry.pools.at(0).removed.amount;
            if (entry.targets != amount) return "other targets than it takes";
            if (removals.count(entry.id) != 0) continue;
            const auto asked = may_be_there.find(amount);
            if (entry.state != entry_state::open || asked == may_be_there.end())
                return "nobody reserved " + std::to_string(amount);
            may_be_there.erase(asked);
        }
        for (auto& [id, each] : removals) {
            const std::string name = "a removal of " + std::to_string(each.amount);
            if (there.count(id) == 0) return name + " is lost";
            const shearpin::ledger_entry& entry = *there[id];
            const count amount = entry.pools[0].removed.amount;
            const bool is_open = entry.state == entry_state::open && amount == each.amount;
            const bool is_settled =
                entry.state == entry_state::settled && each.settling && amount == *each.settling;
            if (is_open && each.for_good)
                return name + " was settled to " + std::to_string(*each.settling) + ", and is open";
            if (!is_open && !is_settled) return name + " is another now";
            // A settlement to less that was lost: whoever held it is gone, and nobody settles it.
            if (is_open) each = {each.amount};
            if (is_settled)
                each = {each.amount, amount, true, each.for_good || amount > each.amount};
        }
        for (const auto& [id, entry] : there)
            if (removals.count(id) == 0) removals[id] = {entry->pools[0].removed.amount};
        tried.clear();
        return {};
    }
};

template <class Ledger> auto guarded(Ledger& ledger, standing_clock& clock) {
    return shearpin::guard<policy>([](unsigned) {}, [] { return full; })
        .with_ledger(ledger, "pool")
        .with_clock(clock)
        .shows_after(shearpin::duration::hours(24));
}

/// A program that reserves and settles as it is told.
template <class Store> class program {
public:
    explicit program(told& what) : told_(what) {}

    /// R: reserves, each time another amount. Of the oldest that is open, w: all of it is gone;
    /// b: less than was reserved; a: more.
    void perform(char operation) {
        if (operation == 'R') {
            static_cast<void>(reserve(100 + 10 * number_++));
            return;
        }
        if (open_.empty()) return;  // nothing could be reserved, since something failed
        auto settled = std::move(open_.front());
        open_.pop_front();
        removal& what = told_.removals.at(settled.id().c_str());
        what.settling = what.amount + (operation == 'a' ? 50 : 0) - (operation == 'b' ? 40 : 0);
        Store::settles(true);
        const auto trouble = operation == 'w'
                                 ? std::move(settled).settle()
                                 : std::move(settled).settle(shearpin::removed{*what.settling});
        Store::settles(false);
        if (!trouble.empty()) {
            ++refused;
            return;
        }
        what.settled = true;
        if (*what.settling > what.amount) synced();
    }

    /// Whether he was told that he may.
    bool reserve(count amount) {
        const auto asked = told_.tried.insert(amount);
        auto started = guard_.reserve(static_cast<unsigned>(amount));
        if (!started) {
            ++refused;
            return false;
        }
        told_.tried.erase(asked);
        told_.removals[started->id().c_str()] = {amount};
        open_.push_back(std::move(*started));
        synced();
        return true;
    }
    shearpin::ledger_listing entries() { return ledger_.entries(); }

    long refused = 0;

private:
    /// Whatever was told before stands in the document, too.
    void synced() {
        for (auto& [id, each] : told_.removals) each.for_good = each.settled;
    }

    told& told_;
    shearpin::ledger<Store> ledger_{Store{Store::base::open(path)}};
    standing_clock clock_;
    decltype(guarded(ledger_, clock_)) guard_ = guarded(ledger_, clock_);
    std::deque<std::remove_reference_t<decltype(*guard_.reserve(1U))>> open_;
    count number_ = 0;
};

template <class Store> class sweep {
public:
    std::string violation;  ///< the first one, with how it came about
    long images = 0;        ///< different contents of the disk that were looked at
    long struck = 0, refused = 0;

    /// The power goes at any moment of the last operation.
    void power_loss(const std::string& operations, std::size_t step) {
        how_ = operations;
        run(operations, {}, step, operations.size() - 1);
    }
    /// Each call fails, once or for ever; and the power goes at any moment.
    void faults(const std::string& operations, fault plan) {
        for (plan.at_call = 0; violation.empty(); ++plan.at_call) {
            how_ = operations + ", call " + std::to_string(plan.at_call) + ", error " +
                   std::to_string(plan.error) + (plan.for_ever ? " for ever" : "");
            if (!run(operations, plan, 1021, 0)) return;
            ++struck;
        }
    }

private:
    struct moment {
        simulated::file left;
        told what;
    };

    /// False where that needs fewer calls than to the fault.
    bool run(const std::string& operations, const fault& plan, std::size_t step,
             std::size_t watched) {
        simulated::disk world;
        simulated::system::reset(world);
        static_cast<void>(Store::base::create(path.c_str()));
        std::vector<moment> moments;
        told what;
        {
            program<Store> one(what);
            world.calls = 0;
            world.planned = plan;
            for (std::size_t at = 0; at != operations.size(); ++at) {
                if (at == watched) {
                    const auto keep = [&] { moments.push_back({world.files[path], what}); };
                    keep();
                    world.changed = keep;
                }
                one.perform(operations[at]);
            }
            world.changed = nullptr;
            refused += one.refused;
            if (plan.what != fault::kind::none && world.calls <= plan.at_call) return false;
            moments.push_back({world.files[path], what});
            world.planned = {};  // what is open still ends here as a thrown exception would end it
        }
        if (!world.trouble.empty()) complain(world.trouble);
        for (const moment& each : moments)
            for_each_image(each.left, step,
                           [&](const simulated::file& image) { recover(image, each.what); });
        return true;
    }

    /// Another program comes, looks, and takes all that is left, and no more.
    void recover(const simulated::file& image, const told& before) {
        if (!violation.empty() || !is_new(image, before)) return;
        ++images;
        simulated::disk world;
        world.files[path] = image;
        simulated::system::reset(world);
        told what = before;
        program<Store> another(what);
        const auto found = another.entries();
        complain(what.judge(found));
        if (!violation.empty()) return;
        count counted = 0;
        for (const auto& entry : found.entries) counted += entry.pools[0].removed.amount;
        if (another.reserve(budget - before.certain() + 1)) complain("the floor is broken");
        if (counted < budget && !another.reserve(budget - counted))
            complain("what is left cannot be taken");
        what.tried.clear();  // whom a healthy ledger refuses nothing is reserved
        complain(what.judge(another.entries()));
    }

    /// Most of what a disk may hold comes about in many ways, and is looked at once.
    bool is_new(const simulated::file& image, const told& what) {
        std::string all;
        for (const auto& [id, each] : what.removals)
            all += id + std::to_string(each.settling.value_or(0)) + (each.settled ? "s" : "-") +
                   (each.for_good ? "g" : "-");
        for (const count each : what.tried) all += "t" + std::to_string(each);
        std::size_t mark = std::hash<std::string>{}(all);
        for (const auto& [number, one] : image.pages)
            mark = mark * 1099511628211U + std::hash<std::string>{}(one.seen) + number;
        return known_.insert(mark).second;
    }

    void complain(const std::string& what) {
        if (violation.empty() && !what.empty()) violation = how_ + ": " + what;
    }

    std::string how_;
    std::set<std::size_t> known_;
};

/// Calls `use` for every sequence of at most `longest` operations that settles only what is open.
void for_each_course(std::size_t longest, const std::function<void(const std::string&)>& use,
                     const std::string& start = {}, int open = 0) {
    for (const char operation : {'R', 'w', 'b', 'a'}) {
        if (operation != 'R' && open == 0) continue;
        const std::string course = start + operation;
        use(course);
        if (course.size() < longest)
            for_each_course(longest, use, course, open + (operation == 'R' ? 1 : -1));
    }
}

}  // namespace

TEST_CASE("a ledger keeps what it told when the power goes, at any moment of a removal") {
    sweep<store> ours;
    long courses = 0;
    for_each_course(5, [&](const std::string& course) {
        ++courses;
        ours.power_loss(course, course.size() < 4 ? 1 : 13);
    });
    CHECK(ours.violation == "");
    CHECK(courses == 98);
    CHECK(ours.images > 10'000);
    CHECK(ours.refused == 0);
    MESSAGE(courses, " courses of a ledger, ", ours.images, " crash points and torn writes");
}

TEST_CASE("control: a ledger that settles lazily what is more than was reserved is convicted") {
    sweep<settled_lazily> careless;
    for (const char* course : {"R", "Rw", "Rb", "RwR", "RbR", "RbRw"})
        careless.power_loss(course, 61);
    CHECK(careless.violation == "");
    careless.power_loss("Ra", 61);
    CHECK(careless.violation == "Ra: a removal of 100 was settled to 150, and is open");
}

TEST_CASE("control: a ledger whose reservations are not synced is convicted") {
    sweep<never_synced> careless;
    careless.power_loss("R", 61);
    CHECK(careless.violation == "R: a removal of 100 is lost");
}

TEST_CASE(
    "a ledger keeps what it told when a system call fails, and when the power goes after it") {
    sweep<store> ours;
    for (const long error : {-EIO, -ENOSPC, -EINTR})
        for (const bool for_ever : {false, true})
            for (const char* course : {"RaR", "RbR", "RRwa"})
                ours.faults(course, {fault::kind::error, 0, error, for_ever, error == -EIO});
    CHECK(ours.violation == "");
    CHECK(ours.struck > 700);
    CHECK(ours.images > 10'000);
    CHECK(ours.refused > 100);
    MESSAGE(ours.struck, " faults, ", ours.refused, " refusals, ", ours.images,
            " contents of the disk after them");
}

TEST_CASE("a settlement is synced where it counts more than was reserved, and nowhere else") {
    for (const auto& each :
         {std::pair{"R", 1L}, {"Rw", 1L}, {"Rb", 1L}, {"Ra", 2L}, {"RbRa", 3L}}) {
        const char* const course = each.first;
        CAPTURE(course);
        simulated::disk world;
        simulated::system::reset(world);
        static_cast<void>(store::base::create(path.c_str()));
        told what;
        program<store> one(what);
        world.syncs = 0;
        for (const char* operation = course; *operation != '\0'; ++operation)
            one.perform(*operation);
        CHECK(world.syncs == each.second);
    }
}
