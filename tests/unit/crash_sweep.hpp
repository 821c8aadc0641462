// SPDX-License-Identifier: BSL-1.0
// Runs a store through a sequence of operations on a simulated disk, and looks at everything that
// can be left of it when the power goes, or when its process is killed, at any moment of the last.
#pragma once

#include <shearpin/store.hpp>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "simulated_disk.hpp"

namespace simulated {

inline const std::string ledger_path = "/ledger";

/// The documents of one run. Nothing may be read that was not stored, as a whole; nothing older
/// than what somebody has acted on.
struct record {
    struct document {
        std::string bytes;
        bool lazy = false;
        std::size_t base = 0;  ///< what was read before it was stored
        bool failed = false;   ///< the store said that it was not stored
    };
    std::vector<document> documents{{}};
    std::size_t acted_on = 0;

    /// S and s: stored and stored lazily, within a page. B and b: the same over two pages.
    void add(char operation, std::size_t base) {
        const std::size_t number = documents.size();
        std::string bytes = "document " + std::to_string(number) + " ";
        const bool is_big = operation == 'B' || operation == 'b';
        bytes += std::string(is_big ? 4100 + number : number, static_cast<char>('a' + number));
        documents.push_back({bytes, operation == 's' || operation == 'b', base});
    }
    /// Somebody has read this one: what was meant to be durable in it may be acted on.
    void was_read(std::size_t which) {
        while (documents[which].lazy) which = documents[which].base;
        if (which > acted_on) acted_on = which;
    }
    /// What is wrong with an answer of load(); `which` is the document that it gave.
    std::string judge(const shearpin::loaded& answer, std::size_t& which) const {
        if (!answer.readable) return "refused: " + std::string(answer.why.c_str());
        for (which = documents.size(); which-- != 0;) {
            if (documents[which].bytes != answer.bytes) continue;
            if (documents[which].failed) return "holds what was said to have failed";
            if (which < acted_on) return "has forgotten what was acted on";
            return {};
        }
        return "holds what was never stored";
    }
};

/// Most of what a disk may hold comes about in many ways, and is looked at once.
class images_seen {
public:
    bool is_new(const file& image, const record& documents) {
        std::size_t mark = documents.acted_on * 1000 + documents.documents.size();
        for (const auto& one : documents.documents) mark = mark * 2 + (one.failed ? 1 : 0);
        for (const auto& [number, one] : image.pages)
            mark = mark * 1099511628211U + std::hash<std::string>{}(one.seen) + number;
        return known_.insert(mark).second;
    }

private:
    std::set<std::size_t> known_;
};

template <class Store> class crash_sweep {
public:
    std::string violation;  ///< the first one, with how it came about
    long images = 0;        ///< different contents of the disk that were looked at

    /// The power goes at any moment of the last operation; when it is back, the file is read and
    /// written, and `again`, the power goes once more at any moment of that.
    void power_loss(std::string_view operations, std::size_t step, bool again) {
        sequence_ = operations;
        again_ = again;
        disk world;
        system::reset(world);
        record documents;
        std::vector<crash> crashes;
        {
            Store store = Store::create(ledger_path);
            for (std::size_t at = 0; at != operations.size(); ++at) {
                if (at + 1 == operations.size()) collect(world, documents, crashes);
                perform(store, documents, operations[at]);
            }
            world.changed = nullptr;
        }
        crashes.push_back({world.files[ledger_path], documents});
        if (!world.trouble.empty()) complain(world.trouble);
        for (const crash& one : crashes)
            for_each_image(one.left, step,
                           [&](const file& image) { recover(image, one.documents, again); });
    }

    /// The process is killed at any moment of the last operation, also half-way through a write.
    /// Another one, which has read the file before, goes on; and then the power goes.
    void kill(std::string_view operations, std::string_view afterwards, std::size_t step) {
        sequence_ = std::string(operations) + " killed, then " + std::string(afterwards);
        again_ = false;
        for (std::size_t moment = 0; violation.empty(); ++moment) {
            disk world;
            system::reset(world);
            record documents;
            Store victim = Store::create(ledger_path);
            Store survivor = Store::open(ledger_path);
            for (const char operation : operations.substr(0, operations.size() - 1))
                perform(victim, documents, operation);
            const shearpin::loaded before = survivor.load();

            file left;
            std::size_t moments = 0;
            const auto is_it = [&] {
                if (moments++ != moment) return false;
                left = world.files[ledger_path];
                return true;
            };
            is_it();
            world.changed = is_it;
            world.before_write = [&](std::uint64_t at, const char* from, std::size_t length) {
                for (std::size_t cut = 1; cut < length; cut += cut < 256 ? 21 : 512)
                    if (is_it()) left.write(at, from, cut);
            };
            const std::size_t acted_on = documents.acted_on;
            perform(victim, documents, operations.back());
            world.changed = nullptr;
            world.before_write = nullptr;
            if (moment >= moments) return;
            documents.acted_on = acted_on;  // he did not live to act on it
            world.files[ledger_path] = left;

            const shearpin::loaded after = survivor.load();
            std::size_t which = 0;
            complain(documents.judge(after, which));
            if (after.version < before.version ||
                (after.version == before.version && after.bytes != before.bytes))
                complain("the version went back");
            if (!violation.empty()) return;
            documents.was_read(which);
            std::vector<crash> crashes;
            collect(world, documents, crashes);
            for (const char operation : afterwards) perform(survivor, documents, operation);
            world.changed = nullptr;
            crashes.push_back({world.files[ledger_path], documents});
            for (const crash& one : crashes)
                for_each_image(one.left, step,
                               [&](const file& image) { recover(image, one.documents, false); });
        }
    }

    /// One operation; it has to succeed.
    template <class S> void perform(S& store, record& documents, char operation) {
        const shearpin::loaded before = store.load();
        std::size_t which = 0;
        complain(documents.judge(before, which));
        documents.add(operation, which);
        const auto& next = documents.documents.back();
        const shearpin::stored answer = next.lazy ? store.store_lazily(next.bytes, before.version)
                                                  : store.store(next.bytes, before.version);
        if (answer.what != shearpin::stored::outcome::done)
            complain("not stored: " + std::string(answer.why.c_str()));
        else if (!next.lazy)
            documents.acted_on = documents.documents.size() - 1;
    }

    void complain(const std::string& what) {
        if (violation.empty() && !what.empty()) violation = sequence_ + ": " + what;
    }

private:
    struct crash {
        file left;
        record documents;
    };

    static void collect(disk& world, record& documents, std::vector<crash>& crashes) {
        const auto keep = [&] { crashes.push_back({world.files[ledger_path], documents}); };
        keep();
        world.changed = keep;
    }

    void recover(const file& image, const record& before, bool again) {
        if (!violation.empty() || !known_.is_new(image, before)) return;
        ++images;
        disk world;
        world.files[ledger_path] = image;
        system::reset(world);
        record documents = before;
        std::vector<crash> crashes;
        {
            if (again) collect(world, documents, crashes);
            Store store = Store::open(ledger_path);
            const shearpin::loaded found = store.load();
            std::size_t which = 0;
            complain(documents.judge(found, which));
            if (!violation.empty()) return;
            documents.was_read(which);
            perform(store, documents, 'S');
            std::size_t last = 0;
            complain(documents.judge(store.load(), last));
            if (last + 1 != documents.documents.size()) complain("does not hold what was stored");
            world.changed = nullptr;
        }
        if (!world.trouble.empty()) complain(world.trouble);
        for (const crash& one : crashes)
            for_each_image(one.left, 89,
                           [&](const file& twice) { recover(twice, one.documents, false); });
    }

    std::string sequence_;
    bool again_ = false;
    images_seen known_;
};

/// Calls `use` for every sequence of at most `longest` of these operations.
inline void for_each_sequence(std::string_view operations, std::size_t longest,
                              const std::function<void(const std::string&)>& use,
                              const std::string& start = {}) {
    for (const char operation : operations) {
        use(start + operation);
        if (start.size() + 1 < longest)
            for_each_sequence(operations, longest, use, start + operation);
    }
}

}  // namespace simulated
