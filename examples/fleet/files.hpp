// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace fleet {

/// An open file, closed at the end.
class descriptor {
public:
    explicit descriptor(int opened) noexcept : number_(opened) {}
    descriptor(descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor();
    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }

private:
    int number_;
};

/// All that a file holds; a failure where it cannot be read.
std::string read_file(const std::string& path);

/// Writes all of it; false, with errno, where that fails.
bool write_all(int file, std::string_view text);

/// Whether both paths lead to one and the same file; false where one leads to none.
bool is_same_file(const std::string& one, const std::string& other);

/// A file that this program alone may replace. Everyone who uses this class waits for the lock; an
/// editor does not, so what it writes in between is found out and never overwritten.
class locked_file {
public:
    /// What is said where it fails, and what can end the wait for a lock.
    struct terms {
        std::string so_far = "nothing was removed";            ///< what is then so
        std::function<bool()> give_up = [] { return false; };  ///< asked while it waits
    };

    /// Waits so many seconds, a day at most, for another program's lock, then gives up with a
    /// failure. A file that could not be replaced in the end (a device, a pipe) is a failure at
    /// once.
    locked_file(std::string path, shearpin::count wait_seconds, terms said);
    locked_file(std::string path, shearpin::count wait_seconds)
        : locked_file(std::move(path), wait_seconds, terms()) {}

    /// What it held when it was locked.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// Puts another file with this text in its place, as one step: whoever reads the path sees all
    /// of the old text or all of the new. After a failure the old one is still there. What is
    /// returned is empty, or says why the new one may not outlast a power cut.
    [[nodiscard]] std::string replace(std::string_view text);

private:
    [[nodiscard]] bool is_unchanged() const;

    [[noreturn]] void kept(const std::string& reason) const;

    terms said_;
    std::string path_;       // as the user named it
    std::string real_path_;  // without symbolic links, which are to stay
    descriptor file_{-1};
    std::string text_;
};

}  // namespace fleet
