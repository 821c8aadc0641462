// SPDX-License-Identifier: BSL-1.0
// A disk with a cache of its own, as disks have: what is written is read again at once, and is only
// safe once it is flushed. When the power goes, of what was not flushed some is there and some is
// not: in any order, and torn between two sectors. What was there before is then there again.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <random>
#include <string>

namespace power {

/// What is left of the writes that were not flushed.
enum class remnant {
    nothing,      ///< none of them was begun
    first_ones,   ///< they were made in the order in which they came, up to one that is torn
    any_of_them,  ///< some, whichever they are, and one of these is torn
    any_sectors   ///< of each some sectors
};

/// What was lost when the power went.
struct losses {
    remnant what = remnant::nothing;
    std::size_t writes = 0;   ///< that were not flushed
    std::size_t sectors = 0;  ///< in all of these
    std::size_t kept = 0;     ///< of the sectors
};

class unflushed_disk {
public:
    static constexpr std::size_t sector = 512;

    /// `file`: what the disk holds for good.
    explicit unflushed_disk(int file) : file_(file) {}

    /// False where the file cannot be read or written, here and below.
    [[nodiscard]] bool read(char* to, std::size_t length, std::uint64_t at) const {
        if (::pread(file_, to, length, static_cast<off_t>(at)) != static_cast<ssize_t>(length))
            return false;
        for (const write& each : unflushed_) {
            const std::uint64_t from = std::max(at, each.at);
            const std::uint64_t until = std::min(at + length, each.at + each.bytes.size());
            if (from < until)
                std::memcpy(to + (from - at), each.bytes.data() + (from - each.at), until - from);
        }
        return true;
    }

    void write_later(const char* from, std::size_t length, std::uint64_t at) {
        unflushed_.push_back({at, std::string(from, length)});
    }

    [[nodiscard]] bool flush() {
        for (const write& each : unflushed_)
            if (!keep(each, 0, each.bytes.size())) return false;
        unflushed_.clear();
        return true;
    }

    /// The power goes.
    [[nodiscard]] bool cut(std::mt19937_64& random, remnant what, losses& lost) {
        lost = {.what = what, .writes = unflushed_.size()};
        const auto any = [&](std::size_t many) -> std::size_t { return random() % many; };
        const std::size_t first_lost = unflushed_.empty() ? 0 : any(unflushed_.size() + 1);
        const std::size_t torn = unflushed_.empty() ? 0 : any(unflushed_.size());
        const std::size_t in_four = 1 + any(3);  // so many are kept
        bool well = true;
        for (std::size_t number = 0; number != unflushed_.size(); ++number) {
            const write& each = unflushed_[number];
            const std::size_t sectors = (each.bytes.size() + sector - 1) / sector;
            std::size_t from = 0, until = 0;
            if (what == remnant::first_ones) {
                if (number < first_lost) until = sectors;
                if (number == first_lost) until = any(sectors + 1);
            } else if (what == remnant::any_of_them) {
                if (number == torn) {
                    const std::size_t split = any(sectors + 1);
                    const bool is_first_half = any(2) == 0;
                    from = is_first_half ? 0 : split;
                    until = is_first_half ? split : sectors;
                } else if (any(4) < in_four) {
                    until = sectors;
                }
            }
            for (std::size_t one = 0; one != sectors; ++one) {
                const bool kept =
                    what == remnant::any_sectors ? any(4) < in_four : one >= from && one < until;
                lost.kept += kept;
                if (kept) well = keep(each, one * sector, sector) && well;
            }
            lost.sectors += sectors;
        }
        unflushed_.clear();
        return well;
    }

private:
    struct write {
        std::uint64_t at;
        std::string bytes;
    };

    bool keep(const write& of, std::size_t from, std::size_t length) const {
        length = std::min(length, of.bytes.size() - from);
        return ::pwrite(file_, of.bytes.data() + from, length, static_cast<off_t>(of.at + from)) ==
               static_cast<ssize_t>(length);
    }

    int file_;
    std::deque<write> unflushed_;
};

}  // namespace power
