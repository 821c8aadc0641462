// SPDX-License-Identifier: BSL-1.0
#include "keep_list.hpp"

#include <shearpin/prune.hpp>
#include <shearpin/shearpin.hpp>

#include <string_view>
#include <utility>

#include "failure.hpp"
#include "files.hpp"

namespace fleet {

namespace {

/// What the list is judged by, beside itself: nothing. The floors are those of the pools, which the
/// removal's own guard knows.
inline constexpr auto the_list_alone = shearpin::policy{shearpin::unlimited};

shearpin::fraction read_share(const char* option, const std::string& text) {
    const auto share = shearpin::fraction::parse(text);
    if (!share)
        bad_input(std::string(option) + ": `" + text +
                  "` is no fraction from 0 to 1 (0.1, 10%, 1/10)");
    return *share;
}

std::vector<std::string> read_lines(const std::string& name, const std::string& text) {
    std::vector<std::string> lines;
    std::size_t number = 0;
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    const std::size_t start = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    for (std::size_t begin = start; begin != text.size();) {
        ++number;
        const std::size_t end = text.find('\n', begin);
        if (end == std::string::npos)
            bad_input(name, number, "the last line has no end, so the list may be cut off here");
        std::string line = text.substr(begin, end - begin);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        begin = end + 1;
        if (line.empty()) continue;
        for (const char letter : line)
            if ((static_cast<unsigned char>(letter) < ' ' && letter != '\t') || letter == '\x7f')
                bad_input(name, number, "a control character; a host's name has none");
        const auto is_blank = [](char which) { return which == ' ' || which == '\t'; };
        if (is_blank(line.front()) || is_blank(line.back()))
            bad_input(name, number,
                      "`" + line +
                          "` starts or ends with a blank; a host's name is "
                          "compared as it stands");
        lines.push_back(std::move(line));
    }
    return lines;
}

auto listing_of(const keep_list& list) {
    auto made = !list.end_marker.empty()
                    ? shearpin::listing_ending_with(list.lines, list.end_marker)
                : list.complete ? shearpin::complete_listing(list.lines)
                                : shearpin::partial_listing(list.lines);
    return list.held_before ? std::move(made).held_before(*list.held_before) : made;
}

/// What the source held before is, where nobody says it, what the inventory holds now.
template <class Removal>
auto guarded(const keep_list& list, const inventory& hosts, Removal removal) {
    const auto there = standing(hosts);
    const std::size_t number = there.size();
    return shearpin::prune_guard<the_list_alone>(std::move(removal), [there] { return there; })
        .with_clock(shearpin::wall_clock)
        .shrunk_at_most(list.shrunk_at_most, number)
        .unknown_at_most(list.unknown_at_most);
}

}  // namespace

keep_list keep_list::read(const keep_request& from) {
    if (from.complete && !from.end_marker.empty())
        bad_input(
            "--complete and --end-marker: say how the list is known to be complete, one of them");
    return {.lines = read_lines(from.list, read_file(from.list)),
            .complete = from.complete,
            .end_marker = from.end_marker,
            .shrunk_at_most = read_share("--shrunk-at-most", from.shrunk_at_most),
            .held_before = from.held_before,
            .unknown_at_most = from.unknown_at_most.empty()
                                   ? shearpin::fraction()
                                   : read_share("--unknown-at-most", from.unknown_at_most)};
}

std::vector<std::string> standing(const inventory& hosts) {
    std::vector<std::string> names;
    for (const host& each : hosts.hosts())
        if (each.state != host_state::removed) names.push_back(each.name);
    return names;
}

std::vector<std::string> absent_from(const keep_list& list, const inventory& hosts) {
    return guarded(list, hosts, [](const std::vector<std::string>&) {})
        .absent_from(listing_of(list));
}

shearpin::result<void> prune_by(const keep_list& list, const inventory& hosts, const said& words,
                                watch& told,
                                const std::function<void(const std::vector<std::string>&)>& remove,
                                shearpin::place where) {
    // That it goes on is told by the removal's own guard.
    const auto prune = guarded(list, hosts, remove).with_observer([&](const shearpin::event& what) {
        if (what.what == shearpin::event::kind::refused) told.tell(what);
    });
    const shearpin::request& all = words.words();
    return prune
        .asking({.expected = {},
                 .actor = all.actor,
                 .approvers = all.approvers,
                 .reason = all.reason,
                 .environment = {}})
        .try_call(listing_of(list), where);
}

}  // namespace fleet
