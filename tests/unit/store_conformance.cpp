// SPDX-License-Identifier: BSL-1.0
// The conformance test passes stores that are sound and convicts stores that are not.
#include "store_conformance_testing.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <string>

using namespace store_conformance_testing;

TEST_CASE("a store in shared memory passes, of all threads and processes") {
    const shared_page page;
    CHECK(wrong_with([&] { return sound_store{page}; }) == "");
}

TEST_CASE("a store whose answers are lost, and that says so, passes") {
    const shared_page page;
    CHECK(wrong_with([&] { return forgetful_store{page}; }, disturbing(page)) == "");
}

TEST_CASE("memory_store passes") {
    CHECK(wrong_with([] { return shearpin::memory_store{}; }) == "");
}

TEST_CASE("file_store passes") {
    const std::string path = scratch_path("file");
    {
        const auto made = shearpin::file_store::create(path);
    }
    CHECK(wrong_with([&] { return shearpin::file_store::open(path); }, {.turns = 15}) == "");
    ::unlink(path.c_str());
}

// --- What must be convicted, each by what is wrong with it ---

TEST_CASE("one that compares and sets in two steps loses updates") {
    const shared_page page;
    const std::string wrong = wrong_with([&] { return two_step_store{page}; });
    CHECK((has(wrong, "and so lost") || has(wrong, "given to two stores")));
}

TEST_CASE("one that reads from a copy that lags behind") {
    const shared_page page;
    const std::string wrong = wrong_with([&] { return lagging_store{page}; });
    CHECK(has(wrong, "to another store object"));
}

TEST_CASE("one whose copy lags behind only under load") {
    const shared_page page;
    const std::string wrong =
        wrong_with([&] { return lagging_store{page, true}; }, disturbing(page));
    CHECK(has(wrong, "had been seen"));
}

TEST_CASE("one whose readers see half of a document") {
    const shared_page page;
    CHECK(has(wrong_with([&] { return torn_store{page}; }), "seen with two contents"));
}

TEST_CASE("one that takes an unknown outcome for a failure") {
    const shared_page page;
    const std::string wrong =
        wrong_with([&] { return forgetful_store{page, true}; }, disturbing(page));
    CHECK(has(wrong, "stored by a call that answered failed"));
}

TEST_CASE("one that uses a version twice") {
    const shared_page page;
    CHECK(has(wrong_with([&] { return reusing_store{page}; }), "given to two stores"));
}

TEST_CASE("one that answers done and stores nothing, now and then") {
    const shared_page page;
    CHECK(has(wrong_with([&] { return lossy_store{page}; }), "given to two stores"));
}

TEST_CASE("one that answers conflict where nobody was faster") {
    const shared_page page;
    CHECK(has(wrong_with([&] { return shy_store{page}; }), "nobody had replaced that"));
}

TEST_CASE("one that cannot hold all bytes") {
    const shared_page page;
    CHECK(has(wrong_with([&] { return text_store{page}; }), "not the same, to the byte"));
}

TEST_CASE("one that is emptied meanwhile") {
    const shared_page page;
    CHECK(has(wrong_with([&] { return resetting_store{page}; }), "stored by nobody"));
}

TEST_CASE("one that cannot be read is told so at once") {
    const std::string wrong = wrong_with([] { return shearpin::file_store::open("/none/here"); });
    CHECK(has(wrong, "cannot be read (ledger file /none/here"));
}
