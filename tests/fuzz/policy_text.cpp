// SPDX-License-Identifier: BSL-1.0
// Texts of all kinds, read as policies. What must hold of each stands in `check`.
//   policy_text <inputs> [<seed>]        makes so many texts and checks them: the same ones for the
//                                        same seed
//   policy_text --corpus FILE...         checks these
//   with -fsanitize=fuzzer -DSHEARPIN_LIBFUZZER
//       a target of libFuzzer; tests/fuzz/dictionary has its words, and tests/fuzz/run runs it
#include "corpus.hpp"

#include <shearpin/policy_text.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

namespace {

[[noreturn]] void fail(const char* what, std::string_view text) {
    std::fprintf(stderr, "%s, of this text:\n%.*s\n", what, static_cast<int>(text.size()),
                 text.data());
    std::abort();
}

/// Mistakes are some, in order, in the text, and told in one line each.
void check_errors(const shearpin::policy_errors& errors, std::string_view text) {
    if (errors.size() == 0 || errors.size() > 20) fail("no mistakes, or too many", text);
    std::uint64_t lines = 1;
    for (const char letter : text) lines += letter == '\n' ? 1 : 0;
    std::uint64_t before = 0;
    for (const shearpin::policy_error& each : errors) {
        if (each.line() < 1 || each.line() > lines || each.line() < before) fail("a line", text);
        if (each.column() < 1 || each.column() > text.size() + 1) fail("a column", text);
        if (each.message().empty() || each.message().size() >= 511) fail("a message", text);
        for (const char letter : each.message())
            if (static_cast<unsigned char>(letter) < ' ') fail("a control character", text);
        before = each.line();
    }
}

/// Whether it is a policy; what must hold of it, or of what is said of it, is checked.
bool check(std::string_view text) {
    const auto one = shearpin::parse_policy(text);
    if (one.has_value()) {
        const std::string written = to_string(one.value());
        const auto again = shearpin::parse_policy(written);
        if (!again.has_value() || !(again.value() == one.value())) fail("not the same again", text);
        if (to_string(again.value()) != written) fail("not written the same again", text);
        if (!at_least_as_strict(one.value(), again.value())) fail("not as strict as itself", text);
        if (explain(one.value()).empty()) fail("not explained", text);
        const shearpin::pool there{.size = 100, .available = 90};
        const std::uint64_t most = one->max_removable(there);
        if (most > 90 || (most != 0 && !one->admits(there, most))) fail("not its own limit", text);
        if (one->admits(there, most + 1) && most != 90) fail("more than its limit", text);
    } else {
        check_errors(one.error(), text);
    }
    const auto all = shearpin::parse_policies(text);
    if (all.has_value()) {
        if (one.has_value()) fail("one policy, and several", text);
        const auto again = shearpin::parse_policies(to_string(all.value()));
        if (!again.has_value() || !(again.value() == all.value())) fail("not the same again", text);
    } else {
        check_errors(all.error(), text);
    }
    const auto file = shearpin::parse_policy_file(text);
    if (file.has_value() != (one.has_value() || all.has_value())) fail("another file", text);
    if (!file.has_value()) {
        check_errors(file.error(), text);
    } else {
        if (all.has_value() && !(file.value() == all.value())) fail("not the same pools", text);
        if (one.has_value() && !(*file->others() == one.value())) fail("not the same rules", text);
        if (!at_least_as_strict(file.value(), file.value())) fail("not as strict as it is", text);
        if (explain(file.value()).empty()) fail("not explained", text);
    }
    return file.has_value();
}

}  // namespace

#if defined(SHEARPIN_LIBFUZZER)

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check({reinterpret_cast<const char*>(data), size});
    return 0;
}

#else

namespace {

constexpr std::string_view words[] = {"min_remaining",
                                      "max_unavailable",
                                      "quorum",
                                      "max_batch",
                                      "max_targets",
                                      "max_pools",
                                      "max_rate",
                                      "cooldown",
                                      "max_in_flight",
                                      "freeze",
                                      "fresh_within",
                                      "approvals",
                                      "needs_expected",
                                      "unlimited",
                                      "overridable",
                                      "at_least",
                                      "of_peak",
                                      "baseline",
                                      "above",
                                      "round_up",
                                      "round_down",
                                      "membership::shrinks",
                                      "membership::stays",
                                      "pool",
                                      "other_pools",
                                      "every_pool",
                                      "fri",
                                      "mon",
                                      "16:00",
                                      "24:00",
                                      "2026-12-20",
                                      "2027-01-04T08:00Z",
                                      "1h",
                                      "30min",
                                      "1d2h3min4s5ms6us7ns",
                                      "5",
                                      "0",
                                      "95%",
                                      "101%",
                                      "1/3",
                                      "9223372036854775807",
                                      "9223372036854775808",
                                      "-1",
                                      "(",
                                      ")",
                                      "(",
                                      ")",
                                      ",",
                                      "\n",
                                      " ",
                                      "{",
                                      "}",
                                      "\"",
                                      "#",
                                      "\t",
                                      "\r\n",
                                      "\xef\xbb\xbf",
                                      "\xc3\xa4",
                                      "\xff",
                                      "_",
                                      "index"};
constexpr std::string_view rules[] = {"min_remaining(95%)",
                                      "min_remaining(80%, of_peak(24h), baseline(200))",
                                      "max_unavailable(25%, at_least(1))",
                                      "quorum()",
                                      "quorum(membership::shrinks)",
                                      "max_batch(5)",
                                      "max_targets(round_up(5%))",
                                      "max_pools(1)",
                                      "max_rate(5%, at_least(1), 1h)",
                                      "cooldown(5min)",
                                      "max_in_flight(2/3)",
                                      "freeze(fri 16:00, mon 08:00)",
                                      "freeze(2026-12-20, 2027-01-04T08:00Z)",
                                      "freeze()",
                                      "fresh_within(30s)",
                                      "approvals(2, above(3))",
                                      "needs_expected()",
                                      "unlimited",
                                      "overridable(max_batch(5))",
                                      "min_remaining(3)",
                                      "max_rate(20, 1h)"};

/// Words at random; or rules, of which a few characters are then changed.
class any_text {
public:
    explicit any_text(std::uint64_t seed) : random_(seed) {}

    const std::string& next() {
        text_.clear();
        if (up_to(2) == 0) {
            for (std::uint64_t left = up_to(14); left != 0; --left)
                text_ += words[up_to(std::size(words) - 1)];
            return text_;
        }
        const bool in_pools = up_to(3) == 0;
        for (std::uint64_t pools = in_pools ? 1 + up_to(2) : 1; pools != 0; --pools) {
            if (in_pools)
                text_.append("pool p").append(1, static_cast<char>('a' + up_to(9))).append(" {");
            for (std::uint64_t left = up_to(4); left != 0; --left)
                text_.append(rules[up_to(std::size(rules) - 1)])
                    .append(up_to(1) == 0 ? ", " : "\n");
            if (in_pools) text_ += "}\n";
        }
        for (std::uint64_t left = up_to(3); left != 0 && !text_.empty(); --left) {
            const std::size_t at = up_to(text_.size() - 1);
            switch (up_to(3)) {
                case 0:
                    text_[at] = static_cast<char>(up_to(255));
                    break;
                case 1:
                    text_.erase(at, 1 + up_to(5));
                    break;
                case 2:
                    text_.insert(at, words[up_to(std::size(words) - 1)]);
                    break;
                default:
                    text_.insert(at, text_.substr(up_to(text_.size() - 1), up_to(9)));
            }
        }
        return text_;
    }

private:
    std::uint64_t up_to(std::uint64_t last) { return random_() % (last + 1); }

    std::mt19937_64 random_;
    std::string text_;
};

}  // namespace

int main(int number, char** arguments) {
    if (fuzz::is_asked_for_corpus(number, arguments))
        return fuzz::check_corpus(number, arguments, [](const std::string& text) { check(text); });
    const std::uint64_t inputs = number > 1 ? std::strtoull(arguments[1], nullptr, 10) : 100'000;
    any_text made(number > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1);
    std::uint64_t good = 0;
    for (std::uint64_t done = 0; done != inputs; ++done) {
        if (check(made.next())) ++good;
    }
    std::printf("%llu texts, of which %llu were policies\n",
                static_cast<unsigned long long>(inputs), static_cast<unsigned long long>(good));
    return good == 0 && inputs >= 1'000 ? 1 : 0;  // one that never reads a policy checks nothing
}

#endif
