// SPDX-License-Identifier: BSL-1.0
// Bytes as a ledger's document. Any bytes whatsoever give a whole document or a refusal.
#pragma once

#include <shearpin/detail/ledger_changes.hpp>
#include <shearpin/detail/ledger_encode.hpp>

namespace shearpin::inline v1::detail {

template <class> class basic_ledger_decoder;
using ledger_decoder = basic_ledger_decoder<when_used>;
template <class When> class basic_ledger_decoder {
public:
    /// Reads a document of this version; empty text where it could. An empty one is a new ledger.
    [[nodiscard]] static store_trouble decode(text_view bytes, std::uint64_t version,
                                              ledger_changes& made) {
        made.document.version = version;
        if (bytes.empty()) return {};
        if (bytes.size() < document_front ||
            !(text_view(bytes.data(), document_name.size()) == document_name))
            return text_view("this is not a ledger of shearpin; it is left as it is");
        byte_source front({bytes.data() + 8, 8});
        const std::uint64_t sum = front.fixed<4>();
        const std::uint64_t format = front.fixed<4>();
        if (checksum_of({bytes.data() + 12, bytes.size() - 12}) != sum)
            return text_view(
                "the ledger is damaged: its checksum does not fit. It is left as it is; "
                "find out what was removed lately, and start a new ledger");
        if (format != document_format) {
            store_trouble newer;
            newer.write([&](writer& out) {
                out.put("the ledger is of format ")
                    .put(format)
                    .put(", and this program reads format ");
                out.put(std::uint64_t{document_format}).put(" only; use a newer one");
            });
            return newer;
        }
        ledger_decoder decoder({bytes.data() + document_front, bytes.size() - document_front},
                               made.document);
        decoder.body();
        if (!decoder.in_.good() || !decoder.in_.at_end())
            return text_view(
                "the ledger is damaged: its records contradict each other. It is left as "
                "it is; find out what was removed lately, and start a new ledger");
        if (decoder.any_undated_) made.look_for_undated();
        return {};
    }

private:
    basic_ledger_decoder(text_view given_bytes, ledger_document& given_document)
        : in_(given_bytes), made_(given_document) {}

    void body() {
        boots_.resize(in_.how_many(longest_document));
        in_.check(!boots_.empty());
        for (std::uint64_t& each : boots_) each = in_.fixed<8>();
        texts_.resize(in_.how_many(longest_document));
        in_.check(!texts_.empty());
        for (text_view& each : texts_) each = in_.text(longest_override_id);

        made_.margin = in_.length_of_time();
        in_.check(made_.margin >= duration{});
        const std::size_t pools = in_.how_many(ledger_document::most_pools);
        made_.pools.reserve(pools);
        for (std::size_t at = 0; at != pools && in_.good(); ++at) pool();
        const std::size_t processes = in_.how_many(ledger_document::most_records);
        for (std::size_t at = 0; at != processes && in_.good(); ++at) process();
        const std::size_t spent = in_.how_many(ledger_document::most_spent);
        for (std::size_t at = 0; at != spent && in_.good(); ++at) {
            spent_note each;
            each.rule = text(longest_name);
            each.pool = text(longest_name);
            each.id = text(longest_override_id);
            each.until = in_.moment();
            made_.spent.push_back(each);
        }
        for (std::size_t left = how_many_records(); left != 0 && in_.good(); --left) {
            const std::uint32_t slot = record();
            in_.check(made_.record(slot).state == record_state::open);
            if (in_.good()) made_.add_open(slot);
        }
        std::uint64_t last_settled = 0;
        for (std::size_t left = how_many_records(); left != 0 && in_.good(); --left) {
            const std::uint32_t slot = record();
            const ledger_record& each = made_.record(slot);
            in_.check(each.state != record_state::open && each.state != record_state::annulled &&
                      each.settled_version >= last_settled);
            last_settled = each.settled_version;
            if (in_.good()) made_.add_to_log(slot);
        }
        for (std::size_t left = how_many_records(); left != 0 && in_.good(); --left) {
            const std::uint32_t slot = record();
            in_.check(made_.record(slot).state == record_state::annulled);
            if (in_.good()) made_.add_annulled(slot);
        }
    }

    [[nodiscard]] std::size_t how_many_records() noexcept {
        const std::size_t number = in_.how_many(ledger_document::most_records);
        in_.check(number + made_.size() <= ledger_document::most_records);
        return in_.good() ? number : 0;
    }

    void pool() {
        const text_view name = in_.text(longest_name);
        in_.check(made_.find_pool(name) == ledger_document::nowhere);
        if (!in_.good()) return;
        ledger_pool& made = made_.pools[made_.pool_of(name)];
        made.window = in_.length_of_time();
        made.lookback = in_.length_of_time();
        in_.check(made.window >= duration{} && made.lookback >= duration{});
        made.forgotten_version = version();
        made.forgotten.resize(in_.how_many(ledger_pool::most_boots));
        for (instant& each : made.forgotten) each = moment();
        if (in_.below(2) != 0) made.forgotten_size = moment();
        made.sizes.resize(in_.how_many(ledger_pool::most_sizes));
        for (past_size& each : made.sizes) {
            each.seen_at = moment();
            each.size = in_.below(largest_count + 1);
        }
    }

    void process() {
        process_identity made;
        made.boot = boots_[in_.below(boots_.size())];
        made.pid_namespace = in_.number();
        made.started = in_.number();
        made.pid = in_.number();
        made.host = text(longest_name);
        made_.processes.push_back(made);
    }

    [[nodiscard]] std::uint32_t record() {
        const std::uint32_t slot = made_.take_slot();
        ledger_record& made = made_.record(slot);
        const std::uint64_t head = in_.number();
        in_.check((head & 7) <= static_cast<std::uint64_t>(record_state::annulled) &&
                  head >> 3 < made_.processes.size());
        if (!in_.good()) return slot;
        made.state = static_cast<record_state>(head & 7);
        made.process = static_cast<std::uint32_t>(head >> 3);
        made.id.high = in_.fixed<8>();
        made.id.low = in_.fixed<8>();
        made.merged = in_.below(largest_count + 1);
        made.heads = in_.below(largest_count + 1);
        made.actor = text(longest_name);
        made.reason = text(longest_reason);
        made.reserved_version = version_near();
        made.reserved_at = moment();
        if (made.state != record_state::open) {
            const std::uint64_t before = last_version_;
            made.settled_version = version_near();
            if (made.settled_version == 0) last_version_ = before;
            made.settled_at = moment();
        }
        if (made.state == record_state::resolved || made.state == record_state::annulled) {
            made.resolved_version = version();
            made.resolved_at = moment();
            made.resolved_by = text(longest_name);
            made.resolved_why = text(longest_reason);
        }
        const std::size_t parts = in_.how_many(longest_document);
        made.parts.reserve(parts);
        for (std::size_t at = 0; at != parts && in_.good(); ++at) {
            const std::uint64_t tag = in_.below(std::uint64_t{made_.pools.size()} << 2);
            record_part part;
            part.pool = static_cast<std::uint32_t>(tag >> 2);
            part.amount = in_.below(largest_count + 1);
            part.serving = (tag & 2) != 0 ? in_.below(largest_count + 1) : part.amount;
            part.heads = (tag & 1) != 0 ? in_.below(largest_count + 1) : part.amount;
            made.parts.push_back(part);
        }
        return slot;
    }

    [[nodiscard]] text_view text(std::size_t longest) noexcept {
        const std::uint64_t number = in_.below(texts_.size());
        in_.check(in_.good() && texts_[number].size() <= longest);
        return in_.good() ? texts_[number] : text_view{};
    }
    [[nodiscard]] instant moment() noexcept {
        const instant made = in_.moment(boots_, steps_);
        if (!made.wall.known()) any_undated_ = true;
        return made;
    }
    /// Not newer than the document that it is in.
    [[nodiscard]] std::uint64_t version() noexcept { return in_.below(made_.version + 1); }
    [[nodiscard]] std::uint64_t version_near() noexcept {
        last_version_ = in_.difference(last_version_);
        in_.check(last_version_ <= made_.version);
        return last_version_;
    }

    byte_source in_;
    deferred<ledger_document, When>& made_;
    deferred<std::vector<std::uint64_t>, When> boots_;
    deferred<std::vector<text_view>, When> texts_;
    instant_steps steps_;
    std::uint64_t last_version_ = 0;
    bool any_undated_ = false;
};

}  // namespace shearpin::inline v1::detail
