// SPDX-License-Identifier: BSL-1.0
// What clients did to a store and a ledger, written down as it happens, so that what a killed
// process had begun is known as well. One line an event, each written at once:
//   > CLIENT NUMBER TIME load|store EXPECTED HASH      a call of the store begins
//   < CLIENT NUMBER TIME done|conflict|unknown|failed VERSION HASH      and ends
//   ? CLIENT NUMBER TIME AMOUNT      asks the ledger for a removal
//   + CLIENT NUMBER TIME ID          it is admitted
//   - CLIENT NUMBER TIME             or not, whatever the reason
//   s CLIENT NUMBER TIME             begins to settle it, as whole
//   S CLIENT NUMBER TIME             that is acknowledged
//   r ID TIME                        a person begins to resolve this entry
//   a NUMBER TIME                    begins to list the ledger's entries
//   e NUMBER ID AMOUNT               lists this one, as open or over
//   A NUMBER TIME                    that was all
#pragma once

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace shearpin::inline v1::testing {

/// Of all processes of this machine alike, whatever is done to the wall clock.
[[nodiscard]] inline std::uint64_t monotonic_nanoseconds() {
    struct timespec read{};
    ::clock_gettime(CLOCK_MONOTONIC, &read);
    return static_cast<std::uint64_t>(read.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(read.tv_nsec);
}

/// A file to which any number of threads and processes append lines, each with a journal of its
/// own or, within one process, together.
class journal {
public:
    /// Goes on with what is there. Throws where it cannot be written.
    explicit journal(const std::string& path)
        : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
        if (file_ < 0) throw std::runtime_error("the history " + path + " cannot be written");
    }
    journal(const journal&) = delete;
    journal& operator=(const journal&) = delete;
    ~journal() { ::close(file_); }

    /// A history with a hole would convict nobody, so this throws where the line cannot be written.
    void line(std::string text) {
        text += '\n';
        if (::write(file_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
            throw std::runtime_error("the history cannot be written");
    }

private:
    int file_;
};

/// A number that no other client has.
[[nodiscard]] inline std::uint64_t new_client() {
    std::random_device random;
    return (std::uint64_t{random()} << 31 ^ random()) & 0x7fff'ffff'ffff'ffff;
}

/// "> 17 3 1764201600000000000 store 5 99"
template <class... Parts> [[nodiscard]] std::string spaced(char kind, const Parts&... parts) {
    std::string text(1, kind);
    const auto add = [&](const auto& part) {
        text += ' ';
        if constexpr (requires { std::to_string(part); })
            text += std::to_string(part);
        else
            text += std::string_view(part);
    };
    (add(parts), ...);
    return text;
}

}  // namespace shearpin::inline v1::testing
