// SPDX-License-Identifier: BSL-1.0
// Replays what other tools and real incidents tell, with policies of Shearpin:
//   replay FOLDER [PEER_ROWS INCIDENT_ROWS]
// FOLDER holds peer_cases.csv and incident_cases.csv; the numbers are of the rows that each must
// have, so that a file that lost its end is not taken for a whole one. Ends with 0 where every row
// agrees, is stricter for a stated reason, or is out of scope for a stated reason; otherwise with
// 1, having said what is wrong.
#include <cstdio>
#include <exception>
#include <numbers.hpp>
#include <string>

#include "incidents.hpp"
#include "peers.hpp"

namespace {

int run(int argc, char** argv) {
    if (argc != 2 && argc != 4) {
        std::fputs("usage: replay FOLDER [PEER_ROWS INCIDENT_ROWS]\n", stderr);
        return 1;
    }
    std::size_t rows[2] = {};
    for (int at = 2; at < argc; ++at) {
        const auto number = fleet::read_count(argv[at]);
        if (!number || *number == 0)
            replay::bad_case(argv[at], "is no number of rows; a file has at least one");
        rows[at - 2] = *number;
    }
    const std::string folder = argv[1];
    const auto peers = replay::read_peers(folder, rows[0]);
    const auto incidents = replay::read_incidents(folder, rows[1]);
    const bool peers_good = replay::replay_peers(peers);
    const bool incidents_good = replay::replay_incidents(incidents);
    std::fflush(stdout);
    if (peers_good && incidents_good) return 0;
    std::fputs("replay: not all is as it must be; see WRONG above\n", stderr);
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& wrong) {
        std::fflush(stdout);
        std::fprintf(stderr, "replay: %s\n", wrong.what());
        return 1;
    }
}
