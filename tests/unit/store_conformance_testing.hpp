// SPDX-License-Identifier: BSL-1.0
// Stores in a page that processes share: a sound one, and ones that are broken as stores are.
#pragma once

#include <shearpin/file_store.hpp>
#include <shearpin/memory_store.hpp>
#include <shearpin/testing/store_conformance.hpp>

#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <random>
#include <string>
#include <vector>

namespace store_conformance_testing {

using shearpin::loaded;
using shearpin::stored;
using outcome = shearpin::stored::outcome;

struct page_content {
    pthread_mutex_t mutex;
    std::atomic<bool> is_disturbed;
    std::uint64_t version;
    std::size_t length;
    char bytes[1 << 20];
    std::uint64_t older_version;
    std::size_t older_length;
    char older_bytes[1 << 20];
};

/// Memory that children made by fork() have in common.
class shared_page {
public:
    shared_page() {
        void* const made = ::mmap(nullptr, sizeof(page_content), PROT_READ | PROT_WRITE,
                                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (made == MAP_FAILED) throw std::bad_alloc();
        content_ = static_cast<page_content*>(made);
        pthread_mutexattr_t shared;
        ::pthread_mutexattr_init(&shared);
        ::pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
        ::pthread_mutex_init(&content_->mutex, &shared);
        ::pthread_mutexattr_destroy(&shared);
    }
    shared_page(const shared_page&) = delete;
    shared_page& operator=(const shared_page&) = delete;
    ~shared_page() { ::munmap(content_, sizeof(page_content)); }

    page_content* operator->() const { return content_; }

private:
    page_content* content_;
};
struct locked {
    explicit locked(const shared_page& page) : mutex(page->mutex) { ::pthread_mutex_lock(&mutex); }
    locked(const locked&) = delete;
    locked& operator=(const locked&) = delete;
    ~locked() { ::pthread_mutex_unlock(&mutex); }
    pthread_mutex_t& mutex;
};

inline bool one_in(unsigned number) {
    thread_local std::mt19937 random(std::random_device{}());
    return random() % number == 0;
}
inline void pause() { std::this_thread::sleep_for(std::chrono::microseconds(50)); }

/// As it should be.
struct sound_store {
    const shared_page& page;
    static constexpr std::size_t capacity = sizeof(page_content::bytes);

    loaded load() const {
        const locked held(page);
        return {std::string(page->bytes, page->length), page->version, true, {}};
    }
    stored store(const std::string& bytes, std::uint64_t expected) const {
        const locked held(page);
        if (page->version != expected) return {outcome::conflict, page->version, {}};
        return put(bytes, expected + 1);
    }
    /// Under the lock.
    stored put(const std::string& bytes, std::uint64_t version) const {
        if (bytes.size() > capacity) return {outcome::failed, 0, std::string("too long")};
        std::memcpy(page->older_bytes, page->bytes, page->length);
        page->older_length = page->length;
        page->older_version = page->version;
        std::memcpy(page->bytes, bytes.data(), bytes.size());
        page->length = bytes.size();
        page->version = version;
        return {outcome::done, version, {}};
    }
};

/// Its answers are lost now and then, once it is disturbed. Says so, or calls it a failure.
struct forgetful_store : sound_store {
    bool lies;
    explicit forgetful_store(const shared_page& of, bool given_lies = false)
        : sound_store{of}, lies(given_lies) {}
    stored store(const std::string& bytes, std::uint64_t expected) const {
        if (!page->is_disturbed || !one_in(4)) return sound_store::store(bytes, expected);
        if (one_in(2)) static_cast<void>(sound_store::store(bytes, expected));
        return {lies ? outcome::failed : outcome::unknown, 0, std::string("the server went away")};
    }
};

/// Compares, and then sets.
struct two_step_store : sound_store {
    explicit two_step_store(const shared_page& of) : sound_store{of} {}
    stored store(const std::string& bytes, std::uint64_t expected) const {
        {
            const locked held(page);
            if (page->version != expected) return {outcome::conflict, page->version, {}};
        }
        pause();
        const locked held(page);
        return put(bytes, page->version + 1);
    }
};

/// Reads what was there before the last store, always or now and then under load.
struct lagging_store : sound_store {
    bool only_under_load;
    explicit lagging_store(const shared_page& of, bool given_load = false)
        : sound_store{of}, only_under_load(given_load) {}
    loaded load() const {
        const locked held(page);
        const bool lags = only_under_load ? page->is_disturbed && one_in(5) : one_in(2);
        if (!lags) return {std::string(page->bytes, page->length), page->version, true, {}};
        return {std::string(page->older_bytes, page->older_length), page->older_version, true, {}};
    }
};

/// Writes in two pieces, and reads without a lock.
struct torn_store : sound_store {
    explicit torn_store(const shared_page& of) : sound_store{of} {}
    loaded load() const {
        std::size_t length = 0;
        std::uint64_t version = 0;
        std::string first;
        {
            const locked held(page);
            version = page->version;
            length = page->length;
            first.assign(page->bytes, length / 2);
        }
        pause();
        const locked held(page);
        return {
            first + std::string(page->bytes + length / 2, length - length / 2), version, true, {}};
    }
};

/// Counts versions from the length of what it has seen, and comes back to them.
struct reusing_store : sound_store {
    explicit reusing_store(const shared_page& of) : sound_store{of} {}
    stored store(const std::string& bytes, std::uint64_t expected) const {
        const locked held(page);
        if (page->version != expected) return {outcome::conflict, page->version, {}};
        const stored answer = put(bytes, expected + 1);
        // As after a restart from a backup.
        if (page->version > 60 && one_in(20)) page->version -= 3;
        return answer;
    }
};

/// Says done, and has not.
struct lossy_store : sound_store {
    explicit lossy_store(const shared_page& of) : sound_store{of} {}
    stored store(const std::string& bytes, std::uint64_t expected) const {
        const locked held(page);
        if (page->version != expected) return {outcome::conflict, page->version, {}};
        if (expected > 50 && one_in(10)) return {outcome::done, expected + 1, {}};
        return put(bytes, expected + 1);
    }
};

/// Answers conflict now and then, for no reason.
struct shy_store : sound_store {
    explicit shy_store(const shared_page& of) : sound_store{of} {}
    stored store(const std::string& bytes, std::uint64_t expected) const {
        if (expected > 50 && one_in(10)) return {outcome::conflict, 0, {}};
        return sound_store::store(bytes, expected);
    }
};

/// Takes a zero for the end.
struct text_store : sound_store {
    explicit text_store(const shared_page& of) : sound_store{of} {}
    stored store(const std::string& bytes, std::uint64_t expected) const {
        return sound_store::store(bytes.c_str(), expected);
    }
};

/// Is emptied once, as by somebody who deletes the document and makes it anew.
struct resetting_store : sound_store {
    explicit resetting_store(const shared_page& of) : sound_store{of} {}
    stored store(const std::string& bytes, std::uint64_t expected) const {
        const locked held(page);
        if (page->version != expected) return {outcome::conflict, page->version, {}};
        const stored answer = put(bytes, expected + 1);
        if (!page->is_disturbed && expected > 100) {
            page->is_disturbed = true;
            page->length = 0;
            ++page->version;
        }
        return answer;
    }
};

inline std::string scratch_path(const std::string& name) {
    static int number = 0;
    return "/tmp/shearpin-conformance-" + std::to_string(::getpid()) + "-" + name + "-" +
           std::to_string(++number);
}
inline shearpin::testing::conformance_options disturbing(const shared_page& page) {
    return {.disturb = [&page] { page->is_disturbed = true; }};
}
/// What check_store says, in lines; its history is removed, where it was kept for a reason.
template <class Open>
std::string wrong_with(Open open, shearpin::testing::conformance_options how = {}) {
    how.history = scratch_path("history");
    std::string all;
    for (const std::string& each : shearpin::testing::check_store(open, how)) all += each + '\n';
    const bool is_kept = ::unlink(how.history.c_str()) == 0;
    const bool is_told = all.find("is kept in " + how.history) != std::string::npos;
    return is_kept == is_told ? all : "the history is kept, and not told, or the other way round";
}
inline bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace store_conformance_testing
