// SPDX-License-Identifier: BSL-1.0
#include "interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>

namespace fleet {

namespace {

constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};
volatile sig_atomic_t times_asked = 0;
struct sigaction before[3];

void ask_to_stop(int) {
    const int kept = errno;
    if (times_asked < 2) times_asked = times_asked + 1;
    // Only what a signal handler may do.
    constexpr char first[] =
        "\nfleet: stopping when what is under way is over; once more ends a probe, too\n";
    if (times_asked == 1) static_cast<void>(!::write(STDERR_FILENO, first, sizeof first - 1));
    errno = kept;
}

}  // namespace

interrupt::interrupt() {
    times_asked = 0;
    struct sigaction catches{};
    catches.sa_handler = ask_to_stop;
    catches.sa_flags = SA_RESTART;
    ::sigemptyset(&catches.sa_mask);
    for (int at = 0; at != 3; ++at) {
        ::sigaction(signals[at], nullptr, &before[at]);
        // What nohup has switched off stays off.
        if (before[at].sa_handler != SIG_IGN) ::sigaction(signals[at], &catches, nullptr);
    }
}

interrupt::~interrupt() {
    for (int at = 0; at != 3; ++at) ::sigaction(signals[at], &before[at], nullptr);
}

bool interrupt::requested() noexcept { return times_asked != 0; }
bool interrupt::is_urgent() noexcept { return times_asked > 1; }

}  // namespace fleet
