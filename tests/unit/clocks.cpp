// SPDX-License-Identifier: BSL-1.0
#include <shearpin/clocks.hpp>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

using namespace std::chrono_literals;
using shearpin::clock_like;
using shearpin::date;
using shearpin::manual_clock;
using shearpin::time_point;

namespace {

struct chrono_clock {
    std::chrono::system_clock::time_point now() const { return std::chrono::system_clock::now(); }
};
struct steady {
    std::chrono::steady_clock::time_point now() const { return std::chrono::steady_clock::now(); }
};
struct seconds_as_a_number {
    long now() const { return 0; }
};
struct timeless {};
struct not_const {
    time_point now() { return {}; }
};

}  // namespace

TEST_CASE("clock: anything with now() that gives a wall clock's time") {
    static_assert(clock_like<shearpin::system_clock> && clock_like<const shearpin::system_clock>);
    static_assert(clock_like<manual_clock> && clock_like<std::chrono::system_clock>);
    static_assert(clock_like<chrono_clock> && clock_like<not_const>);
    static_assert(!clock_like<const not_const>);
    static_assert(!clock_like<steady> && !clock_like<std::chrono::steady_clock>);
    static_assert(!clock_like<seconds_as_a_number> && !clock_like<timeless> && !clock_like<int>);
}

TEST_CASE("clock: a guard without one does not know the time") {
    CHECK_FALSE(shearpin::detail::no_clock{}.now().known());
    static_assert(!shearpin::detail::no_clock::given);
    static_assert(shearpin::detail::clock_reference<manual_clock>::given);
}

TEST_CASE("clock: a guard's clock is referred to, so that it moves") {
    manual_clock clock;
    const shearpin::detail::clock_reference<manual_clock> seen{&clock};
    const time_point before = seen.now();
    clock.advance(5min);
    CHECK(seen.now() - before == shearpin::duration(5min));
}

TEST_CASE("wall_clock: is the system's") {
    const time_point before = std::chrono::system_clock::now();
    const time_point now = shearpin::wall_clock.now();
    const time_point after = std::chrono::system_clock::now();
    CHECK(now.known());
    // Not exactly between the two, since somebody may set the clock meanwhile.
    CHECK(before - 1h <= now);
    CHECK(now <= after + 1h);
}

TEST_CASE("manual_clock: stands still until it is moved") {
    manual_clock clock;
    CHECK(clock.now() == date(2026, 1, 1).begins());
    CHECK(clock.now() == clock.now());
    clock.advance(90min);
    CHECK(clock.now() == date(2026, 1, 1).begins() + 90min);
    clock.advance(-90min);  // clocks are set back
    CHECK(clock.now() == date(2026, 1, 1).begins());
    clock.set(date(2017, 2, 28).begins());
    CHECK(clock.now() == date(2017, 2, 28).begins());
    clock.set({});
    CHECK_FALSE(clock.now().known());
    clock.advance(1h);
    CHECK_FALSE(clock.now().known());
    CHECK(manual_clock(date(2020, 2, 29).begins()).now() == date(2020, 2, 29).begins());
}

TEST_CASE("clocks: who waits by a manual clock moves it, and the machine's sleeps") {
    manual_clock clock;
    const time_point before = clock.now();
    clock.wait(1h);
    CHECK(clock.now() - before == shearpin::duration(1h));
    const shearpin::instant start = shearpin::wall_clock.read();
    shearpin::wall_clock.wait(3ms);
    shearpin::wall_clock.wait(0s);
    shearpin::wall_clock.wait(-1h);
    if (start.boot != 0)
        CHECK(shearpin::wall_clock.read().since_boot - start.since_boot >= shearpin::duration(3ms));
}

TEST_CASE("clocks: the machine's sleeps through signals, and no longer") {
    struct sigaction quiet{};
    struct sigaction before{};
    static std::sig_atomic_t signals;
    signals = 0;
    quiet.sa_handler = [](int) {
        if (++signals == 20'000) std::abort();  // after 20 seconds at least
    };
    REQUIRE(::sigaction(SIGALRM, &quiet, &before) == 0);
    const itimerval often{{0, 1000}, {0, 1000}};  // a signal after each millisecond
    REQUIRE(::setitimer(ITIMER_REAL, &often, nullptr) == 0);
    const auto start = std::chrono::steady_clock::now();
    shearpin::wall_clock.wait(30ms);
    const auto slept = std::chrono::steady_clock::now() - start;
    const itimerval never{};
    REQUIRE(::setitimer(ITIMER_REAL, &never, nullptr) == 0);
    REQUIRE(::sigaction(SIGALRM, &before, nullptr) == 0);
    CHECK(slept >= 30ms);
}

namespace {

/// A file with the id of a boot, or what is to be one.
struct boot_file {
    std::string path =
        (std::filesystem::temp_directory_path() / "shearpin-").string() + std::string(6, 'X');
    int file = ::mkstemp(path.data());
    explicit boot_file(const std::string& id) {
        REQUIRE(file >= 0);
        REQUIRE(::write(file, id.data(), id.size()) == static_cast<ssize_t>(id.size()));
    }
    boot_file(const boot_file&) = delete;
    ~boot_file() {
        ::close(file);
        ::unlink(path.c_str());
    }
};
const std::string boot_id = "6f1d8a52-0d4e-4f5b-9c8e-6f6a1e1f2b3c";

int next_free_descriptor() {
    const int found = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::close(found);
    return found;
}

}  // namespace

TEST_CASE("clocks: a boot has a number, which is not 0, the sign for none that is known") {
    using shearpin::detail::boot_number;
    using shearpin::detail::read_boot_number;
    // Of no other text as short is the hash 0.
    static_assert(boot_number("\xd5\x6b\xb9\x53\x42\x87\x08\x36") == 1);
    static_assert(boot_number("a") == 0xaf63'dc4c'8601'ec8c);
    const boot_file whole(boot_id);
    const boot_file cut(boot_id.substr(1));
    CHECK(read_boot_number(whole.path.c_str()) == boot_number(boot_id));
    CHECK(read_boot_number(cut.path.c_str()) == 0);
}

TEST_CASE("clocks: a boot is read whatever the file's number is, and the file is closed") {
    using shearpin::detail::read_boot_number;
    const boot_file there(boot_id);
    const int before = next_free_descriptor();
    const std::uint64_t number = read_boot_number(there.path.c_str());
    CHECK(next_free_descriptor() == before);
    // A program that has closed its standard input gets 0 for the next file.
    const int input = ::fcntl(0, F_DUPFD_CLOEXEC, 3);
    ::close(0);
    const std::uint64_t again = read_boot_number(there.path.c_str());
    const int freed = next_free_descriptor();
    if (input >= 0) {
        ::dup2(input, 0);
        ::close(input);
    }
    CHECK(again == number);
    CHECK(freed == 0);
}

TEST_CASE("clocks: a program that is begun while the boot is read does not get the file") {
    const boot_file there("");
    REQUIRE(::unlink(there.path.c_str()) == 0);
    REQUIRE(::mkfifo(there.path.c_str(), 0600) == 0);
    const int expected = next_free_descriptor();
    std::uint64_t number = 0;
    std::thread reading([&] { number = shearpin::detail::read_boot_number(there.path.c_str()); });
    const int written =
        ::open(there.path.c_str(), O_WRONLY | O_CLOEXEC);  // when it is opened there
    int flags = -1;
    while (flags < 0)
        for (const int file : {expected, expected + 1})
            if (file != written && ::fcntl(file, F_GETFD) >= 0) flags = ::fcntl(file, F_GETFD);
    CHECK(::write(written, boot_id.data(), boot_id.size()) == 36);
    ::close(written);
    reading.join();
    CHECK((flags & FD_CLOEXEC) != 0);
    CHECK(number == shearpin::detail::boot_number(boot_id));
}

TEST_CASE("a pause of a whole second is one, and not none") {
    const auto before = std::chrono::steady_clock::now();
    shearpin::detail::sleep_for(shearpin::duration::seconds(1));
    CHECK(std::chrono::steady_clock::now() - before >= 1s);
}
