// SPDX-License-Identifier: BSL-1.0
// A journal of a test's own, to be read back.
#pragma once

#include <shearpin/testing/journal.hpp>

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace store_journals_testing {

struct written_down {
    std::string path = made_empty("/tmp/shearpin-journal-" + std::to_string(::getpid()));
    mutable shearpin::testing::journal lines{path};
    written_down() = default;
    written_down(const written_down&) = delete;
    written_down& operator=(const written_down&) = delete;
    ~written_down() { ::unlink(path.c_str()); }

    std::string text() const {
        std::ifstream from(path);
        std::ostringstream all;
        all << from.rdbuf();
        return all.str();
    }

private:
    /// One that was killed may have left a file, and had the same number.
    static std::string made_empty(const std::string& path) {
        ::unlink(path.c_str());
        return path;
    }
};

}  // namespace store_journals_testing
