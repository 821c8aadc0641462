// SPDX-License-Identifier: BSL-1.0
// One open ledger file: opened or created by its path, locked for each use, and then checked to be
// the file that it was.
#pragma once

#include <shearpin/detail/file_format.hpp>
#include <shearpin/detail/file_system.hpp>
#include <shearpin/detail/file_trouble.hpp>

#include <string>

namespace shearpin::inline v1::detail {

/// Calls of one object are made by one thread at a time.
template <class System> class file_access {
public:
    explicit file_access(const char* path) : path_(path) {
        // A path that stays right when the program changes its folder.
        char folder[4096];
        if (path[0] == '/' || System::current_folder(folder, sizeof folder) < 0) return;
        path_ = std::string(folder) + "/" + path;
    }
    file_access(file_access&& other) noexcept
        : path_(static_cast<std::string&&>(other.path_)),
          file_(other.file_),
          device_(other.device_),
          number_(other.number_),
          id_(other.id_),
          process_(other.process_) {
        other.file_ = -1;
    }
    file_access& operator=(file_access&&) = delete;
    ~file_access() { close(); }

    [[nodiscard]] int file() const noexcept { return file_; }
    [[nodiscard]] const file_id& id() const noexcept { return id_; }
    [[nodiscard]] text_view path() const noexcept { return path_; }

    /// Opens a ledger that is there, and remembers which one it is.
    file_fault open() {
        file_fault fault = open_file();
        if (fault) return fault;
        fault = lock();
        if (!fault) fault = check_path();
        if (!fault) fault = read_header(id_);
        unlock();
        return fault;
    }

    /// Creates the file, lets `fill` write into it all but its header, and makes it durable: first
    /// what it holds, then the header, then its name in the folder. Whatever fails, it is as if it
    /// had not been tried.
    template <class Fill> file_fault create(Fill fill) {
        const long opened = despite_signals(few_signals, [&] { return System::create(c_path()); });
        if (opened == -EEXIST) return file_faults::exists;
        if (opened < 0) return file_faults::not_creatable(opened);
        file_ = static_cast<int>(opened);
        process_ = System::process();
        file_fault fault = lock();
        if (!fault) fault = note_identity();
        if (!fault) fault = draw_id();
        if (!fault) {
            long failed = fill(file_, id_);
            if (failed == 0) failed = sync_all(file_);
            const file_block header = file_header(id_);
            if (failed == 0)
                failed = write_all<System>(file_, header.bytes, sizeof header.bytes, 0);
            if (failed == 0) failed = sync_all(file_);
            if (failed == 0) failed = sync_folder();
            if (failed != 0) fault = file_faults::not_creatable(failed);
        }
        if (!fault) fault = check_path();
        // Never somebody else's file, should this one have been replaced meanwhile.
        if (fault && !note_identity() && !check_path()) (void)System::remove(c_path());
        unlock();
        return fault;
    }

    /// Locks the file, however long others hold it, and checks that it is still the one that was
    /// opened. Where it tells a fault the file is not locked.
    file_fault enter() {
        file_fault fault;
        // A child of fork() shares the open file of its parent, and with it the lock.
        if (process_ != System::process()) {
            close();
            fault = open_file(false);
            if (fault) return fault;
        }
        fault = lock();
        if (fault) return fault;
        file_id found;
        fault = check_path();
        if (!fault) fault = read_header(found);
        if (!fault && !(found == id_)) fault = file_faults::replaced;
        if (fault) unlock();
        return fault;
    }
    /// Closing gives up the lock as well, if nothing else does.
    void unlock() {
        if (System::unlock(file_) < 0) (void)give_up({});
    }

private:
    [[nodiscard]] const char* c_path() const noexcept { return path_.c_str(); }

    void close() {
        if (file_ >= 0) (void)System::close(file_);
        file_ = -1;
    }

    file_fault open_file(bool is_first = true) {
        const long opened = despite_signals(few_signals, [&] { return System::open(c_path()); });
        if (opened == -ENOENT) return is_first ? file_faults::missing : file_faults::gone;
        if (opened < 0) return file_faults::not_openable(opened);
        file_ = static_cast<int>(opened);
        process_ = System::process();
        if (is_first) return note_identity();
        file_status status;
        const long failed = System::status_of(file_, status);
        if (failed < 0) return give_up(file_faults::not_readable(failed));
        if (status.device != device_ || status.number != number_)
            return give_up(file_faults::replaced);
        return {};
    }
    /// So that the next use opens it again.
    file_fault give_up(file_fault fault) {
        close();
        process_ = -1;
        return fault;
    }

    file_fault note_identity() {
        file_status status;
        const long failed = System::status_of(file_, status);
        if (failed < 0) return file_faults::not_readable(failed);
        if (!status.regular) return file_faults::not_regular;
        device_ = status.device;
        number_ = status.number;
        return {};
    }

    file_fault draw_id() {
        const long drawn = System::random(id_.bytes, sizeof id_.bytes);
        if (drawn == long{sizeof id_.bytes}) return {};
        return file_faults::not_creatable(drawn < 0 ? drawn : -EIO);
    }

    file_fault lock() {
        const long failed = despite_signals(many_signals, [&] { return System::lock(file_); });
        return failed < 0 ? file_faults::not_lockable(failed) : file_fault{};
    }

    /// That the path still names this file: while it is open, no other file can get its number.
    file_fault check_path() {
        file_status status;
        const long failed = System::status_of(c_path(), status);
        if (failed == -ENOENT || failed == -ENOTDIR) return file_faults::gone;
        if (failed < 0) return file_faults::not_readable(failed);
        if (status.device != device_ || status.number != number_) return file_faults::replaced;
        length_ = status.size;
        return {};
    }

    file_fault read_header(file_id& id) {
        file_block header;
        const long failed = read_all<System>(file_, header.bytes, sizeof header.bytes, 0);
        if (failed == file_ended) return length_ == 0 ? file_faults::empty : file_faults::foreign;
        if (failed < 0) return file_faults::not_readable(failed);
        if (header.zero()) return file_faults::empty;
        if (!header.is("shearpin")) return file_faults::foreign;
        if (!header.sealed()) return file_faults::bad_header;
        if (header.get(8, 4) != file_format) return file_faults::newer_format;
        if (length_ != ledger_file_size) return file_faults::other_length;
        id = header.id_at(16);
        return {};
    }

    long sync_all(int file) {
        return despite_signals(few_signals, [&] { return System::sync_all(file); });
    }
    long sync_folder() {
        const std::string folder = path_.substr(0, path_.rfind('/') + 1);
        const long opened = despite_signals(few_signals, [&] {
            return System::open_folder(folder.empty() ? "." : folder.c_str());
        });
        if (opened < 0) return opened;
        const long failed = sync_all(static_cast<int>(opened));
        (void)System::close(static_cast<int>(opened));
        return failed;
    }

    std::string path_;
    int file_ = -1;
    std::uint64_t device_ = 0;
    std::uint64_t number_ = 0;
    std::uint64_t length_ = 0;
    file_id id_;
    long process_ = -1;
};

}  // namespace shearpin::inline v1::detail
