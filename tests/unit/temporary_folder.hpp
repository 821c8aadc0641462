// SPDX-License-Identifier: BSL-1.0
// A new, empty folder, which is gone with all that is in it at the end.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

struct temporary_folder {
    std::filesystem::path path;
    temporary_folder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "shearpin-").string() + std::string(6, 'X');
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path / name; }
};
