// SPDX-License-Identifier: BSL-1.0
// Documents of ledgers, whole and damaged.
//   ledger_bytes INPUTS [SEED]
//       so many documents are made, and changed in a few bytes: the same ones for the same seed
//   ledger_bytes --corpus FILE...
//       these inputs
//   with -fsanitize=fuzzer -DSHEARPIN_LIBFUZZER
//       a target of libFuzzer: what stands behind the checksum
// What a ledger has written is read whole. Changed, it is refused by its checksum. One whose
// checksum was made to fit is refused, or is a whole document: it is written as it was read, what
// it says is open counts, a longer window never shows less, and what is reserved on it stands on
// it.
#include "corpus.hpp"

#include "../unit/ledger_testing.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

using namespace ledger_testing;
using namespace shearpin::detail;

[[noreturn]] void fail(const char* what) {
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

constexpr std::uint64_t any_version = 1'000'000;

/// The checksum, and the format, that such bytes should have.
void make_fit(std::string& bytes) {
    if (bytes.size() < document_front) bytes.resize(document_front + 1);
    std::memcpy(bytes.data(), document_name.data(), document_name.size());
    byte_sink front;
    front.fixed<4>(0);
    front.fixed<4>(document_format);
    const shearpin::text_view made = front.bytes();
    std::memcpy(bytes.data() + 8, made.data(), 8);
    byte_sink sum;
    sum.fixed<4>(checksum_of({bytes.data() + 12, bytes.size() - 12}));
    const shearpin::text_view made_sum = sum.bytes();
    std::memcpy(bytes.data() + 8, made_sum.data(), 4);
}

/// Whether it is a document; what must hold of it is checked.
bool check(const std::string& bytes) {
    ledger_changes read;
    if (!ledger_decoder::decode(bytes, any_version, read).empty()) return false;
    const std::string written = ledger_encoder::encode(read.document);
    ledger_changes again;
    if (!ledger_decoder::decode(written, any_version, again).empty())
        fail("what it writes it does not read");
    if (ledger_encoder::encode(again.document) != written) fail("it is not written the same again");

    byte_memory store;
    store.shared->bytes = bytes;
    store.shared->version = any_version;
    shearpin::ledger ledger{store};
    const auto listing = ledger.entries();
    if (!listing.readable) fail("read, and then not");
    std::string pool = "rows";
    shearpin::count open = 0;  // saturates, as the sums of the ledger do
    for (const auto& each : listing.entries)
        if (!each.pools.empty()) pool = each.pools[0].pool;
    for (const auto& each : listing.entries)
        if (each.state == shearpin::entry_state::open)
            for (const auto& part : each.pools)
                if (part.pool == pool) open = shearpin::detail::plus(open, part.removed.amount);
    const past hours = look(ledger, at(hour), pool, hour);
    const past minutes = look(ledger, at(hour), pool, minute);
    if (hours.what == reserving::reserved) {
        if (hours.open.amount != open) fail("what is open does not count");
        if (hours.within.amount < hours.open.amount) fail("what is open is not within an hour");
        if (minutes.what == reserving::reserved && hours.within.amount < minutes.within.amount)
            fail("a longer window shows less");
    }
    const reserve_answer answer = reserve(ledger, at(hour), pool, 1);
    if (answer.what != reserving::reserved) return true;
    const past then = look(ledger, at(hour), pool, hour);
    if (then.what == reserving::reserved && hours.what == reserving::reserved &&
        then.open.amount != shearpin::detail::plus(hours.open.amount, 1) &&
        hours.open.amount < shearpin::largest_count)
        fail("what was reserved is not open");
    (void)ledger.settle(answer.id, at(hour), {});
    ledger_changes last;
    if (!ledger_decoder::decode(store.shared->bytes, store.shared->version, last).empty())
        fail("what it has stored it does not read");
    return true;
}

}  // namespace

#if defined(SHEARPIN_LIBFUZZER)

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes(document_front, '\0');
    bytes.append(reinterpret_cast<const char*>(data), size);
    make_fit(bytes);
    check(bytes);
    return 0;
}

#else

namespace {

/// A document with a bit of everything.
std::string any_document(dice& random) {
    const byte_memory store;
    shearpin::ledger ledger{
        store, {.margin = duration::seconds(static_cast<std::int64_t>(random.below(3)))}};
    std::vector<reservation_id> open;
    for (std::uint64_t left = random.below(12); left != 0; --left) {
        const instant now =
            at(hour + duration::seconds(static_cast<std::int64_t>(random.below(5000))));
        if (random.one_in(3) && !open.empty()) {
            const settlement::kind kinds[] = {settlement::kind::whole, settlement::kind::unknown,
                                              settlement::kind::heads};
            (void)ledger.settle(open.back(), now, {kinds[random.below(3)], random.below(3)});
            open.pop_back();
            continue;
        }
        const char* const names[] = {"rows", "index", "p"};
        const reserve_answer answer =
            reserve(ledger, now, names[random.below(3)], random.below(300));
        if (answer.what == reserving::reserved) open.push_back(answer.id);
    }
    return store.shared->bytes;
}

void change(std::string& bytes, dice& random) {
    for (std::uint64_t left = 1 + random.below(3); left != 0; --left) {
        const std::size_t where = random.below(bytes.size());
        switch (random.below(5)) {
            case 0:
                bytes[where] = static_cast<char>(random.below(256));
                break;
            case 1:
                bytes[where] = static_cast<char>(bytes[where] ^ (1 << random.below(8)));
                break;
            case 2:
                bytes.erase(where, 1 + random.below(4));
                if (bytes.empty()) bytes = "?";
                break;
            case 3:
                bytes.insert(where, 1 + random.below(3), static_cast<char>(random.below(256)));
                break;
            default:
                bytes.resize(where + 1);
        }
    }
}

}  // namespace

int main(int number, char** arguments) {
    if (fuzz::is_asked_for_corpus(number, arguments))
        return fuzz::check_corpus(number, arguments, [](std::string bytes) {
            bytes.insert(0, document_front, '\0');
            make_fit(bytes);
            check(bytes);
        });
    const std::uint64_t inputs = number > 1 ? std::strtoull(arguments[1], nullptr, 10) : 10'000;
    dice random(number > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1);
    std::uint64_t refused = 0, damaged = 0, whole = 0;
    for (std::uint64_t done = 0; done < inputs;) {
        const std::string original = any_document(random);
        if (original.empty()) continue;
        if (!check(original)) fail("what a ledger has written is refused");
        ledger_changes read;
        if (!ledger_decoder::decode(original, any_version, read).empty() ||
            ledger_encoder::encode(read.document) != original)
            fail("what a ledger has written is not read whole");
        for (int times = 0; times != 20; ++times, ++done) {
            std::string changed = original;
            change(changed, random);
            if (changed == original) continue;
            ledger_changes into;
            if (ledger_decoder::decode(changed, any_version, into).empty())
                fail("changed, and not refused");
            ++damaged;
            make_fit(changed);
            check(changed) ? ++whole : ++refused;
        }
    }
    std::printf(
        "%llu damaged documents refused; with a checksum that fits, %llu refused and %llu whole\n",
        static_cast<unsigned long long>(damaged), static_cast<unsigned long long>(refused),
        static_cast<unsigned long long>(whole));
    return inputs >= 1'000 && (whole * 50 < inputs || refused * 50 < inputs) ? 1 : 0;
}

#endif
