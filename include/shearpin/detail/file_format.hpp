// SPDX-License-Identifier: BSL-1.0
// What stands where in a ledger file, format 1:
//
//        0  the file's own header: what it is, and a random id. Written once
//     4096  slot 0: the note, twice; the head of a document; the document
//     then  slot 1: the same
//
// The note says which version was synced when the note was written. It stands in the slot that is
// written next, so that it costs no write of its own on the disk. Numbers are little-endian; each
// block of 64 bytes ends with its CRC-32C, and all but the first name the file's id.
#pragma once

#include <shearpin/detail/file_checksum.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace shearpin::inline v1::detail {

inline constexpr std::size_t file_page = 4096;
inline constexpr std::size_t file_block_size = 64;
inline constexpr std::size_t document_capacity = std::size_t{1} << 20;
inline constexpr std::size_t slot_front = 3 * file_block_size;
inline constexpr std::size_t slot_size = document_capacity + file_page;
inline constexpr std::uint64_t ledger_file_size = file_page + 2 * slot_size;
inline constexpr std::uint32_t file_format = 1;

/// Where a slot begins.
[[nodiscard]] constexpr std::uint64_t slot_at(std::size_t slot) noexcept {
    return file_page + slot * slot_size;
}

struct file_id {
    unsigned char bytes[16] = {};
    friend bool operator==(const file_id& left, const file_id& right) noexcept {
        return std::memcmp(left.bytes, right.bytes, sizeof left.bytes) == 0;
    }
};

/// 64 bytes with a name at the start and a checksum at the end.
struct file_block {
    unsigned char bytes[file_block_size] = {};

    static constexpr std::size_t checksum_at = file_block_size - 4;

    void name(const char (&eight)[9]) noexcept { std::memcpy(bytes, eight, 8); }
    [[nodiscard]] bool is(const char (&eight)[9]) const noexcept {
        return std::memcmp(bytes, eight, 8) == 0;
    }
    void put(std::size_t at, std::uint64_t number, std::size_t length) noexcept {
        for (std::size_t byte = 0; byte != length; ++byte)
            bytes[at + byte] = static_cast<unsigned char>(number >> (8 * byte) & 255);
    }
    [[nodiscard]] std::uint64_t get(std::size_t at, std::size_t length) const noexcept {
        std::uint64_t number = 0;
        for (std::size_t byte = 0; byte != length; ++byte)
            number |= std::uint64_t{bytes[at + byte]} << (8 * byte);
        return number;
    }
    void put(std::size_t at, const file_id& id) noexcept {
        std::memcpy(bytes + at, id.bytes, sizeof id.bytes);
    }
    [[nodiscard]] file_id id_at(std::size_t at) const noexcept {
        file_id id;
        std::memcpy(id.bytes, bytes + at, sizeof id.bytes);
        return id;
    }
    void seal() noexcept { put(checksum_at, crc32c(bytes, checksum_at), 4); }
    [[nodiscard]] bool sealed() const noexcept {
        return get(checksum_at, 4) == crc32c(bytes, checksum_at);
    }
    [[nodiscard]] bool zero() const noexcept {
        for (const unsigned char byte : bytes)
            if (byte != 0) return false;
        return true;
    }
};
static_assert(sizeof(file_block) == file_block_size);

/// The name, the format, the id and the checksum stand where they are in every format to come.
[[nodiscard]] inline file_block file_header(const file_id& id) noexcept {
    file_block header;
    header.name("shearpin");
    header.put(8, file_format, 4);
    header.put(16, id);
    header.seal();
    return header;
}

/// Which version was known to be synced when this was written.
[[nodiscard]] inline file_block synced_note(const file_id& id, std::uint64_t version) noexcept {
    file_block note;
    note.name("synced: ");
    note.put(8, id);
    note.put(24, version, 8);
    note.seal();
    return note;
}
[[nodiscard]] inline bool read_note(const file_block& note, const file_id& id,
                                    std::uint64_t& version) noexcept {
    if (!note.is("synced: ") || !note.sealed() || !(note.id_at(8) == id)) return false;
    version = note.get(24, 8);
    return true;
}

/// What stands before a document.
struct document_head {
    std::uint64_t version = 0;
    std::uint64_t length = 0;
    std::uint32_t checksum = 0;
    bool lazy = false;  ///< written without a sync: nobody acts on it, and it may be overwritten

    friend bool operator==(const document_head&, const document_head&) noexcept = default;

    [[nodiscard]] file_block encode(const file_id& id) const noexcept {
        file_block block;
        block.name("document");
        block.put(8, id);
        block.put(24, version, 8);
        block.put(32, length, 8);
        block.put(40, checksum, 4);
        block.put(44, lazy ? 1 : 0, 4);
        block.seal();
        return block;
    }
    [[nodiscard]] bool decode(const file_block& block, const file_id& id) noexcept {
        if (!block.is("document") || !block.sealed() || !(block.id_at(8) == id)) return false;
        version = block.get(24, 8);
        length = block.get(32, 8);
        checksum = static_cast<std::uint32_t>(block.get(40, 4));
        lazy = block.get(44, 4) != 0;
        return length <= document_capacity && version < std::uint64_t{1} << 63;
    }
};

}  // namespace shearpin::inline v1::detail
