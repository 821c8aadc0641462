// SPDX-License-Identifier: BSL-1.0
// Calls that do not say how many, and targets that cannot be told apart.
// CASE nothing: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<>
// CASE text: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<.*string
// CASE text_literal: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<.*char
// CASE text_view: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<.*string_view
// CASE own_text: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<.*utf8_text
// CASE wide_text: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<.*string<wchar_t
// CASE characters: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<.*vector<char
// CASE boolean: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<bool>
// CASE character: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<char>
// CASE enumerator: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<colour>
// CASE floating_point: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<double>
// CASE iterators: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<
// CASE pointer: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<
// CASE unsized_range: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<.*forward_list
// CASE walked_once: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<.*counted_list<.*input_iterator_tag
// CASE list_of_lists: error: [^']+'[^']*a_list_of_lists_could_mean_two_numbers_use_counting<.*vector<int
// CASE list_and_number: error: [^']+'[^']*several_arguments_could_say_how_many_use_targets_or_counting<int, .*vector<int
// CASE two_numbers: error: [^']+'[^']*several_arguments_could_say_how_many_use_targets_or_counting<int, int>
// CASE two_marked: error: [^']+'[^']*several_arguments_could_say_how_many_use_targets_or_counting<
// CASE in_try_call: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<bool>
// CASE in_check: error: [^']+'[^']*several_arguments_could_say_how_many_use_targets_or_counting<int, int>
// CASE in_check_from: error: [^']+'[^']*no_argument_says_how_many_use_targets_or_counting<bool>
// CASE text_marked: error: [^']+'[^']*targets_must_be_an_integer_or_a_sized_range<.*string
// CASE counting_takes_another_type: error: [^']+'[^']*counting_does_not_take<.*, .*vector<int
// CASE counting_returns_text: error: [^']+'[^']*counting_must_return_an_integer_or_targets<.*char
// CASE counting_returns_floating_point: error: [^']+'[^']*counting_must_return_an_integer_or_targets<double>
// CASE counting_returns_nothing: error: [^']+'[^']*counting_must_return_an_integer_or_targets<void>
// CASE targets_without_order: error: [^']+'[^']*targets_need_an_order_or_a_hash_or_known_distinct<uuid>
// CASE counted_targets_without_order: error: [^']+'[^']*targets_need_an_order_or_a_hash_or_known_distinct<uuid>
// CASE targets_without_equality: error: [^']+'[^']*distinct_by_hash_needs_this_hash_and_equality<opaque, hash_anything>
// CASE hash_of_another_type: error: [^']+'[^']*distinct_by_hash_needs_this_hash_and_equality<uuid, hash_number>
#include "without_ledger.hpp"

#include <array>
#include <forward_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using shearpin::guard, shearpin::targets;

inline constexpr auto five = shearpin::policy{shearpin::max_batch(5)};
constexpr auto see = [] { return shearpin::pool{}; };
constexpr auto remove_any = [](const auto&...) {};

enum colour { red };
struct utf8_text {  // text that does not even iterate over characters
    const char* data() const;
    std::size_t size() const;
    const int* begin() const;
    const int* end() const;
};
template <class Category> struct counted_list {  // as std::views::counted makes one
    struct iterator {
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = Category;
        int operator*() const;
        iterator& operator++();
        bool operator!=(const iterator&) const;
    };
    std::size_t size() const;
    iterator begin() const;
    iterator end() const;
};
struct uuid {
    unsigned char bytes[16];
    friend bool operator==(const uuid&, const uuid&) = default;
};
struct opaque {
    int inside;
};
struct hash_anything {
    template <class T> std::size_t operator()(const T&) const;
};
struct hash_number {
    std::size_t operator()(int) const;
};

void calls(const std::vector<int>& some, const std::vector<uuid>& ids, const std::vector<opaque>& things,
           const std::string& name, std::string_view view, const std::vector<char>& characters,
           const std::forward_list<int>& chain) {
    auto remove = guard<five>(remove_any, see);
#ifdef CONTROL
    remove(3);
    remove(some);
    remove("where", some);
    remove(view, targets(3), some);
    remove(targets(some), name);
    remove(targets(3), std::vector<std::vector<int>>{});
    remove(counted_list<std::forward_iterator_tag>{});
    remove(counted_list<std::random_access_iterator_tag>{});
    remove(std::vector<std::array<unsigned char, 16>>{});  // ids
    guard<five>(remove_any, see).counting([](const auto&) { return 3; })(std::vector<std::vector<int>>{});
    guard<five>(remove_any, see).counting([](const auto&...) { return 3; })(name, chain);
    guard<five>(remove_any, see).counting([&](const auto&...) { return some; })(name);
    guard<five>(remove_any, see).known_distinct()(ids);
    guard<five>(remove_any, see).distinct_by_hash(hash_anything{})(ids);
#endif
    (void)things, (void)characters;

#if defined(CASE_nothing)
    remove();  // HERE nothing
#elif defined(CASE_text)
    remove(name);  // HERE text
#elif defined(CASE_text_literal)
    remove("host1");  // HERE text_literal
#elif defined(CASE_text_view)
    remove(view);  // HERE text_view
#elif defined(CASE_own_text)
    remove(utf8_text());  // HERE own_text
#elif defined(CASE_wide_text)
    remove(std::wstring(L"host1"));  // HERE wide_text
#elif defined(CASE_characters)
    remove(characters);  // HERE characters
#elif defined(CASE_boolean)
    remove(true);  // HERE boolean
#elif defined(CASE_character)
    remove('5');  // HERE character
#elif defined(CASE_enumerator)
    remove(red);  // HERE enumerator
#elif defined(CASE_floating_point)
    remove(2.5);  // HERE floating_point
#elif defined(CASE_iterators)
    remove(some.begin(), some.end());  // HERE iterators
#elif defined(CASE_pointer)
    remove(some.data());  // HERE pointer
#elif defined(CASE_unsized_range)
    remove(chain);  // HERE unsized_range
#elif defined(CASE_walked_once)
    remove(counted_list<std::input_iterator_tag>{});  // HERE walked_once
#elif defined(CASE_list_of_lists)
    remove(std::vector<std::vector<int>>{});  // HERE list_of_lists
#elif defined(CASE_list_and_number)
    remove(3, some);  // HERE list_and_number
#elif defined(CASE_two_numbers)
    remove(3, 4);  // HERE two_numbers
#elif defined(CASE_two_marked)
    remove(targets(3), targets(some));  // HERE two_marked
#elif defined(CASE_in_try_call)
    (void)remove.try_call(true);  // HERE in_try_call
#elif defined(CASE_in_check)
    (void)remove.check(3, 4);  // HERE in_check
#elif defined(CASE_in_check_from)
    (void)remove.check_from(shearpin::place::here(), true);  // HERE in_check_from
#elif defined(CASE_text_marked)
    remove(targets(std::string("host1")));  // HERE text_marked
#elif defined(CASE_counting_takes_another_type)
    guard<five>(remove_any, see).counting([](const std::string&) { return 5; })(some);  // HERE counting_takes_another_type
#elif defined(CASE_counting_returns_text)
    guard<five>(remove_any, see).counting([](const auto&) { return "5"; })(some);  // HERE counting_returns_text
#elif defined(CASE_counting_returns_floating_point)
    guard<five>(remove_any, see).counting([](const auto&) { return 2.5; })(some);  // HERE counting_returns_floating_point
#elif defined(CASE_counting_returns_nothing)
    guard<five>(remove_any, see).counting([](const auto&) {})(some);  // HERE counting_returns_nothing
#elif defined(CASE_targets_without_order)
    remove(ids);  // HERE targets_without_order
#elif defined(CASE_counted_targets_without_order)
    guard<five>(remove_any, see).counting([&](const auto&) { return ids; })(name);  // HERE counted_targets_without_order
#elif defined(CASE_targets_without_equality)
    guard<five>(remove_any, see).distinct_by_hash(hash_anything{})(things);  // HERE targets_without_equality
#elif defined(CASE_hash_of_another_type)
    guard<five>(remove_any, see).distinct_by_hash(hash_number{})(ids);  // HERE hash_of_another_type
#endif
}
