// SPDX-License-Identifier: BSL-1.0
// 5. Records synced from a list that came back cut off.
//
// A job makes a DNS zone equal to its source of truth: it adds what is missing and deletes what the
// source does not name. On a day when the source answers with its first page only, or with nothing,
// all the other names look as if nobody wanted them any more. A list is a reason to delete only
// where it is known to be whole.
#include <shearpin/core.hpp>
#include <shearpin/prune.hpp>

#include <compare>
#include <cstdio>
#include <string>
#include <vector>

using namespace shearpin::literals;

namespace {

struct record {
    std::string name;
    std::string type;
    friend auto operator<=>(const record&, const record&) = default;  // to be looked up
};
/// What a refusal calls a record, found beside its type. Without it, its place in the list.
std::string to_text(const record& which) { return which.name + " " + which.type; }

constexpr auto zone_policy = shearpin::policy{
    shearpin::min_remaining(70_pct),
    shearpin::max_batch(10),
};

/// A helper takes the place of its caller and hands it on: that is the line that a refusal names.
template <class Prune, class List>
void sync(const Prune& prune, const List& wanted, shearpin::place where = shearpin::place::here()) {
    if (const auto done = prune.try_call(wanted, where); !done)
        std::puts(done.error().message().c_str());
}

}  // namespace

int main() {
    std::vector<record> zone;
    for (int host = 1; host <= 40; ++host) zone.push_back({"host" + std::to_string(host), "A"});

    auto prune = shearpin::prune_guard<zone_policy>(
                     [&](const std::vector<record>& absent) {
                         for (const record& each : absent) {
                             std::printf("deleted %s %s\n", each.name.c_str(), each.type.c_str());
                             std::erase(zone, each);
                         }
                     },
                     [&] { return zone; })  // what there is now
                     .of_size(40)           // what is meant to be there
                     .shrunk_at_most(10_pct, 40)
                     .named("example.org");

    // The source ends its list with a marker, so that whoever reads it knows that it is all of it.
    const record end{"# end", ""};
    std::vector<record> wanted(zone.begin(), zone.end() - 2);
    wanted.push_back(end);
    std::puts("Monday: two hosts are gone, and the list is whole");
    sync(prune, shearpin::listing_ending_with(wanted, end));

    const std::vector<record> first_page(wanted.begin(), wanted.begin() + 25);
    std::puts("Tuesday: the first page only");
    sync(prune, shearpin::listing_ending_with(first_page, end));

    const std::vector<record> nothing{end};
    std::puts("Wednesday: whole, and empty");
    sync(prune, shearpin::listing_ending_with(nothing, end));

    // The source itself has lost names. It is whole, and says so; nobody has noticed yet.
    std::vector<record> shrunk(wanted.begin(), wanted.begin() + 20);
    std::puts("Thursday: the source has lost a half");
    sync(prune, shearpin::complete_listing(shrunk));

    std::puts("Friday: the list of another zone");
    sync(prune, shearpin::complete_listing(std::vector<record>(40, {"mail", "MX"})));
    std::printf("%zu records are left\n", zone.size());
}
