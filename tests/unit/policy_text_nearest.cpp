// SPDX-License-Identifier: BSL-1.0
// The word that was probably meant, and where none is near.
#include <shearpin/policy_text.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

/// Of the rules; "" where all of them are told instead.
std::string meant(const std::string& word) {
    const auto read = shearpin::parse_policy(word + "(5)");
    REQUIRE_FALSE(read.has_value());
    const std::string& all = read.error()[0].message();
    const std::string before = "; did you mean ";
    const std::size_t at = all.find(before);
    if (at == std::string::npos) return "";
    return all.substr(at + before.size(), all.find('?', at) - at - before.size());
}
template <std::size_t N>
std::string nearest(const char* written, const shearpin::text_view (&words)[N]) {
    return shearpin::detail::nearest_word(written, words);
}

// As the compiler finds it, which would not read beyond a word.
// The longest words that are compared.
constexpr shearpin::detail::plain_word longest("abcdefghijklmnopqrstuvwx");
static_assert(longest.fits && longest.size == shearpin::detail::plain_word::room);
static_assert(shearpin::detail::steps_between(longest, longest) == 0);
static_assert(shearpin::detail::nearest_word("amxpxodls", shearpin::detail::rule_names) ==
              "max_pools");

}  // namespace

TEST_CASE("nearest word: letters more, less, other ones or changed round, small or capital") {
    CHECK(meant("Frehs_wit") == "fresh_within");
    CHECK(meant("amxpxodls") == "max_pools");
    CHECK(meant("ax_areths") == "max_targets");
    CHECK(meant("app-rov") == "approvals");
    CHECK(meant("apprv") == "");
    CHECK(meant("mAx_bAt") == "max_batch");
    CHECK(meant("-unlimited") == "unlimited");
    CHECK(meant("urou") == "quorum");
    CHECK(meant("a5mx_Rat") == "");
    CHECK(meant("Fr") == "");
    CHECK(meant("FREZZE") == "freeze");
    CHECK(meant("FRZZE") == "freeze");
}

TEST_CASE("nearest word: three letters of its beginning are enough, and the first of several") {
    CHECK(meant("m_ax") == "max_unavailable");
    CHECK(meant("fre") == "freeze");
    CHECK(meant("ov") == "");
    CHECK(nearest("friday", {"mon", "fri"}) == "fri");
}

TEST_CASE("nearest word: a word of more than 24 letters is none") {
    CHECK(meant("unlimitedabcdefghijklmno") == "unlimited");
    CHECK(meant("unlimitedabcdefghijklmnop") == "");
    CHECK(meant("unlimited-abcdefghi_jklmno") == "unlimited");
}

TEST_CASE("nearest word: what is begun counts as two steps, unless fewer are left") {
    CHECK(nearest("abcd", {"abyz", "abcde"}) == "abcde");
    CHECK(nearest("abcd", {"abyz", "abcdefgh"}) == "abyz");
    CHECK(nearest("abcd", {"abcdefgh", "abyz"}) == "abcdefgh");
    CHECK(nearest("abcd", {"abcdefgh", "abcy"}) == "abcy");
}

TEST_CASE("nearest word: a short one allows for one step, one of four letters for two") {
    CHECK(nearest("xs", {"ms"}) == "ms");
    CHECK(nearest("xy", {"ms"}) == "");
    CHECK(nearest("mxn", {"mon"}) == "mon");
    CHECK(nearest("mxy", {"mon"}) == "");
    CHECK(nearest("pxyl", {"pool"}) == "pool");
    CHECK(nearest("pxyz", {"pool"}) == "");
    CHECK(nearest("_", {"ms"}) == "");
    CHECK(nearest("m_", {"ms"}) == "ms");
    CHECK(nearest("ZZ", {"zz"}) == "zz");
    // Two letters that are alike are not changed round, which would be a step more.
    CHECK(nearest("ppxy", {"ppol"}) == "ppol");
    CHECK(nearest("pxyy", {"pooyy"}) == "pooyy");
    CHECK(nearest("ppxyz", {"ppol"}) == "");
}
