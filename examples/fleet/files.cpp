// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <utility>

#include "failure.hpp"

namespace fleet {

namespace {

std::string why() { return std::strerror(errno); }

std::string read_all(int file, const std::string& path) {
    std::string text;
    char block[1 << 16];
    for (;;) {
        const ssize_t got = ::read(file, block, sizeof block);
        if (got == 0) return text;
        if (got > 0)
            text.append(block, static_cast<std::size_t>(got));
        else if (errno != EINTR)
            bad_input(path + ": could not be read: " + why());
    }
}

descriptor open_to_read(const std::string& path, const std::string& shown_as) {
    descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) bad_input(shown_as + ": could not be opened: " + why());
    return file;
}

std::string resolve(const std::string& path) {
    char* const resolved = ::realpath(path.c_str(), nullptr);
    if (resolved == nullptr) bad_input(path + ": could not be opened: " + why());
    std::string text = resolved;
    std::free(resolved);
    return text;
}

bool is_same_file(const struct stat& one, const struct stat& other) {
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/// The new file until it is in its place; it goes away unless it gets there.
class replacement {
public:
    /// Only the holder of the lock writes it, so one that is there is left over from a crash.
    replacement(std::string folder, const std::string& name)
        : folder_(std::move(folder)), path_(folder_ + "." + name + ".fleet-new") {
        ::unlink(path_.c_str());
    }
    replacement(const replacement&) = delete;
    replacement& operator=(const replacement&) = delete;
    ~replacement() {
        if (is_there_) ::unlink(path_.c_str());
    }

    /// Writes it so that it outlasts a power cut, with the owner and the mode of the old one.
    /// False, with errno, where that fails.
    bool write(std::string_view text, const struct stat& old) {
        const descriptor file(
            ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        is_there_ = file.is_open();
        if (!is_there_) return false;
        // Only root may give a file away; anyone may give it to a group of their own.
        if (::fchown(file.number(), old.st_uid, old.st_gid) != 0 &&
            ::fchown(file.number(), static_cast<uid_t>(-1), old.st_gid) != 0 && errno != EPERM)
            return false;
        return ::fchmod(file.number(), old.st_mode & 07777) == 0 &&
               write_all(file.number(), text) && ::fsync(file.number()) == 0;
    }
    bool move_to(const std::string& path) {
        is_there_ = std::rename(path_.c_str(), path.c_str()) != 0;
        return !is_there_;
    }
    /// Makes the move outlast a power cut.
    bool sync_folder() const {
        const descriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        return folder.is_open() && ::fsync(folder.number()) == 0;
    }

private:
    std::string folder_;  // with a / at its end
    std::string path_;
    bool is_there_ = false;
};

}  // namespace

descriptor::~descriptor() {
    if (is_open()) ::close(number_);
}

bool is_same_file(const std::string& one, const std::string& other) {
    struct stat left{};
    struct stat right{};
    return ::stat(one.c_str(), &left) == 0 && ::stat(other.c_str(), &right) == 0 &&
           is_same_file(left, right);
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t put = ::write(file, text.data(), text.size());
        if (put >= 0)
            text.remove_prefix(static_cast<std::size_t>(put));
        else if (errno != EINTR)
            return false;
    }
    return true;
}

std::string read_file(const std::string& path) {
    return read_all(open_to_read(path, path).number(), path);
}

locked_file::locked_file(std::string path, shearpin::count wait_seconds, terms said)
    : said_(std::move(said)), path_(std::move(path)), real_path_(resolve(path_)) {
    const auto deadline = std::chrono::steady_clock::now() +
                          std::chrono::seconds(std::min<shearpin::count>(wait_seconds, 86400));
    for (bool told = false;;) {
        descriptor file = open_to_read(real_path_, path_);
        struct stat opened{};
        struct stat named{};
        if (::fstat(file.number(), &opened) != 0)
            bad_input(path_ + ": could not be read: " + why());
        if (!S_ISREG(opened.st_mode))
            bad_input(path_ + ": only a regular file can be replaced by a new inventory");
        if (::flock(file.number(), LOCK_EX | LOCK_NB) == 0) {
            // Whoever held the lock may have put another file in the place of the one that is open.
            if (::stat(real_path_.c_str(), &named) != 0 || !is_same_file(opened, named)) continue;
            text_ = read_all(file.number(), path_);
            file_ = std::move(file);
            return;
        }
        if (errno != EWOULDBLOCK && errno != EINTR)
            not_written(path_ + ": " + said_.so_far + ", since it could not be locked: " + why());
        if (said_.give_up())
            not_written(path_ + ": " + said_.so_far +
                        ", since somebody asked to stop while another program had it locked");
        if (std::chrono::steady_clock::now() >= deadline)
            not_written(path_ + ": " + said_.so_far +
                        ", since another program has it locked, "
                        "most likely another fleet; try again");
        if (!std::exchange(told, true))
            std::fprintf(stderr, "fleet: %s: another program has it locked; waiting\n",
                         path_.c_str());
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void locked_file::kept(const std::string& reason) const {
    not_written(path_ + ": " + said_.so_far +
                ", since the new file could not be put in its place: " + reason);
}

bool locked_file::is_unchanged() const {
    struct stat opened{};
    struct stat named{};
    if (::fstat(file_.number(), &opened) != 0 || ::stat(real_path_.c_str(), &named) != 0)
        return false;
    if (!is_same_file(opened, named)) return false;
    try {
        return read_file(real_path_) == text_;
    } catch (const failure&) {
        return false;  // it was there a moment ago
    }
}

std::string locked_file::replace(std::string_view text) {
    const std::size_t slash = real_path_.rfind('/');
    replacement next(real_path_.substr(0, slash + 1), real_path_.substr(slash + 1));
    struct stat old{};
    if (::fstat(file_.number(), &old) != 0 || !next.write(text, old)) kept(why());
    if (!is_unchanged())
        not_written(path_ + ": " + said_.so_far +
                    ", since another program has changed it in the "
                    "meantime; look at it and try again");
    if (!next.move_to(real_path_)) kept(why());
    if (next.sync_folder()) return {};
    return path_ + ": the hosts are removed in it, but this may not outlast a power cut: " + why();
}

}  // namespace fleet
