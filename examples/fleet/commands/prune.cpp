// SPDX-License-Identifier: BSL-1.0
// fleet prune: removes the hosts that a list does not name, or refuses.
#include <iostream>
#include <memory>

#include "../keep_list.hpp"
#include "../text_table.hpp"
#include "removing.hpp"

namespace fleet {

namespace {

struct request {
    keep_request keep;
    bool preview = false;
    removing_request how;
};

/// Judges the list, then lets `remove` have what is absent from it.
template <class F>
exit_status prune(const request& asked, const fleet_files& fleet, const said& words, watch& told,
                  shearpin::place where, F remove) {
    need_ledger(fleet);
    const keep_list list = keep_list::read(asked.keep);
    if (!asked.how.output.json)
        std::cout << asked.keep.list << " has " << counted(list.lines.size(), "line") << "; "
                  << asked.how.files.hosts << " has "
                  << counted(standing(fleet.hosts).size(), "host") << '\n';
    std::optional<exit_status> ends_with;
    const auto outcome = prune_by(
        list, fleet.hosts, words, told,
        [&](const std::vector<std::string>& absent) { ends_with = remove(absent); }, where);
    if (!outcome) {
        const preview shown = make_preview(fleet, absent_from(list, fleet.hosts), words);
        if (!asked.how.output.json) print_preview(std::cout, shown, asked.how.output.all);
        return report_refused(asked.how, shown, outcome.error(),
                              asked.preview ? "would_be_refused" : "refused",
                              "look at the list and at where it comes from, then take it anew");
    }
    if (ends_with) return *ends_with;
    if (asked.how.output.json)
        std::cout << preview_as_json({}, "nothing_to_remove", nullptr);
    else
        std::cout << "nothing to remove: all of them are in the list\n";
    flush(std::cout, "nothing was removed");
    return exit_status::done;
}

exit_status run(const request& asked) {
    const auto where = shearpin::place::here();
    const said words(asked.how.words);
    if (asked.preview) {
        const fleet_files fleet = read_fleet(asked.how.files);
        watch nobody("");
        return prune(asked, fleet, words, nobody, where,
                     [&](const std::vector<std::string>& absent) {
                         return show_preview(asked.how.output, make_preview(fleet, absent, words));
                     });
    }
    watch told(asked.how.events);
    locked_file file = lock_hosts(asked.how);
    const fleet_files fleet = read_fleet(asked.how.files, file.text());
    return prune(asked, fleet, words, told, where, [&](const std::vector<std::string>& absent) {
        return remove_selected(asked.how, file, fleet, absent, words, told, where);
    });
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    takes.section("The list");
    takes.text("--keep", "LIST", asked->keep.list,
               "a file with the name of a host in each line: those that stay.\n"
               "All others go; an empty list is refused",
               options::need::required);
    takes.flag("--complete", asked->keep.complete,
               "your word that LIST is everything, and not one page or one region.\n"
               "Without it, or a marker, it is refused: what it lacks may be wanted");
    takes.text("--end-marker", "TEXT", asked->keep.end_marker,
               "or: it is complete if this is its last line, and no other; against\n"
               "a list that was cut off");
    takes.text("--shrunk-at-most", "SHARE", asked->keep.shrunk_at_most,
               "refused where more than this share (10%, 1/10) is gone from it at\n"
               "once; against a source that lost half of what it knew",
               options::need::required);
    takes.number("--held-before", "N", asked->keep.held_before,
                 "so many hosts it had when it was last read; if not given, as many\n"
                 "as HOSTS.csv has now");
    takes.text("--unknown-at-most", "SHARE", asked->keep.unknown_at_most,
               "so much of it may be hosts that HOSTS.csv does not have, or no more;\n"
               "0 if not given. Against the list of something else, and against a\n"
               "misspelt name");
    takes.flag("--preview", asked->preview,
               "only show what would go, and whether it would be refused");
    take_removing(takes, asked->how);
    takes.example(
        "All but what the list names, as far as the floors allow it.\n"
        "  fleet prune --hosts hosts.csv --pools pools.csv --keep wanted.txt \\\n"
        "    --end-marker '# end' --shrunk-at-most 5% --held-before 100 --preview");
    return [asked] { return nothing_removed_on_bad_input([&] { return run(*asked); }); };
}

const command registered(40, "prune",
                         "remove the hosts that a list does not name, or refuse a list that is no "
                         "evidence",
                         add);

}  // namespace

}  // namespace fleet
