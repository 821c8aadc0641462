// SPDX-License-Identifier: BSL-1.0
// What each store must do with one user, one thing at a time: a store that does one of them wrong
// is told which, and one that does all of them right is told nothing.
#include <shearpin/store.hpp>
#include <shearpin/testing/store_basics.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using shearpin::duration, shearpin::instant, shearpin::loaded, shearpin::stored;
using shearpin::time_point;
using outcome = shearpin::stored::outcome;

namespace {

enum class flaw {
    none,
    not_there,
    full,
    full_without_a_reason,
    full_at_the_second,
    not_for_others,
    version_goes_back,
    version_is_negative,
    version_stays,
    unreadable_after_a_while,
    other_version_is_read,
    conflict_is_failed,
    conflict_is_not_seen,
    too_long_is_unknown,
    too_long_without_a_reason,
    too_long_is_cut,
    takes_more_than_it_says,
    believes_in_old_versions,
    believes_in_any_version,
    believes_in_later_versions,
    believes_in_the_next_version,
    newer_is_not_stored,
    zero_is_any_version,
    later_is_any_version,
    conflict_is_stored,
    ends_at_zero,
    ends_at_255,
    others_are_not_told,
    keeps_to_its_own,
    lazily_over_anything,
    lazily_is_not_at_all,
    only_lazily,
    without_a_clock,
    clock_is_lost,
    clock_is_found,
    clock_goes_back,
    clock_stands_still,
    boot_clock_goes_back,
    wall_clock_goes_back,
};

struct server {
    std::string bytes;
    std::uint64_t version = 7;
    long stores = 0;
    std::int64_t seconds = 1000;
    std::size_t longest = 0;  // that anybody wanted to store
    std::vector<std::string> kept{};
};

/// A store of a server, which does all that a store may do and one thing of it wrong.
class flawed_store {
public:
    static constexpr std::size_t capacity = 80'000;

    flawed_store(server& of, flaw what, bool is_first) : of_(&of), what_(what), first_(is_first) {}

    loaded load() const {
        if (what_ == flaw::not_there) return {"", 0, false, std::string("no such file")};
        if (what_ == flaw::others_are_not_told && !first_) return {"", 7, true, {}};
        if (what_ == flaw::unreadable_after_a_while && of_->stores > 3)
            return {"", 0, false, std::string("it is gone")};
        if (what_ == flaw::keeps_to_its_own && own_.readable) return own_;
        const bool other = what_ == flaw::other_version_is_read && of_->stores > 2;
        return {of_->bytes, of_->version + (other ? 1 : 0), true, {}};
    }
    stored store(const std::string& bytes, std::uint64_t expected) {
        if (bytes.size() > capacity && what_ != flaw::takes_more_than_it_says) {
            if (what_ == flaw::too_long_is_unknown)
                return {outcome::unknown, 0, std::string("too long")};
            if (what_ == flaw::too_long_is_cut) of_->bytes = "cut";
            if (what_ == flaw::too_long_without_a_reason) return {outcome::failed, 0, {}};
            return {outcome::failed, 0, std::string("too long")};
        }
        const bool sees_it = what_ != flaw::conflict_is_not_seen || of_->stores < 2;
        const bool is_any = (what_ == flaw::zero_is_any_version && expected == 0) ||
                            (what_ == flaw::later_is_any_version && expected > of_->version);
        if (expected != of_->version && what_ == flaw::conflict_is_stored) of_->bytes = bytes;
        if (expected != of_->version && sees_it && !is_any)
            return {what_ == flaw::conflict_is_failed ? outcome::failed : outcome::conflict,
                    of_->version, std::string("another version is there")};
        if (what_ == flaw::only_lazily) return {outcome::done, of_->version + 1, {}};
        return put(bytes);
    }
    stored store_lazily(const std::string& bytes, std::uint64_t expected) {
        if (what_ == flaw::lazily_over_anything) return put(bytes);
        if (what_ == flaw::lazily_is_not_at_all) return {outcome::done, of_->version + 1, {}};
        if (what_ == flaw::only_lazily) return put(bytes);
        return store(bytes, expected);
    }
    bool is_newest(std::uint64_t version) const {
        if (what_ == flaw::believes_in_any_version) return true;
        if (what_ == flaw::believes_in_old_versions) return version <= of_->version;
        if (what_ == flaw::believes_in_later_versions) return version >= of_->version;
        if (what_ == flaw::believes_in_the_next_version && version == of_->version + 1) return true;
        return version == of_->version;
    }
    instant now() const {
        if (what_ == flaw::without_a_clock ||
            (what_ == flaw::clock_is_lost && of_->bytes == "later") ||
            (what_ == flaw::clock_is_found && of_->bytes != "later"))
            return {};
        if (what_ != flaw::clock_stands_still)
            of_->seconds += what_ == flaw::clock_goes_back ? -1 : 1;
        const duration since = duration::seconds(of_->seconds);
        instant read;
        read.wall = time_point::since_epoch(
            what_ == flaw::wall_clock_goes_back ? duration::seconds(5000) - since : since);
        read.since_boot =
            what_ == flaw::boot_clock_goes_back ? duration::seconds(5000) - since : since;
        return read;
    }

private:
    stored put(const std::string& bytes) {
        ++of_->stores;
        if (what_ == flaw::full || (what_ == flaw::full_at_the_second && of_->stores == 2) ||
            (what_ == flaw::not_for_others && !first_) ||
            (what_ == flaw::newer_is_not_stored && bytes == "newer"))
            return {outcome::failed, 0, std::string("no room")};
        if (what_ == flaw::full_without_a_reason) return {outcome::failed, 0, {}};
        of_->bytes = bytes;
        if (what_ == flaw::ends_at_zero) of_->bytes = bytes.substr(0, bytes.find('\0'));
        if (what_ == flaw::ends_at_255) of_->bytes = bytes.substr(0, bytes.find('\xff'));
        if (what_ == flaw::version_goes_back)
            --of_->version;
        else if (what_ == flaw::version_is_negative && of_->stores == 2)
            of_->version = std::uint64_t{1} << 63;
        else if (what_ != flaw::version_stays)
            ++of_->version;
        if (first_) own_ = {bytes, of_->version, true, {}};
        return {outcome::done, of_->version, {}};
    }

    server* of_;
    flaw what_;
    bool first_;
    loaded own_{"", 0, false, {}};  // what this one of them has stored last
};

/// A store that says no more than it has to, and takes what it has room for.
struct plain_store {
    server* of;
    std::size_t room;

    loaded load() const { return {of->bytes, of->version, true, {}}; }
    stored store(const std::string& bytes, std::uint64_t expected) const {
        of->longest = std::max(of->longest, bytes.size());
        if (bytes.size() > room) return {outcome::failed, 0, std::string("too long")};
        if (expected != of->version) return {outcome::conflict, of->version, {}};
        of->bytes = bytes;
        of->kept.push_back(bytes);
        return {outcome::done, ++of->version, {}};
    }
};
/// The same, which says how much that is.
struct small_store : plain_store {
    static constexpr std::size_t capacity = 1000;
};

template <class Open> std::string wrong_with(Open open) {
    std::string all;
    for (const std::string& each : shearpin::testing::store_basics<Open>::check(open))
        all += each + "\n";
    return all;
}
/// What is wrong with it, a line each.
std::string wrong_with(flaw what, std::uint64_t version = 7) {
    server of;
    of.version = version;
    bool is_first = true;
    const auto open = [&] {
        const flawed_store made(of, what, is_first);
        is_first = false;
        return made;
    };
    return wrong_with(open);
}
bool is_told(flaw what, const std::string& text) {
    const std::string wrong = wrong_with(what);
    CAPTURE(wrong);
    const bool told = wrong.find(text) != std::string::npos;
    CHECK(told);
    return told;
}

}  // namespace

TEST_CASE("a store that does everything right") { CHECK(wrong_with(flaw::none) == ""); }

TEST_CASE("what a store does wrong is said") {
    is_told(flaw::full,
            "store: a short document is not stored, though nobody else writes (no room)\n");
    is_told(flaw::full_without_a_reason,
            "store: a short document is not stored, though nobody else writes\n");
    is_told(flaw::full_at_the_second,
            "store: a second document is not stored, though nobody else writes (no room)\n");
    is_told(flaw::not_for_others, "store: another store object cannot write\n");
    is_told(flaw::version_goes_back,
            "store: after version 7 comes version 6; it must be higher, and below 2^63\n");
    is_told(flaw::version_is_negative,
            "store: after version 8 comes version 9223372036854775808; it must be higher, and "
            "below 2^63\n");
    is_told(flaw::version_stays,
            "store: after version 7 comes version 7; it must be higher, and below 2^63\n");
    is_told(flaw::unreadable_after_a_while, " cannot be read back (it is gone)\n");
    is_told(flaw::other_version_is_read, " has version ");
    is_told(flaw::conflict_is_failed,
            "store: where version 8 is expected and 9 is there, it must answer conflict\n");
    is_told(flaw::conflict_is_not_seen,
            "store: what another store object replaced meanwhile must be a conflict\n");
    is_told(flaw::zero_is_any_version,
            "store: where version 0 is expected and 9 is there, it must answer conflict\n");
    is_told(flaw::keeps_to_its_own,
            "load: what another store object has stored is not the same, to the byte, when it is "
            "read back\n");
    is_told(flaw::later_is_any_version,
            "store: where version 10 is expected and 9 is there, it must answer conflict\n");
    const std::string other = " is not the same, to the byte, when it is read back\n";
    is_told(flaw::conflict_is_stored, "load: what a conflict must leave alone" + other);
    is_told(flaw::ends_at_zero, "load: a document of all bytes" + other);
    is_told(flaw::ends_at_255, "load: a document of all bytes" + other);
    is_told(flaw::ends_at_255, "load: 4095 bytes" + other);
    is_told(flaw::only_lazily, "load: a short document" + other);
    is_told(flaw::too_long_is_cut, "load: the document after one that is too long" + other);
    is_told(flaw::others_are_not_told, "load: a short document, to another store object," + other);
    is_told(flaw::too_long_is_unknown,
            "store: a document that is too long must be answered by failed, and why\n");
    is_told(flaw::too_long_without_a_reason,
            "store: a document that is too long must be answered by failed, and why\n");
    is_told(flaw::believes_in_old_versions, "is_newest: true of a version that is not\n");
    is_told(flaw::believes_in_any_version, "is_newest: true of a version that never was\n");
    is_told(flaw::believes_in_later_versions, "is_newest: true of a version that never was\n");
    is_told(flaw::believes_in_the_next_version, "is_newest: true of a version that never was\n");
    is_told(flaw::lazily_over_anything,
            "store_lazily: where another version is there, it must answer conflict\n");
    is_told(flaw::lazily_is_not_at_all,
            "load: a document that was stored lazily is not the same, to the byte, when it is read "
            "back\n");
    is_told(flaw::without_a_clock, "now: no time, after a document was read\n");
    is_told(flaw::clock_is_lost, "now: no time, after a document was read\n");
    is_told(flaw::clock_is_found, "now: no time, after a document was read\n");
    is_told(flaw::clock_goes_back, "now: it goes back\n");
    is_told(flaw::boot_clock_goes_back, "now: it goes back\n");
    is_told(flaw::wall_clock_goes_back, "now: it goes back\n");
}

TEST_CASE("what would only be said again is not") {
    CHECK(
        wrong_with(flaw::not_there) ==
        "load: the document cannot be read (no such file); open() must give a store of a document "
        "that is there\n");
    CHECK(wrong_with(flaw::full).find("a second document") == std::string::npos);
    CHECK(wrong_with(flaw::full_at_the_second).find("conflict") == std::string::npos);
}

TEST_CASE("what a store may do") {
    CHECK(wrong_with(flaw::none, (std::uint64_t{1} << 63) - 100) == "");
    // More than it says that it takes, and a newest one that cannot be stored is told elsewhere.
    CHECK(wrong_with(flaw::takes_more_than_it_says) == "");
    CHECK(wrong_with(flaw::newer_is_not_stored) == "");
    // Of two looks in one tick of its clock the second one is not later.
    CHECK(wrong_with(flaw::clock_stands_still) == "");
}

TEST_CASE("a store is asked for as much as it says that it takes, and one byte more") {
    server small;
    CHECK(wrong_with([&] { return small_store{{&small, small_store::capacity}}; }) == "");
    CHECK(small.longest == 1001);
    // One that does not say takes what a ledger's longest document needs.
    constexpr std::size_t longest_document = std::size_t{1} << 20;
    server whole;
    CHECK(wrong_with([&] { return plain_store{&whole, longest_document}; }) == "");
    CHECK(whole.longest == longest_document + 1);
    server too_small;
    CHECK(wrong_with([&] { return plain_store{&too_small, longest_document - 1}; }) ==
          "store: a document as long as the store's capacity is not stored, though nobody else "
          "writes (too long)\n");
}

TEST_CASE("of each kind of document that a store could take for another one is tried") {
    server of;
    CHECK(wrong_with([&] { return plain_store{&of, std::size_t{1} << 20}; }) == "");
    const auto is_kept = [&](const std::string& document) {
        return std::find(of.kept.begin(), of.kept.end(), document) != of.kept.end();
    };
    CHECK(is_kept(std::string(3, '\0')));
    CHECK(is_kept("\\x41\\\\ '\"%$1\r\n\t"));
    for (const std::size_t size : {std::size_t{1}, std::size_t{4095}, std::size_t{70'001}}) {
        const auto is_as_long = [&](const std::string& each) { return each.size() == size; };
        CHECK(std::any_of(of.kept.begin(), of.kept.end(), is_as_long));
    }
    // The empty one, which is a new ledger, comes after documents of all lengths.
    CHECK(std::count(of.kept.begin(), of.kept.end(), "") == 2);
    CHECK(of.kept.back() == "");
}
