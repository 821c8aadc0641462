// SPDX-License-Identifier: BSL-1.0
// A file on a disk that can be broken: what programs see (the page cache) and what the disk may
// hold are told apart, page by page. Until a page is synced the disk may hold any of the contents
// that it has had since, and a mixture of two that follow each other. A sync that fails leaves its
// pages clean, as Linux does: a later sync that succeeds says nothing about them.
#pragma once

#include <shearpin/detail/file_system.hpp>

#include <cerrno>
#include <cstring>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace simulated {

constexpr std::size_t page_size = 4096;
inline const std::string zeros(page_size, '\0');

struct page {
    std::string seen = zeros;
    std::vector<std::string> possible{zeros};  ///< oldest first; the last is the newest
    bool dirty = false;
};

struct file {
    std::map<std::uint64_t, page> pages;
    std::uint64_t size = 0;
    std::vector<std::uint64_t> possible_sizes{0};
    bool name_synced = false;
    std::uint64_t number = 1;

    [[nodiscard]] std::string read(std::uint64_t at, std::size_t length) const {
        std::string bytes;
        for (; length != 0 && at < size; ++at, --length) {
            const auto found = pages.find(at / page_size);
            if (found == pages.end() && at % page_size == 0 && length >= page_size &&
                at + page_size <= size) {
                bytes += zeros;
                at += page_size - 1;
                length -= page_size - 1;
                continue;
            }
            bytes += found == pages.end() ? '\0' : found->second.seen[at % page_size];
        }
        return bytes;
    }

    void write(std::uint64_t at, const char* from, std::size_t length) {
        if (at + length > size) {
            size = at + length;
            possible_sizes.push_back(size);
        }
        while (length != 0) {
            const std::size_t in_page = at % page_size;
            const std::size_t part = std::min(length, page_size - in_page);
            const auto found = pages.find(at / page_size);
            // Zeros over what was never written change nothing.
            if (found != pages.end() || std::memcmp(from, zeros.data(), part) != 0) {
                page& written = pages[at / page_size];
                written.seen.replace(in_page, part, from, part);
                written.possible.push_back(written.seen);
                written.dirty = true;
            }
            at += part;
            from += part;
            length -= part;
        }
    }

    void sync() {
        for (auto& [number_, one] : pages) {
            if (one.dirty) one.possible = {one.seen};
            one.dirty = false;
        }
        possible_sizes = {size};
    }

    /// `evicts`: programs then see what the disk had before, for the pages were thrown out.
    void fail_to_sync(bool evicts) {
        for (auto& [number_, one] : pages) {
            one.dirty = false;
            if (evicts) one.seen = one.possible.front();
        }
    }
};

/// What goes wrong, and when: at the call with this number, of all that are made.
struct fault {
    enum class kind : unsigned char { none, error, partly, partly_then_error } what = kind::none;
    long at_call = -1;
    long error = 0;
    bool for_ever = false;
    bool evicts = false;
    [[nodiscard]] bool strikes(long call) const {
        return what != kind::none && (call == at_call || (for_ever && call > at_call));
    }
};

struct disk {
    std::map<std::string, file> files;
    std::map<std::string, file> removed;  // still open
    fault planned;
    long calls = 0;
    long syncs = 0;
    int locked_by = 0;  ///< the descriptor; 0: nobody
    long process = 1;
    std::uint64_t next_number = 1;
    std::uint64_t random_state = 1;
    std::string trouble;  ///< a use of the file that no store may make
    /// Called with each write before it is made, and after everything that changes the disk.
    std::function<void(std::uint64_t at, const char* from, std::size_t length)> before_write;
    std::function<void()> changed;
};
inline thread_local disk* current = nullptr;

/// In place of detail::posix_system.
struct system {
    // Descriptors are 3 and up; one store opens one path.
    static inline thread_local std::map<int, std::string> open_files;
    static inline thread_local int next_descriptor = 3;

    static void reset(disk& use) {
        current = &use;
        open_files.clear();
    }

    /// Counts the call; the error that is planned for it, or 0.
    static long planned_error() {
        const long call = current->calls++;
        const fault& plan = current->planned;
        return plan.what == fault::kind::error && plan.strikes(call) ? plan.error : 0;
    }

    static long open(const char* path) {
        if (const long error = planned_error()) return error;
        if (current->files.count(path) == 0) return -ENOENT;
        open_files[next_descriptor] = path;
        return next_descriptor++;
    }
    static long create(const char* path) {
        if (const long error = planned_error()) return error;
        if (current->files.count(path) != 0) return -EEXIST;
        current->files[path].number = current->next_number++;
        open_files[next_descriptor] = path;
        if (current->changed) current->changed();
        return next_descriptor++;
    }
    static long close(int descriptor) {
        if (current->locked_by == descriptor) current->locked_by = 0;
        open_files.erase(descriptor);
        return 0;
    }
    static long remove(const char* path) {
        if (const long error = planned_error()) return error;
        if (current->files.erase(path) == 0) return -ENOENT;
        return 0;
    }
    static file& of(int descriptor) {
        if (current->locked_by != descriptor) current->trouble = "used without the lock";
        return current->files.at(open_files.at(descriptor));
    }
    static long status_of(int descriptor, shearpin::detail::file_status& status) {
        return status_of(open_files.at(descriptor).c_str(), status);
    }
    static long status_of(const char* path, shearpin::detail::file_status& status) {
        if (const long error = planned_error()) return error;
        const auto found = current->files.find(path);
        if (found == current->files.end()) return -ENOENT;
        status = {1, found->second.number, found->second.size, true};
        return 0;
    }
    static long lock(int descriptor) {
        if (const long error = planned_error()) return error;
        if (current->locked_by != 0) current->trouble = "locked twice";
        current->locked_by = descriptor;
        return 0;
    }
    static long unlock(int) {
        if (const long error = planned_error()) return error;
        current->locked_by = 0;
        return 0;
    }

    static long read_at(int descriptor, void* to, std::size_t length, std::uint64_t at) {
        const long call = current->calls;
        if (const long error = planned_error()) return error;
        const fault& plan = current->planned;
        if (plan.what == fault::kind::partly && plan.strikes(call) && length > 1) length /= 2;
        if (plan.what == fault::kind::partly_then_error && plan.strikes(call)) return plan.error;
        const std::string bytes = of(descriptor).read(at, length);
        std::memcpy(to, bytes.data(), bytes.size());
        return static_cast<long>(bytes.size());
    }
    static long write_at(int descriptor, const void* from, std::size_t length, std::uint64_t at) {
        const long call = current->calls;
        if (const long error = planned_error()) return error;
        const fault& plan = current->planned;
        if (plan.strikes(call)) {
            if (plan.what == fault::kind::partly_then_error && call > plan.at_call)
                return plan.error;
            if (length > 1) length /= 2;
        } else if (plan.what == fault::kind::partly_then_error && call == plan.at_call + 1) {
            return plan.error;
        }
        file& written = of(descriptor);
        const auto* bytes = static_cast<const char*>(from);
        if (current->before_write) current->before_write(at, bytes, length);
        written.write(at, bytes, length);
        if (current->changed) current->changed();
        return static_cast<long>(length);
    }
    static long sync_data(int descriptor) { return sync_all(descriptor); }
    static long sync_all(int descriptor) {
        ++current->syncs;
        if (const long error = planned_error()) {
            if (error == -EINTR) return error;
            const auto found = current->files.find(open_files.at(descriptor));
            if (found != current->files.end()) found->second.fail_to_sync(current->planned.evicts);
            if (current->changed) current->changed();
            return error;
        }
        if (open_files.at(descriptor) == "/") {
            for (auto& [path, one] : current->files) one.name_synced = true;
        } else {
            of(descriptor).sync();
        }
        if (current->changed) current->changed();
        return 0;
    }
    static long open_folder(const char*) {
        if (const long error = planned_error()) return error;
        open_files[next_descriptor] = "/";
        return next_descriptor++;
    }
    static long current_folder(char*, std::size_t) { return -ENOENT; }
    static long random(void* to, std::size_t length) {
        if (const long error = planned_error()) return error;
        for (std::size_t byte = 0; byte != length; ++byte) {
            current->random_state = current->random_state * 6364136223846793005U + 1;
            static_cast<unsigned char*>(to)[byte] =
                static_cast<unsigned char>(current->random_state >> 56);
        }
        return static_cast<long>(length);
    }
    static long process() { return current->process; }
    static shearpin::instant now() { return {}; }
};

/// Calls `use(file)` for everything that the disk may hold when the power goes now: every choice of
/// a content for each page, and for every page every mixture of two that follow each other, cut at
/// every byte (`step` 1) or at every so many.
inline void for_each_image(const file& crashed, std::size_t step,
                           const std::function<void(const file&)>& use) {
    std::vector<std::uint64_t> open_pages;
    for (const auto& [number, one] : crashed.pages)
        if (one.possible.size() > 1) open_pages.push_back(number);
    file image = crashed;
    for (auto& [number, one] : image.pages) {
        one.seen = one.possible.front();
        one.possible = {one.seen};
        one.dirty = false;
    }
    const auto set = [&](std::uint64_t number, const std::string& content) {
        image.pages[number].seen = content;
        image.pages[number].possible = {content};
    };
    const std::function<void(std::size_t, bool)> choose = [&](std::size_t which, bool has_torn) {
        if (which == open_pages.size()) {
            use(image);
            return;
        }
        const std::uint64_t number = open_pages[which];
        const auto& possible = crashed.pages.at(number).possible;
        for (const auto& content : possible) {
            set(number, content);
            choose(which + 1, has_torn);
        }
        if (has_torn) return;  // one torn page at a time: a disk writes one at a time
        for (std::size_t later = 1; later < possible.size(); ++later) {
            const std::string& before = possible[later - 1];
            const std::string& after = possible[later];
            std::size_t first = 0, last = page_size;
            while (first != page_size && before[first] == after[first]) ++first;
            while (last > first && before[last - 1] == after[last - 1]) --last;
            for (std::size_t cut = first + 1; cut < last; cut += step) {
                set(number, after.substr(0, cut) + before.substr(cut));
                choose(which + 1, true);
                set(number, before.substr(0, cut) + after.substr(cut));
                choose(which + 1, true);
            }
        }
    };
    for (const std::uint64_t size : crashed.possible_sizes) {
        image.size = size;
        image.possible_sizes = {size};
        choose(0, false);
    }
}

}  // namespace simulated
