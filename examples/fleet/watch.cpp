// SPDX-License-Identifier: BSL-1.0
#include "watch.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <string_view>

#include "failure.hpp"

namespace fleet {

watch::watch(const std::string& events_path) : path_(events_path) {
    if (path_.empty()) return;
    file_ = descriptor(::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    if (!file_.is_open())
        not_written(path_ + ": nothing was removed, since events cannot be written there: " +
                    std::strerror(errno));
}

void watch::tell(const shearpin::event& what) noexcept {
    try {
        if (what.what == shearpin::event::kind::shadow_refused && what.why != nullptr)
            shadow_refusal_.emplace(*what.why);
        if (what.what == shearpin::event::kind::not_settled) {
            unsettled_ = std::string_view(what.reservation);
            unsettled_why_ = std::string_view(what.trouble);
        }
        if (!file_.is_open()) return;
        const std::string line = what.to_json() + "\n";
        errno = 0;
        const ssize_t put = ::write(file_.number(), line.data(), line.size());
        if (put != static_cast<ssize_t>(line.size()))
            trouble_ = path_ + ": an event could not be written: " +
                       (errno != 0 ? std::strerror(errno) : "only a part of it");
    } catch (const std::exception& failed) {
        trouble_ = failed.what();
    }
}

}  // namespace fleet
