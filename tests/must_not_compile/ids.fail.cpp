// SPDX-License-Identifier: BSL-1.0
// Mistakes between kinds of resources, told as they happened: the id of one kind was given where
// that of another was meant, and the program had no way to tell.
// CASE site_for_an_app [gcc] @own: error: invalid initialization of reference of type 'const app_id&'.*from expression of type '[^']*id<[^']*kind_name<5>{"site"}
// CASE site_for_an_app [clang] @own: error: no matching function for call to 'delete_app'.*no known conversion from 'id<.*("site"|115, 105, 116, 101)
// CASE server_for_a_database: error: [^']*'[^']*removal_does_not_take<
// CASE text_for_an_id [gcc] @own: error: invalid initialization of reference of type 'const app_id&'.*from expression of type 'const char
// CASE text_for_an_id [clang] @own: error: no matching function for call to 'delete_app'.*no known conversion from 'const char\[5\]'
// CASE run_time_text_for_an_id @own: error: no matching (function for call|conversion).*string.*app
// CASE volume_for_a_snapshot [gcc] @own: error: invalid initialization of reference of type 'const snapshot_id&'.*from expression of type '[^']*id<[^']*kind_name<7>{"volume"}
// CASE volume_for_a_snapshot [clang] @own: error: no matching function for call to 'delete_snapshot'.*no known conversion from 'id<.*("volume"|118, 111, 108)
// CASE compared_with_another_kind [gcc] @own: error: no match for 'operator=='
// CASE compared_with_another_kind [clang] @own: error: invalid operands to binary expression \('app_id'.*and 'site_id'
// CASE option_for_an_id [gcc] @context: error: call to non-'constexpr' function '[^']*this_is_no_text_of_an_id
// CASE option_for_an_id [clang]: error: call to consteval function.*this_is_no_text_of_an_id
// CASE negative_volume [gcc] @context: error: call to non-'constexpr' function '[^']*this_number_does_not_fit_into_the_id
// CASE negative_volume [clang]: error: call to consteval function.*this_number_does_not_fit_into_the_id
// CASE kind_with_capitals [gcc] @context: error: call to non-'constexpr' function '[^']*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE kind_with_capitals [clang]: error: non-type template argument is not a constant expression.*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE kind_with_a_capital_inside [gcc] @context: error: call to non-'constexpr' function '[^']*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE kind_with_a_capital_inside [clang]: error: non-type template argument is not a constant expression.*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE kind_that_begins_with_a_digit [gcc] @context: error: call to non-'constexpr' function '[^']*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE kind_that_begins_with_a_digit [clang]: error: non-type template argument is not a constant expression.*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE kind_without_letters [gcc] @context: error: call to non-'constexpr' function '[^']*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE kind_without_letters [clang]: error: non-type template argument is not a constant expression.*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE kind_without_an_end [gcc] @context: error: call to non-'constexpr' function '[^']*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE kind_without_an_end [clang]: error: non-type template argument is not a constant expression.*the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores
// CASE parse_dropped @own: error: .*the text may be no id
#include "without_ledger.hpp"
#include <shearpin/id.hpp>

#include <cstdint>
#include <string>
#include <vector>

using site_id = shearpin::id<"site">;
using app_id = shearpin::id<"app">;
using server_id = shearpin::id<"server">;
using database_id = shearpin::id<"database">;
using volume_id = shearpin::id<"volume", std::uint64_t>;
using snapshot_id = shearpin::id<"snapshot", std::uint64_t>;

inline constexpr auto few = shearpin::policy{shearpin::max_batch(3)};
constexpr auto see = [] { return shearpin::pool{9, 9}; };

void delete_app(const app_id&) {}
void delete_snapshot(const snapshot_id&) {}

void calls(const std::vector<database_id>& databases, const std::vector<server_id>& servers, const std::string& text) {
    auto drop = shearpin::guard<few>([](const std::vector<database_id>&) {}, see);
    drop(databases);
    delete_app(app_id("docs"));
    delete_snapshot(snapshot_id(7));
    (void)servers;
    (void)text;

#if defined(CASE_site_for_an_app)
    delete_app(site_id("docs"));  // HERE site_for_an_app
#elif defined(CASE_server_for_a_database)
    drop(servers);  // HERE server_for_a_database
#elif defined(CASE_text_for_an_id)
    delete_app("db-7");  // HERE text_for_an_id
#elif defined(CASE_run_time_text_for_an_id)
    delete_app(app_id(text));  // HERE run_time_text_for_an_id
#elif defined(CASE_volume_for_a_snapshot)
    delete_snapshot(volume_id(7));  // HERE volume_for_a_snapshot
#elif defined(CASE_compared_with_another_kind)
    (void)(app_id("docs") == site_id("docs"));  // HERE compared_with_another_kind
#elif defined(CASE_option_for_an_id)
    delete_app(app_id("-rf"));  // HERE option_for_an_id
#elif defined(CASE_negative_volume)
    (void)volume_id(-1);  // HERE negative_volume
#elif defined(CASE_kind_with_capitals)
    using bad = shearpin::id<"App">;  // HERE kind_with_capitals
#elif defined(CASE_kind_with_a_capital_inside)
    using bad = shearpin::id<"appId">;  // HERE kind_with_a_capital_inside
#elif defined(CASE_kind_that_begins_with_a_digit)
    using bad = shearpin::id<"2nd_app">;  // HERE kind_that_begins_with_a_digit
#elif defined(CASE_kind_without_letters)
    using bad = shearpin::id<"">;  // HERE kind_without_letters
#elif defined(CASE_kind_without_an_end)
    static constexpr char letters[] = {'a', 'p', 'p'};
    using bad = shearpin::id<letters>;  // HERE kind_without_an_end
#elif defined(CASE_parse_dropped)
    app_id::parse(text);  // HERE parse_dropped
#endif
}
