// SPDX-License-Identifier: BSL-1.0
// A ledger in a file, for the processes of one machine.
#pragma once

#include <shearpin/detail/file_access.hpp>
#include <shearpin/detail/file_slots.hpp>
#include <shearpin/store.hpp>

namespace shearpin::inline v1 {

namespace detail {

template <class P>
concept path_like = requires(const P& given) {
    { given.c_str() } -> same_as<const char*>;
};

}  // namespace detail

/// A byte store in one file of about 2 MiB on a local file system. Any number of processes and
/// threads may use the same file, each with a store of its own; fork() may be called between uses.
///
/// A document that was stored stays, whatever is killed and whenever the power goes: what is read
/// afterwards is it or a newer one, never a mixture, and never nothing. A file that is missing,
/// damaged, cut off, replaced, put back from a backup while in use, of another format or of another
/// program, or that cannot be read, written or synced, is refused with a text that names it, and is
/// left as it is. It costs one fdatasync a store() and none a store_lazily().
///
/// A store waits for as long as another one holds the file, which is as long as its sync takes; a
/// holder that is stopped (SIGSTOP) stops them all, and one that is killed none. Nothing is
/// promised on network file systems, or where the disk loses what it has said it has synced.
///
/// `System` makes the system calls; see detail/file_system.hpp.
template <class System> class basic_file_store {
public:
    /// The longest document that it takes, in bytes: 1 MiB. A longer one is answered by `failed`.
    static constexpr std::size_t capacity = detail::document_capacity;

    /// A new ledger. The path must not exist, and nobody else's file is touched. The file can be
    /// read and written by its owner and group, as far as the umask allows. Durable on return.
    [[nodiscard]] static basic_file_store create(const char* path) {
        return basic_file_store(path, true);
    }
    /// The same of a std::string or a std::filesystem::path.
    template <detail::path_like P> [[nodiscard]] static basic_file_store create(const P& path) {
        return basic_file_store(path.c_str(), true);
    }

    /// A ledger that is there. A missing file is refused, for whoever lost the ledger has not won
    /// a new budget.
    [[nodiscard]] static basic_file_store open(const char* path) {
        return basic_file_store(path, false);
    }
    /// The same of a std::string or a std::filesystem::path.
    template <detail::path_like P> [[nodiscard]] static basic_file_store open(const P& path) {
        return basic_file_store(path.c_str(), false);
    }

    basic_file_store(basic_file_store&&) noexcept = default;
    basic_file_store& operator=(basic_file_store&&) = delete;

    /// The newest document, from the file as it is now. Where that cannot be known to be synced, as
    /// after a crash, it is written once more and synced first.
    [[nodiscard]] loaded load() {
        loaded answer;
        detail::file_fault fault = trouble_;
        if (!fault) {
            const held lock(*this);
            fault = lock.fault;
            if (!fault) fault = slots_.look(access_.file());
            if (!fault) fault = slots_.settle(access_.file(), false);
            if (!fault) fault = slots_.read_newest(access_.file(), answer.bytes);
            if (!fault) {
                slots_.saw_newest();
                answer.version = slots_.version();
                answer.readable = true;
                return answer;
            }
        }
        answer.bytes.clear();
        answer.why = told(fault);
        return answer;
    }

    /// Replaces the document if its version is `expected`, durably.
    [[nodiscard]] stored store(const std::string& bytes, std::uint64_t expected) {
        return replace(bytes, expected, false);
    }

    /// The same without waiting for the disk: it may be lost when the power goes, or when somebody
    /// is killed while he writes a later one. Only for what nobody acts on.
    [[nodiscard]] stored store_lazily(const std::string& bytes, std::uint64_t expected) {
        return replace(bytes, expected, true);
    }

    /// This machine's clocks.
    [[nodiscard]] instant now() const { return System::now(); }

private:
    basic_file_store(const char* path, bool is_new) : access_(path) {
        trouble_ = is_new ? access_.create(detail::file_slots<System>::fill) : access_.open();
        slots_.use(access_.id());
    }

    /// The lock on the file.
    struct held {
        basic_file_store& store;
        detail::file_fault fault;

        explicit held(basic_file_store& given_store)
            : store(given_store), fault(given_store.access_.enter()) {}
        held(const held&) = delete;
        held& operator=(const held&) = delete;
        ~held() {
            if (!fault) store.access_.unlock();
        }
    };

    [[nodiscard]] store_trouble told(const detail::file_fault& fault) const noexcept {
        return detail::describe(access_.path(), fault);
    }

    stored replace(const std::string& bytes, std::uint64_t expected, bool is_lazy) {
        stored answer;
        detail::file_fault fault = trouble_;
        if (!fault && bytes.size() > capacity) fault = detail::file_faults::too_long;
        if (!fault) {
            const held lock(*this);
            fault = lock.fault;
            if (!fault) fault = slots_.look(access_.file());
            if (!fault) {
                answer.version = slots_.version();
                if (answer.version == expected) fault = slots_.settle(access_.file(), true);
            }
            if (!fault) {
                answer.version = slots_.version();
                if (answer.version == expected)
                    fault = write(bytes, is_lazy, answer);
                else
                    answer.what = stored::outcome::conflict;
            }
        }
        if (fault) answer.why = told(fault);
        return answer;
    }

    detail::file_fault write(const std::string& bytes, bool is_lazy, stored& answer) {
        const int file = access_.file();
        const std::size_t slot = slots_.target();
        detail::document_head head;
        head.version = answer.version + 1;
        head.length = bytes.size();
        head.checksum = detail::crc32c(slots_.as_bytes(bytes), bytes.size());
        head.lazy = is_lazy;
        detail::file_fault fault = slots_.write(file, slot, head, bytes);
        if (fault) {
            if (slots_.may_hold(file, slot, head.version)) answer.what = stored::outcome::unknown;
            return fault;
        }
        if (!is_lazy) fault = slots_.sync(file, slot, bytes);
        if (fault) {
            answer.what = stored::outcome::unknown;
            return fault;
        }
        slots_.saw(slot);
        answer.version = head.version;
        answer.what = stored::outcome::done;
        return fault;
    }

    detail::file_access<System> access_;
    detail::file_slots<System> slots_;
    detail::file_fault trouble_;
};

/// A ledger in a file of this machine, made by file_store::create(path) and opened by
/// file_store::open(path).
using file_store = basic_file_store<detail::posix_system>;

}  // namespace shearpin::inline v1
