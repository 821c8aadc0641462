// SPDX-License-Identifier: BSL-1.0
// Replays what other tools and real incidents tell, with policies of Shearpin:
//   replay FOLDER [PEER_ROWS AGREE STRICTER OUT_OF_SCOPE INCIDENT_ROWS REFUSED PASSED OUT_OF_SCOPE]
// FOLDER holds peer_cases.csv and incident_cases.csv. The numbers are of the rows that each must
// have, so that a file that lost its end is not taken for a whole one, and of what must become of
// the rows of the one, and of the verdicts in the other, so that none slides from what agrees to
// what has a reason not to. Ends with 0 where every row agrees, is stricter for a stated reason, or
// is out of scope for a stated reason, and there are so many of each; otherwise with 1, having said
// what is wrong.
#include <cstdio>
#include <exception>
#include <numbers.hpp>
#include <string>

#include "incidents.hpp"
#include "peers.hpp"

namespace {

int run(int argc, char** argv) {
    constexpr int numbers = 8;
    if (argc != 2 && argc != 2 + numbers) {
        std::fputs(
            "usage: replay FOLDER [PEER_ROWS AGREE STRICTER OUT_OF_SCOPE "
            "INCIDENT_ROWS REFUSED PASSED OUT_OF_SCOPE]\n",
            stderr);
        return 1;
    }
    std::size_t said[numbers] = {};
    for (int at = 2; at < argc; ++at) {
        const auto number = fleet::read_count(argv[at]);
        const bool of_rows = at == 2 || at == 2 + numbers / 2;
        if (!number || (of_rows && *number == 0))
            replay::bad_case(argv[at], "is no number of rows; a file has at least one");
        said[at - 2] = *number;
    }
    const std::string folder = argv[1];
    const auto peers = replay::read_peers(folder, said[0]);
    const auto incidents = replay::read_incidents(folder, said[4]);
    const auto of_peers = replay::replay_peers(peers);
    const auto of_incidents = replay::replay_incidents(incidents);
    std::fflush(stdout);
    if (!of_peers || !of_incidents) {
        std::fputs("replay: not all is as it must be; see WRONG above\n", stderr);
        return 1;
    }
    if (argc == 2) return 0;
    bool good = true;
    const auto hold = [&](bool as_said, const char* what) {
        if (!as_said) std::fprintf(stderr, "replay: %s are not as many as were said\n", what);
        good = good && as_said;
    };
    hold(*of_peers == replay::peer_counts{said[1], said[2], said[3]},
         "the rows that agree, are stricter and are out of scope");
    hold(*of_incidents == replay::incident_counts{said[5], said[6], said[7]},
         "the guards that refuse, let pass and are out of scope");
    return good ? 0 : 1;
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
