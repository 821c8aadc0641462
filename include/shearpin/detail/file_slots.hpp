// SPDX-License-Identifier: BSL-1.0
// The two slots of a ledger file, and which of them may be written.
//
// What must never happen is that the only copy of a document that somebody acted on is written
// over. So only two things are ever written over: a slot that is older than a version *known to be
// synced*, and a document that was written lazily over a base that is known to be synced, as nobody
// acts on a lazy one. That a version is synced is noted after its sync. The note itself is not
// synced: where it is lost, less is known to be synced than is, and the newest document is then
// written once more, as it is, and synced, before anything else is.
#pragma once

#include <shearpin/detail/file_format.hpp>
#include <shearpin/detail/file_system.hpp>
#include <shearpin/detail/file_trouble.hpp>

#include <string>

namespace shearpin::inline v1::detail {

/// All calls are made while the file is locked. What is kept between them is only what has been
/// checked or written before: the heads are read anew each time.
template <class System> class file_slots {
public:
    /// Which document was read or written last, to tell when the file goes back in time. At first
    /// the empty one, which is what a file of version 0 holds.
    struct sighting {
        std::uint64_t version = 0;
        std::uint32_t checksum = 0;
    };

    void use(const file_id& id) noexcept { id_ = id; }

    /// A new file: all zeros, and an empty document of version 0 in slot 0.
    static long fill(int file, const file_id& id) {
        const std::string zeros(64 * 1024, '\0');
        for (std::uint64_t at = 0; at < ledger_file_size; at += zeros.size()) {
            const std::uint64_t rest = ledger_file_size - at;
            const long failed = write_all<System>(file, as_bytes(zeros),
                                                  rest < zeros.size() ? rest : zeros.size(), at);
            if (failed != 0) return failed;
        }
        const file_block head = document_head().encode(id);  // the checksum of nothing is 0
        return write_all<System>(file, head.bytes, sizeof head.bytes,
                                 slot_at(0) + 2 * sizeof(file_block));
    }

    /// Reads the heads, and finds the newest whole document.
    file_fault look(int file) {
        synced_ = 0;
        for (std::size_t slot = 0; slot != 2; ++slot) {
            file_block front[3];
            const long failed = read_all<System>(file, front[0].bytes, sizeof front, slot_at(slot));
            if (failed == file_ended) return file_faults::other_length;
            if (failed != 0) return file_faults::not_readable(failed);
            for (const file_block* note : {&front[0], &front[1]}) {
                std::uint64_t version = 0;
                if (read_note(*note, id_, version) && version > synced_) synced_ = version;
            }
            document_head head;
            if (!head.decode(front[2], id_))
                slots_[slot] = {{}, front[2].zero() ? nothing : damaged};
            else if (slots_[slot].state != whole || !(slots_[slot].head == head))
                slots_[slot] = {head, unchecked};
        }
        newest_ = head(1).version > head(0).version ? 1 : 0;
        file_fault fault;
        for (int turn = 0; turn != 2; ++turn) {
            fault = check(file, newest_);
            if (fault) return fault;
            if (slots_[newest_].state == whole) break;
            newest_ = other();
        }
        if (slots_[newest_].state != whole) return file_faults::no_document;
        if (version() < synced_) return file_faults::lost_newest;
        return {};
    }

    [[nodiscard]] std::uint64_t version() const noexcept { return head(newest_).version; }

    /// After look(): the newest document, checked again.
    file_fault read_newest(int file, std::string& bytes) {
        const file_fault fault = read(file, newest_, bytes);
        if (fault) return fault;
        return slots_[newest_].state == whole ? file_fault{} : file_faults::no_document;
    }

    /// After look(): sees to it that the newest document is synced, or was written lazily over one
    /// that is, so that whoever reads it may build on it. `is_base_checked`: that base is read too,
    /// as it has to be before the lazy one is written over.
    file_fault settle(int file, bool is_base_checked) {
        const file_fault fault = make_synced(file, is_base_checked);
        if (fault) return fault;
        const bool is_other =
            version() == seen_.version && head(newest_).checksum != seen_.checksum;
        return version() < seen_.version || is_other ? file_faults::older_than_seen : file_fault{};
    }

    /// After settle() with the base checked: where the next document goes.
    [[nodiscard]] std::size_t target() const noexcept {
        return synced_ == version() ? other() : newest_;
    }

    file_fault write(int file, std::size_t slot, const document_head& head,
                     const std::string& bytes) {
        const file_block note = synced_note(id_, synced_);
        const file_block block = head.encode(id_);
        buffer_.clear();
        buffer_.reserve(slot_front + bytes.size());
        for (const file_block* part : {&note, &note, &block})
            for (const unsigned char byte : part->bytes) buffer_ += static_cast<char>(byte);
        buffer_ += bytes;
        slots_[slot] = {};
        const long failed =
            write_all<System>(file, as_bytes(buffer_), buffer_.size(), slot_at(slot));
        if (failed != 0) return file_faults::not_writable(failed);
        slots_[slot] = {head, whole};
        return {};
    }

    /// Syncs what was just written to `slot`, and notes that. After a sync that failed, nothing in
    /// the page cache proves anything: all that may not be on the disk is written anew. That is
    /// this slot only; the other one was synced before, and is not put at risk.
    file_fault sync(int file, std::size_t slot, const std::string& bytes) {
        const document_head head = slots_[slot].head;
        if (sync_data<System>(file) < 0) {
            const file_fault fault = write(file, slot, head, bytes);
            if (fault) return fault;
            const long failed = sync_data<System>(file);
            if (failed < 0) return file_faults::not_synced(failed);
        }
        newest_ = slot;
        synced_ = head.version;
        const file_block note = synced_note(id_, synced_);
        const file_block notes[2] = {note, note};
        // Where this fails, the next one who looks syncs once more.
        (void)write_all<System>(file, notes[0].bytes, sizeof notes, slot_at(other()));
        return {};
    }

    /// Whether a write that failed has nevertheless left a whole document; true where that cannot
    /// be found out.
    bool may_hold(int file, std::size_t slot, std::uint64_t version) {
        file_block block;
        const std::uint64_t at = slot_at(slot) + 2 * sizeof(file_block);
        if (read_all<System>(file, block.bytes, sizeof block.bytes, at) != 0) return true;
        document_head head;
        if (!head.decode(block, id_) || head.version != version) return false;
        slots_[slot] = {head, unchecked};
        return check(file, slot) || slots_[slot].state == whole;
    }

    void saw(std::size_t slot) noexcept { seen_ = {head(slot).version, head(slot).checksum}; }
    void saw_newest() noexcept { saw(newest_); }

    static const unsigned char* as_bytes(const std::string& bytes) noexcept {
        return reinterpret_cast<const unsigned char*>(bytes.data());
    }

private:
    enum slot_state : unsigned char { nothing, damaged, unchecked, whole, torn };
    /// More than can have been written lazily, one over the other, into one slot.
    static constexpr std::uint64_t many_versions = std::uint64_t{1} << 32;

    struct slot_memory {
        document_head head;
        slot_state state = nothing;
    };

    [[nodiscard]] std::size_t other() const noexcept { return 1 - newest_; }
    /// Of a slot without one, it is that of version 0.
    [[nodiscard]] const document_head& head(std::size_t slot) const noexcept {
        return slots_[slot].head;
    }

    file_fault check(int file, std::size_t slot) {
        if (slots_[slot].state != unchecked) return {};
        std::string bytes;
        return read(file, slot, bytes);
    }

    file_fault read(int file, std::size_t slot, std::string& bytes) {
        bytes.resize(static_cast<std::size_t>(head(slot).length));
        const long failed = read_all<System>(file, reinterpret_cast<unsigned char*>(bytes.data()),
                                             bytes.size(), slot_at(slot) + slot_front);
        if (failed == file_ended) return file_faults::other_length;
        if (failed != 0) return file_faults::not_readable(failed);
        const bool fits = crc32c(as_bytes(bytes), bytes.size()) == head(slot).checksum;
        slots_[slot].state = fits ? whole : torn;
        return {};
    }

    file_fault make_synced(int file, bool is_base_checked) {
        if (slots_[other()].state == damaged) return publish_again(file, version() + many_versions);
        if (head(other()).version > version())
            return publish_again(file, head(other()).version + 1);
        if (synced_ == version()) return {};
        if (head(newest_).lazy && slots_[other()].state != nothing &&
            head(other()).version == synced_) {
            if (!is_base_checked) return {};
            const file_fault fault = check(file, other());
            if (fault) return fault;
            if (slots_[other()].state == whole) return {};
        }
        return confirm(file);
    }

    /// Writes the newest document once more, as it is, and syncs it. The bytes on the disk are the
    /// same or are not there yet, so this cannot harm it.
    file_fault confirm(int file) {
        std::string bytes;
        file_fault fault = read_newest(file, bytes);
        if (!fault) fault = write(file, newest_, document_head(head(newest_)), bytes);
        if (!fault) fault = sync(file, newest_, bytes);
        return fault;
    }

    /// A newer document was begun, and its writer was killed over it. Others may have seen a lazy
    /// one that it was written over, so the newest whole document gets a version that is higher
    /// than that: for those who still run, versions never go back and none is used twice.
    file_fault publish_again(int file, std::uint64_t new_version) {
        document_head above = head(newest_);
        above.version = new_version;
        above.lazy = false;
        std::string bytes;
        file_fault fault = synced_ == version() ? file_fault{} : confirm(file);
        if (!fault) fault = read_newest(file, bytes);
        const std::size_t slot = other();
        if (!fault) fault = write(file, slot, above, bytes);
        if (!fault) fault = sync(file, slot, bytes);
        return fault;
    }

    file_id id_;
    slot_memory slots_[2];
    std::size_t newest_ = 0;
    std::uint64_t synced_ = 0;
    sighting seen_;  // nothing yet: what a new file holds, version 0 with the checksum of nothing
    std::string buffer_;
};

}  // namespace shearpin::inline v1::detail
