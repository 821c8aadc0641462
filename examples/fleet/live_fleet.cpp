// SPDX-License-Identifier: BSL-1.0
#include "live_fleet.hpp"

#include <utility>

#include "failure.hpp"
#include "interrupt.hpp"
#include "removed_mark.hpp"

namespace fleet {

const fleet_files& live_fleet::now() const {
    if (lock_) return files_;
    locked_file lock(from_.hosts, wait_seconds_,
                     {.so_far = "nothing more was removed", .give_up = interrupt::requested});
    files_ = read_again(from_, lock.text(), files_.ledger);
    lock_.emplace(std::move(lock));
    return files_;
}

bool live_fleet::look() {
    try {
        files_ = read_again(from_, read_file(from_.hosts), files_.ledger);
        return true;
    } catch (const failure&) {
        return false;
    }
}

std::string live_fleet::remove(const std::vector<std::string>& hosts) {
    if (!lock_) not_written(from_.hosts + ": nothing more was removed, since it was not locked");
    locked_file lock = std::move(*lock_);
    lock_.reset();
    return lock.replace(mark_removed(files_, hosts));
}

}  // namespace fleet
