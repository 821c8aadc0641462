// SPDX-License-Identifier: BSL-1.0
// The disk of a machine whose power goes, for nbdkit:
//   nbdkit ./disk.so file=IMAGE log=FILE [seed=NUMBER] [flush=MILLISECONDS]
// From SIGUSR1 on it takes and flushes nothing more. When the machine is gone, the power goes: what
// that has left of the writes is decided by chance, and told in a line of the log. A flush takes up
// to so many milliseconds, so that the power often goes while one is under way.
#include "unflushed_disk.hpp"

#define NBDKIT_API_VERSION 2
#include <fcntl.h>
#include <nbdkit-plugin.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

#define THREAD_MODEL NBDKIT_THREAD_MODEL_SERIALIZE_ALL_REQUESTS

namespace {

std::string image, log_path;
unsigned long slowest_flush = 0;
std::mt19937_64 random_numbers;
int file = -1;
std::unique_ptr<power::unflushed_disk> disk;
std::atomic<bool> is_off{false};

void switch_off(int) { is_off = true; }

int fails() {
    nbdkit_set_error(EIO);
    return -1;
}

int config(const char* key, const char* value) {
    const std::string name = key;
    if (name == "file")
        image = value;
    else if (name == "log")
        log_path = value;
    else if (name == "seed")
        random_numbers.seed(std::strtoull(value, nullptr, 10));
    else if (name == "flush")
        slowest_flush = std::strtoul(value, nullptr, 10);
    else
        return nbdkit_error("there is no parameter %s", key), -1;
    return 0;
}

int get_ready() {
    file = ::open(image.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return nbdkit_error("%s: %s", image.c_str(), std::strerror(errno)), -1;
    if (log_path.empty()) return nbdkit_error("log=FILE is missing"), -1;
    disk = std::make_unique<power::unflushed_disk>(file);
    struct sigaction action{};
    action.sa_handler = switch_off;
    return ::sigaction(SIGUSR1, &action, nullptr);
}

void* open(int) { return disk.get(); }

void close(void*) {
    using enum power::remnant;
    static constexpr power::remnant each[] = {nothing,     first_ones,  first_ones,  any_of_them,
                                              any_of_them, any_sectors, any_sectors, any_sectors};
    static const char* const words[] = {"nothing", "the first ones", "any of them", "any sectors"};
    const power::remnant what = each[random_numbers() % 8];
    power::losses lost;
    const bool well = disk->cut(random_numbers, what, lost);
    is_off = false;
    std::FILE* const log = std::fopen(log_path.c_str(), "a");
    if (log == nullptr) return;
    std::fprintf(log, "%s: %zu writes were not flushed, kept of them: %s, %zu of %zu sectors\n",
                 well ? "cut" : "the image cannot be written", lost.writes,
                 words[static_cast<int>(what)], lost.kept, lost.sectors);
    std::fclose(log);
}

std::int64_t get_size(void*) {
    struct stat found{};
    return ::fstat(file, &found) == 0 ? found.st_size : -1;
}

int can_fua(void*) { return NBDKIT_FUA_NONE; }

int read(void*, void* to, std::uint32_t length, std::uint64_t at, std::uint32_t) {
    return disk->read(static_cast<char*>(to), length, at) ? 0 : fails();
}

int write(void*, const void* from, std::uint32_t length, std::uint64_t at, std::uint32_t) {
    if (is_off) return fails();
    disk->write_later(static_cast<const char*>(from), length, at);
    return 0;
}

int flush(void*, std::uint32_t) {
    if (slowest_flush != 0) {
        constexpr timespec millisecond{0, 1'000'000};
        for (auto left = random_numbers() % (slowest_flush + 1); left != 0 && !is_off; --left)
            ::nanosleep(&millisecond, nullptr);
    }
    return !is_off && disk->flush() ? 0 : fails();
}

nbdkit_plugin described() {
    nbdkit_plugin made{};
    made.name = "shearpin-power";
    made.longname = "a disk that loses what was not flushed";
    made.config = config;
    made.get_ready = get_ready;
    made.open = open;
    made.close = close;
    made.get_size = get_size;
    made.can_fua = can_fua;
    made.pread = read;
    made.pwrite = write;
    made.flush = flush;
    return made;
}
nbdkit_plugin plugin = described();

}  // namespace

NBDKIT_REGISTER_PLUGIN(plugin)
