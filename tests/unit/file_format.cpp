// SPDX-License-Identifier: BSL-1.0
// Format 1 of a ledger file, byte by byte: what one program has written, every later one has to
// find where it stands.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <string>

#include "simulated_disk.hpp"

namespace {

using shearpin::stored;
using store = shearpin::basic_file_store<simulated::system>;

const std::string path = "/ledger";

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t letter = 0; letter < hex.size(); letter += 2) {
        while (hex[letter] == ' ') ++letter;
        bytes += static_cast<char>(std::stoi(hex.substr(letter, 2), nullptr, 16));
    }
    return bytes;
}
std::string block(const std::string& hex, const std::string& checksum) {
    std::string bytes = from_hex(hex);
    bytes.resize(60);
    return bytes + from_hex(checksum);
}

// Never to be changed: a file that is laid out otherwise is of another format.
constexpr std::uint64_t kept_length = 2'109'440;
constexpr std::uint64_t kept_slots[] = {4096, 4096 + (1 << 20) + 4096};
const std::string id = "58 c0 cb c7 30 20 9a 50 ab 6c 88 b4 70 a8 fd 8a";
const std::string kept_header =
    block("73 68 65 61 72 70 69 6e 01 00 00 00 00 00 00 00" + id, "dd 66 99 07");
const std::string synced_0 = block("73 79 6e 63 65 64 3a 20" + id, "11 95 38 e9");
const std::string synced_1 = block("73 79 6e 63 65 64 3a 20" + id + "01", "ad 2e f4 da");
const std::string kept_1 = synced_0 + synced_0 +
                           block("64 6f 63 75 6d 65 6e 74" + id +
                                     "01 00 00 00 00 00 00 00 03 00 00 00 00 00 00 00 e9 b2 94 2a",
                                 "3e 6f 05 33") +
                           "one";
const std::string kept_2 =  // written lazily
    synced_1 + synced_1 +
    block("64 6f 63 75 6d 65 6e 74" + id +
              "02 00 00 00 00 00 00 00 04 00 00 00 00 00 00 00 6d c0 e2 31 01",
          "ef 10 fc 82") +
    "two!";

}  // namespace

TEST_CASE("a file is written as every program of format 1 writes it") {
    simulated::disk world;
    simulated::system::reset(world);
    store made = store::create(path);  // its id is random, and this disk's chance always the same
    REQUIRE(made.store("one", 0).what == stored::outcome::done);
    REQUIRE(made.store_lazily("two!", 1).what == stored::outcome::done);
    const simulated::file& written = world.files[path];
    CHECK(written.size == kept_length);
    CHECK(written.read(0, kept_header.size()) == kept_header);
    CHECK(written.read(kept_slots[1], kept_1.size()) == kept_1);
    CHECK(written.read(kept_slots[0], kept_2.size()) == kept_2);
}

TEST_CASE("a file that an earlier program wrote is read, and gone on with") {
    simulated::disk world;
    simulated::system::reset(world);
    simulated::file& found = world.files[path];
    found.size = kept_length;
    found.write(0, kept_header.data(), kept_header.size());
    found.write(kept_slots[1], kept_1.data(), kept_1.size());
    store opened = store::open(path);
    CHECK(opened.load().bytes == "one");
    CHECK(opened.load().version == 1);
    found.write(kept_slots[0], kept_2.data(), kept_2.size());
    CHECK(opened.load().bytes == "two!");
    CHECK(opened.store("three", 2).what == stored::outcome::done);
    CHECK(store::open(path).load().version == 3);
}
