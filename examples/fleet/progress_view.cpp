// SPDX-License-Identifier: BSL-1.0
#include "progress_view.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "history.hpp"
#include "text_table.hpp"
#include "times.hpp"

namespace fleet {

namespace {

std::size_t terminal_columns() {
    struct winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20) return 80;
    return size.ws_col;
}

/// "10 of 40 hosts removed in 2 waves, after 1h5min; the last wave begins in 1h"
std::string line_text(const shearpin::progress& so_far) {
    std::string line = std::to_string(so_far.removed) + " of " + counted(so_far.of, "host") +
                       " removed in " + counted(so_far.wave, "wave") + ", after " +
                       elapsed_text(so_far.elapsed);
    if (so_far.left && shearpin::duration{} < *so_far.left)
        line += "; the last wave is to begin in " + elapsed_text(*so_far.left);
    return line;
}

}  // namespace

std::string bar_text(const shearpin::progress& so_far, const std::string& waits_for,
                     shearpin::duration waits, std::size_t columns) {
    constexpr std::size_t width = 24;
    const std::size_t filled =
        so_far.of == 0 ? width
                       : static_cast<std::size_t>(static_cast<double>(so_far.removed) * width /
                                                  static_cast<double>(so_far.of));
    std::string bar = "[" + std::string(std::min(filled, width), '#') +
                      std::string(width - std::min(filled, width), '.') + "] " +
                      std::to_string(so_far.removed) + " of " + counted(so_far.of, "host");
    bar += ", " + elapsed_text(so_far.elapsed);
    if (!waits_for.empty())
        bar += "; waits " + elapsed_text(waits) + " for " + waits_for;
    else if (so_far.left && shearpin::duration{} < *so_far.left)
        bar += "; last wave in " + elapsed_text(*so_far.left);
    // A line that is too long would scroll, and be drawn anew below.
    if (bar.size() >= columns) bar.resize(columns - 1);
    return bar;
}

progress_view::progress_view() : is_terminal_(::isatty(STDERR_FILENO) != 0) {}

void progress_view::tell(const shearpin::progress& so_far) {
    const bool waits_again = !waits_for_.empty() && removed_ == so_far.removed;
    removed_ = so_far.removed;
    const std::string before = waits_for_;
    waits_for_ = printable(std::string(std::string_view(so_far.waits_for)));
    waits_until_ = so_far.elapsed + so_far.waits;
    if (is_terminal_) {
        draw(so_far);
        return;
    }
    if (waits_again && before == waits_for_) return;  // it was said already
    if (shearpin::duration{} < so_far.waits)
        std::fprintf(stderr, "fleet: waiting %s for %s\n", duration_text(so_far.waits).c_str(),
                     waits_for_.c_str());
    else
        std::fprintf(stderr, "fleet: %s\n", line_text(so_far).c_str());
}

void progress_view::tick(const shearpin::progress& so_far) {
    if (!is_terminal_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - drawn_ < std::chrono::milliseconds(200)) return;
    if (waits_until_ < so_far.elapsed) waits_for_.clear();
    draw(so_far);
}

void progress_view::draw(const shearpin::progress& so_far) {
    drawn_ = std::chrono::steady_clock::now();
    const std::string bar =
        bar_text(so_far, waits_for_, waits_until_ - so_far.elapsed, terminal_columns());
    std::fprintf(stderr, "\r%s\033[K", bar.c_str());
    std::fflush(stderr);
    bar_is_there_ = true;
}

void progress_view::end_bar() {
    if (!bar_is_there_) return;
    std::fputs("\n", stderr);
    bar_is_there_ = false;
}

}  // namespace fleet
