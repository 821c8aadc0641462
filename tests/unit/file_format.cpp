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
const std::string kept_0 =  // of a new file: no notes, and nothing
    std::string(128, '\0') + block("64 6f 63 75 6d 65 6e 74" + id, "f1 c1 cf 7c");
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
    const simulated::file& written = world.files[path];
    CHECK(written.read(kept_slots[0], kept_0.size()) == kept_0);
    REQUIRE(made.store("one", 0).what == stored::outcome::done);
    CHECK(written.read(kept_slots[0], kept_0.size()) == synced_1 + synced_1 + kept_0.substr(128));
    REQUIRE(made.store_lazily("two!", 1).what == stored::outcome::done);
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

TEST_CASE("a block is what its name says, of the file whose id it has, and whole") {
    using namespace shearpin::detail;
    const file_id own{{1, 2, 3}}, foreign{{1, 2, 4}};
    std::uint64_t version = 0;
    document_head head;
    REQUIRE(read_note(synced_note(own, 7), own, version));
    REQUIRE(head.decode(document_head().encode(own), own));

    CHECK_FALSE(read_note(synced_note(foreign, 7), own, version));
    CHECK_FALSE(read_note(document_head().encode(own), own, version));
    CHECK_FALSE(head.decode(document_head().encode(foreign), own));
    CHECK_FALSE(head.decode(synced_note(own, 7), own));

    const auto but_for_one_bit = [](file_block block, std::size_t at) {
        block.bytes[at] ^= 1;
        return block;
    };
    for (std::size_t at = 0; at != file_block_size; ++at) {
        CHECK_FALSE(read_note(but_for_one_bit(synced_note(own, 7), at), own, version));
        CHECK_FALSE(head.decode(but_for_one_bit(document_head().encode(own), at), own));
    }
    // Also where the checksum is that of the other name.
    for (std::size_t at = 0; at != 8; ++at) {
        file_block note = but_for_one_bit(synced_note(own, 7), at);
        note.seal();
        CHECK_FALSE(read_note(note, own, version));
        file_block block = but_for_one_bit(document_head().encode(own), at);
        block.seal();
        CHECK_FALSE(head.decode(block, own));
    }
}

TEST_CASE("numbers are written with all of their bytes") {
    using namespace shearpin::detail;
    const file_id id_here{{1, 2, 3}};
    for (const std::uint64_t written :
         {std::uint64_t{0x7edc'ba98'7654'3210}, (std::uint64_t{1} << 63) - 1, std::uint64_t{1}}) {
        std::uint64_t version = 0;
        CHECK(read_note(synced_note(id_here, written), id_here, version));
        CHECK(version == written);
        for (const bool is_lazy : {false, true}) {
            const document_head head{written, document_capacity, 0xfedc'ba98, is_lazy};
            document_head found;
            CHECK(found.decode(head.encode(id_here), id_here));
            CHECK(found == head);
        }
    }
}

TEST_CASE("no head tells of a version or a length that there cannot be") {
    using namespace shearpin::detail;
    const file_id id_here{{1, 2, 3}};
    document_head found;
    for (const std::uint64_t version : {std::uint64_t{1} << 63, ~std::uint64_t{0}})
        CHECK_FALSE(found.decode(document_head{version, 3, 0, false}.encode(id_here), id_here));
    for (const std::uint64_t length :
         {std::uint64_t{document_capacity} + 1, std::uint64_t{1} << 56, ~std::uint64_t{0}})
        CHECK_FALSE(found.decode(document_head{1, length, 0, false}.encode(id_here), id_here));
}
