// SPDX-License-Identifier: BSL-1.0
// A ledger's document as bytes, format 1: "shearpin", the CRC-32C of all that follows, the format,
// tables of boots and texts, and what refers to them.
#pragma once

#include <shearpin/detail/file_checksum.hpp>
#include <shearpin/detail/ledger_bytes.hpp>
#include <shearpin/detail/ledger_document.hpp>

namespace shearpin::inline v1::detail {

inline constexpr text_view document_name = "shearpin";
inline constexpr std::uint32_t document_format = 1;
inline constexpr std::size_t document_front = 16;
/// The longest document, whatever the store takes.
inline constexpr std::size_t longest_document = std::size_t{1} << 20;

template <class When = when_used>
[[nodiscard]] std::uint32_t checksum_of(text_view bytes) noexcept {
    return crc32c<When>(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

template <class> class basic_ledger_encoder;
using ledger_encoder = basic_ledger_encoder<when_used>;
template <class When> class basic_ledger_encoder {
public:
    /// All of it must have been stamped.
    [[nodiscard]] static std::string encode(const ledger_document& document) {
        ledger_encoder encoder(document);
        encoder.body();
        return encoder.whole();
    }

private:
    explicit basic_ledger_encoder(const ledger_document& given_document)
        : document_(given_document) {
        boots_.push_back(0);
        texts_.push_back({});
        text_places_.assign(64, 0);
    }

    void body() {
        out_.length_of_time(document_.margin);
        out_.number(document_.pools.size());
        for (const ledger_pool& each : document_.pools) pool(each);
        processes();
        out_.number(document_.spent.size());
        for (const spent_note& each : document_.spent) {
            out_.number(text_number(each.rule));
            out_.number(text_number(each.pool));
            out_.number(text_number(each.id));
            out_.moment(each.until);
        }
        out_.number(document_.open().size());
        for (const std::uint32_t slot : document_.open()) record(document_.record(slot));
        out_.number(document_.log().size());
        for (std::size_t at = 0; at != document_.log().size(); ++at)
            record(document_.record(document_.log()[at]));
        out_.number(document_.annulled().size());
        for (const std::uint32_t slot : document_.annulled()) record(document_.record(slot));
    }

    void pool(const ledger_pool& what) {
        out_.text(what.name);
        out_.length_of_time(what.window);
        out_.length_of_time(what.lookback);
        out_.number(what.forgotten_version);
        out_.number(what.forgotten.size());
        for (const instant& each : what.forgotten) moment(each);
        out_.number(what.forgotten_size ? 1 : 0);
        if (what.forgotten_size) moment(*what.forgotten_size);
        out_.number(what.sizes.size());
        for (const past_size& each : what.sizes) {
            moment(each.seen_at);
            out_.number(each.size);
        }
    }

    /// Those that a record names.
    void processes() {
        constexpr std::uint32_t unused = ~std::uint32_t{0};
        process_numbers_.assign(document_.processes.size(), unused);
        deferred<std::vector<std::uint32_t>, When> used;
        const auto use = [&](std::uint32_t slot) {
            const std::uint32_t process = document_.record(slot).process;
            if (process_numbers_[process] != unused) return;
            process_numbers_[process] = static_cast<std::uint32_t>(used.size());
            used.push_back(process);
        };
        for (const std::uint32_t slot : document_.open()) use(slot);
        for (std::size_t at = 0; at != document_.log().size(); ++at) use(document_.log()[at]);
        for (const std::uint32_t slot : document_.annulled()) use(slot);
        out_.number(used.size());
        for (const std::uint32_t each : used) {
            const process_identity& process = document_.processes[each];
            out_.number(boot_number_of(process.boot));
            out_.number(process.pid_namespace);
            out_.number(process.started);
            out_.number(process.pid);
            out_.number(text_number(process.host));
        }
    }

    void record(const ledger_record& what) {
        constexpr std::size_t most_of_a_record = 2 * 8 + 24 * byte_pen::longest_number;
        constexpr std::size_t most_of_a_part = 4 * byte_pen::longest_number;
        byte_pen to = out_.pen(most_of_a_record + what.parts.size() * most_of_a_part);
        to.number(std::uint64_t{process_numbers_[what.process]} << 3 |
                  static_cast<std::uint64_t>(what.state));
        to.fixed<8>(what.id.high);
        to.fixed<8>(what.id.low);
        to.number(what.merged);
        to.number(what.heads);
        to.number(text_number(what.actor));
        to.number(text_number(what.reason));
        to.difference(what.reserved_version, last_version_);
        last_version_ = what.reserved_version;
        moment(to, what.reserved_at);
        if (what.state != record_state::open) {
            to.difference(what.settled_version, last_version_);
            if (what.settled_version != 0) last_version_ = what.settled_version;
            moment(to, what.settled_at);
        }
        if (what.state == record_state::resolved || what.state == record_state::annulled) {
            to.number(what.resolved_version);
            moment(to, what.resolved_at);
            to.number(text_number(what.resolved_by));
            to.number(text_number(what.resolved_why));
        }
        to.number(what.parts.size());
        for (const record_part& part : what.parts) {
            const bool all_serve = part.serving == part.amount;
            const bool all_weigh_one = part.heads == part.amount;
            to.number(std::uint64_t{part.pool} << 2 | (all_serve ? 0 : 2) |
                      (all_weigh_one ? 0 : 1));
            to.number(part.amount);
            if (!all_serve) to.number(part.serving);
            if (!all_weigh_one) to.number(part.heads);
        }
        out_.take(to);
    }

    void moment(byte_pen& to, const instant& what) {
        to.moment(what, boot_number_of(what.boot), steps_);
    }
    void moment(const instant& what) { out_.moment(what, boot_number_of(what.boot), steps_); }

    [[nodiscard]] std::size_t boot_number_of(std::uint64_t boot) {
        if (boots_[last_boot_] == boot) return last_boot_;
        for (last_boot_ = 0; last_boot_ != boots_.size(); ++last_boot_)
            if (boots_[last_boot_] == boot) return last_boot_;
        boots_.push_back(boot);
        return last_boot_;
    }

    /// The place of this text in the table, where each stands once; 0 is the empty one.
    [[nodiscard]] std::size_t text_number(text_view what) {
        if (what.empty()) return 0;
        if (2 * texts_.size() > text_places_.size()) grow();
        std::size_t& place = text_places_[place_of(what)];
        if (place == 0) {
            place = texts_.size();
            texts_.push_back(what);
        }
        return place;
    }
    [[nodiscard]] std::size_t place_of(text_view what) const noexcept {
        std::uint64_t mixed = 0xcbf2'9ce4'8422'2325;
        for (const char letter : what)
            mixed = (mixed ^ static_cast<unsigned char>(letter)) * 0x100'0000'01b3;
        for (std::size_t at = mixed ^ mixed >> 32;; ++at) {
            const std::size_t place = at & (text_places_.size() - 1);
            if (text_places_[place] == 0 || texts_[text_places_[place]] == what) return place;
        }
    }
    void grow() {
        text_places_.assign(2 * text_places_.size(), 0);
        for (std::size_t at = 1; at != texts_.size(); ++at) text_places_[place_of(texts_[at])] = at;
    }

    [[nodiscard]] std::string whole() const {
        byte_sink front;
        front.fixed<4>(document_format);
        front.number(boots_.size());
        for (const std::uint64_t each : boots_) front.fixed<8>(each);
        front.number(texts_.size());
        for (const text_view each : texts_) front.text(each);
        std::string bytes(document_name);
        bytes.resize(document_front - 4);
        bytes.append(front.bytes().data(), front.bytes().size());
        bytes.append(out_.bytes().data(), out_.bytes().size());
        const std::uint32_t sum = checksum_of({bytes.data() + 12, bytes.size() - 12});
        for (std::size_t byte = 0; byte != 4; ++byte)
            bytes[8 + byte] = static_cast<char>(sum >> (8 * byte) & 255);
        return bytes;
    }

    const deferred<ledger_document, When>& document_;
    byte_sink out_;
    instant_steps steps_;
    std::uint64_t last_version_ = 0;
    deferred<std::vector<std::uint64_t>, When> boots_;
    std::size_t last_boot_ = 0;
    deferred<std::vector<text_view>, When> texts_;
    deferred<std::vector<std::size_t>, When> text_places_;
    deferred<std::vector<std::uint32_t>, When> process_numbers_;
};

}  // namespace shearpin::inline v1::detail
