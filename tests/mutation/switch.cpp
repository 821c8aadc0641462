// SPDX-License-Identifier: BSL-1.0
// MUTANT is the number of the mutant to switch on; PASSED a file, as long as there are mutants, that notes which of them
// were passed. It is mapped, so that a process that is killed has noted its own too. SECONDS is how long the processor may
// work for one process; here, where a bound costs no process that sets it.
#include "switch.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

extern "C" void __asan_init() __attribute__((weak));  // there where a sanitizer is, which maps more than there is memory

namespace shearpin_mutation {

namespace {
unsigned char not_kept[1 << 17];

void bound(__rlimit_resource_t what, rlim_t most) {
    const rlimit both{most, what == RLIMIT_CPU ? most + 5 : most};
    if (::setrlimit(what, &both) != 0) std::abort();
}
}  // namespace

int chosen = -1;
unsigned char* passed = not_kept;

// Before any object of a test is made.
__attribute__((constructor(101))) static void choose() {
    if (const char* number = std::getenv("MUTANT")) chosen = std::atoi(number);
    if (const char* seconds = std::getenv("SECONDS")) {
        bound(RLIMIT_CPU, static_cast<rlim_t>(std::atoi(seconds)));
        if (__asan_init == nullptr) bound(RLIMIT_AS, rlim_t{4} << 30);
        bound(RLIMIT_FSIZE, rlim_t{1} << 30);
        bound(RLIMIT_CORE, 0);
        static_cast<void>(!::nice(10));  // what matters more goes first
    }
    const char* path = std::getenv("PASSED");
    if (path == nullptr) return;
    const int file = ::open(path, O_RDWR);
    struct stat about;
    if (file < 0 || ::fstat(file, &about) != 0) std::abort();
    void* mapped = ::mmap(nullptr, static_cast<size_t>(about.st_size), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped == MAP_FAILED) std::abort();
    passed = static_cast<unsigned char*>(mapped);
    ::close(file);
}

}  // namespace shearpin_mutation
