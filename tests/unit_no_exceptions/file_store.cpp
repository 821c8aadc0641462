// SPDX-License-Identifier: BSL-1.0
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdlib>
#include <string>

TEST_CASE("a file store needs neither exceptions nor RTTI") {
    std::string path = "/tmp/shearpin-" + std::string(6, 'X');
    REQUIRE(::mkdtemp(path.data()) != nullptr);
    const std::string file = path + "/ledger";
    {
        auto store = shearpin::file_store::create(file);
        CHECK(store.store("kept", 0).what == shearpin::stored::outcome::done);
        auto other = shearpin::file_store::open(file);
        CHECK(other.load().bytes == "kept");
        CHECK(other.store_lazily("late", 0).what == shearpin::stored::outcome::conflict);
    }
    ::unlink(file.c_str());
    CHECK_FALSE(shearpin::file_store::open(file).load().readable);
    ::rmdir(path.c_str());
}
