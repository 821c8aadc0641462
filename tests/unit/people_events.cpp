// SPDX-License-Identifier: BSL-1.0
// Shadow, and what an observer is told: which events, in which order, and as which JSON.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace shearpin::literals;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_hosts");
constexpr auto batch_5 = shearpin::policy{shearpin::max_batch(5)};
constexpr auto soft_5 = shearpin::policy{shearpin::overridable(shearpin::max_batch(5))};
constexpr auto hundred = [] { return shearpin::pool{100, 100}; };
using kinds = std::vector<std::string>;

/// Checks a line against the schema in event.hpp: keys, types, and nothing beside it.
json valid(const std::string& line) {
    CHECK(line.find('\n') == std::string::npos);
    const json read = json::parse(line);  // throws where it is no JSON or no UTF-8
    const auto keys_are = [](const json& from, const std::set<std::string>& must,
                             const std::set<std::string>& may) {
        for (const auto& key : must) CHECK_MESSAGE(from.contains(key), key);
        for (const auto& each : from.items())
            CHECK_MESSAGE(must.count(each.key()) + may.count(each.key()) == 1, each.key());
    };
    keys_are(read, {"schema", "event", "meaning", "requested", "file", "line", "function"},
             {"time", "removed", "pool", "actor", "approvers", "reason", "environment", "expected",
              "override", "refusal", "reservation", "trouble"});
    CHECK(read["schema"] == 1);
    for (const auto* number : {"schema", "requested", "removed", "expected", "line"})
        if (read.contains(number)) CHECK_MESSAGE(read[number].is_number_unsigned(), number);
    for (const auto* text : {"event", "meaning", "time", "pool", "actor", "reason", "environment",
                             "reservation", "trouble", "file", "function"})
        if (read.contains(text)) CHECK_MESSAGE(read[text].is_string(), text);
    CHECK(read.contains("removed") == (read["event"] == "removed"));
    if (read.contains("approvers")) {
        CHECK_FALSE(read["approvers"].empty());
        for (const auto& each : read["approvers"]) CHECK(each.is_string());
    }
    if (read.contains("override")) {
        keys_are(read["override"], {"rule", "up_to", "id", "reason"}, {"pool"});
        CHECK(read["override"]["up_to"].is_number_unsigned());
    }
    if (read.contains("refusal")) {
        const json& why = read["refusal"];
        keys_are(why, {"kind", "max_removable", "message", "violations"}, {"retry_after_s"});
        CHECK((why["kind"] == "refused_for_good" || why["kind"] == "refused_for_now"));
        CHECK(why["violations"].is_array());
        for (const auto& each : why["violations"]) {
            keys_are(each, {"rule", "stated", "limit", "requested", "measure", "for_good"},
                     {"pool", "targets"});
            CHECK(each["limit"].is_number_unsigned());
            CHECK(each["for_good"].is_boolean());
        }
    }
    return read;
}

struct listener {
    std::vector<json> told;
    void operator()(const shearpin::event& what) { told.push_back(valid(what.to_json())); }
    [[nodiscard]] kinds events() const {
        kinds all;
        for (const json& each : told) all.push_back(each["event"]);
        return all;
    }
};

}  // namespace

TEST_CASE("a removal tells its decision and its end; a check tells that it only asked") {
    listener heard;
    kinds order;
    auto remove = shearpin::guard<batch_5>([&](int) { order.push_back("removal"); }, hundred)
                      .named("index")
                      .with_observer([&](const shearpin::event& what) {
                          heard(what);
                          order.push_back(heard.told.back()["event"]);
                      });
    remove(3, at);
    CHECK(order == kinds{"admitted", "removal", "removed"});
    CHECK(heard.told[0]["requested"] == 3);
    CHECK(heard.told[0]["pool"] == "index");
    CHECK(heard.told[0]["file"] == "tool.cpp");
    CHECK(heard.told[0]["line"] == 12);
    CHECK(heard.told[0]["function"] == "drop_hosts");
    CHECK(!heard.told[0].contains("time"));
    CHECK(heard.told[1]["removed"] == 3);

    order.clear();
    CHECK(remove.check(3).admitted());
    CHECK(!remove.check(6).admitted());
    CHECK(order == kinds{"checked", "checked"});
    CHECK(!heard.told[2].contains("refusal"));
    CHECK(heard.told[3]["refusal"]["violations"][0]["rule"] == "max_batch");
    CHECK(heard.told[3]["meaning"] == "a removal was only asked about; nothing was removed");
}

TEST_CASE("a refusal's event says that a safeguard refused and nothing was removed") {
    listener heard;
    shearpin::manual_clock clock(shearpin::date(2026, 3, 1).begins() + 90s);
    auto remove = shearpin::guard<batch_5>([](int) {}, hundred)
                      .with_clock(clock)
                      .with_observer([&](const shearpin::event& what) { heard(what); });
    CHECK(!remove.try_call(6, at).has_value());
    REQUIRE(heard.events() == kinds{"refused"});
    const json& told = heard.told[0];
    CHECK(told["meaning"] ==
          "a safeguard refused a removal and nothing was removed; this is no fault and no attack");
    CHECK(told["time"] == "2026-03-01T00:01:30Z");
    CHECK(told["refusal"]["kind"] == "refused_for_good");
    CHECK(told["refusal"]["max_removable"] == 5);
    CHECK_FALSE(told["refusal"].contains("retry_after_s"));
    CHECK(told["refusal"]["message"] ==
          "removal refused, nothing was removed: asked for 6, 5 may go now\n"
          "  - max_batch(5): one call may take 5; asked 6\n"
          "  waiting will not help; the request itself must change\n"
          "  called at tool.cpp:12 in drop_hosts");
    const json& broken = told["refusal"]["violations"][0];
    CHECK(broken["stated"] == "max_batch(5)");
    CHECK(broken["limit"] == 5);
    CHECK(broken["requested"] == 6);
    CHECK(broken["measure"] == "amount");
    CHECK(broken["for_good"] == true);
}

TEST_CASE("a removal that throws is in doubt, and one that tells less is told so") {
    listener heard;
    const auto watch = [&](const shearpin::event& what) { heard(what); };
    auto throwing = shearpin::guard<batch_5>([](int) { throw std::runtime_error("half"); }, hundred)
                        .with_observer(watch);
    CHECK_THROWS_AS(throwing(3), std::runtime_error);
    CHECK(heard.events() == kinds{"admitted", "in_doubt"});
    heard.told.clear();
    auto telling = shearpin::guard<batch_5>([](int) { return shearpin::removed{2}; }, hundred)
                       .with_observer(watch);
    telling(3);
    REQUIRE(heard.events() == kinds{"admitted", "removed"});
    CHECK(heard.told[1]["removed"] == 2);
}

TEST_CASE("what the person said and what was overridden is told") {
    listener heard;
    shearpin::manual_clock clock;
    auto remove = shearpin::guard<soft_5>([](int) {}, hundred)
                      .with_clock(clock)
                      .in_environment("production")
                      .with_observer([&](const shearpin::event& what) { heard(what); });
    const auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 8, .until = clock.now() + 1h, .reason = "disk fire", .id = "CHG-17"});
    remove
        .asking({.expected = 8,
                 .actor = "ann",
                 .approvers = {"bob", "cid"},
                 .reason = "rack 12",
                 .environment = "production"})
        .overriding(lift)(8);
    REQUIRE(heard.events() == kinds{"admitted", "overridden", "removed"});
    for (const json& each : heard.told) {
        CHECK(each["actor"] == "ann");
        CHECK(each["approvers"] == json{"bob", "cid"});
        CHECK(each["reason"] == "rack 12");
        CHECK(each["environment"] == "production");
        CHECK(each["expected"] == 8);
    }
    CHECK(heard.told[1]["override"] ==
          json{{"rule", "max_batch"}, {"up_to", 8}, {"id", "CHG-17"}, {"reason", "disk fire"}});
    CHECK(heard.told[1]["meaning"] == "a limit was lifted once, by name");
    const auto of_a_pool = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 8, .until = clock.now() + 1h, .reason = "disk fire", .pool = "web"});
    auto in_web = shearpin::guard<soft_5>([](int) {}, hundred)
                      .named("web")
                      .with_clock(clock)
                      .with_observer([&](const shearpin::event& what) { heard(what); });
    heard.told.clear();
    in_web.asking({}).overriding(of_a_pool)(8);
    REQUIRE(heard.events() == kinds{"admitted", "overridden", "removed"});
    CHECK(heard.told[1]["override"]["pool"] == "web");
}

TEST_CASE("an observer that throws changes nothing") {
    int calls = 0;
    int told = 0;
    auto remove = shearpin::guard<batch_5>([&](int) { ++calls; }, hundred)
                      .with_observer([&](const shearpin::event&) {
                          ++told;
                          throw std::runtime_error("the log is full");
                      });
    CHECK_NOTHROW(remove(5));
    CHECK_THROWS_AS(remove(6), shearpin::removal_refused);
    CHECK(!remove.try_call(6).has_value());
    CHECK(remove.check(5).admitted());
    CHECK(calls == 1);
    CHECK(told == 5);
}

TEST_CASE("in shadow everything that would be refused is told, and goes on") {
    listener heard;
    int calls = 0;
    auto remove = shearpin::guard<batch_5>([&](const std::vector<int>&) { ++calls; }, hundred)
                      .with_observer([&](const shearpin::event& what) { heard(what); })
                      .in_shadow();
    const std::vector<int> six{1, 2, 3, 4, 5, 6};
    const std::vector<int> twice{1, 1};
    remove(six);
    CHECK(remove.try_call(twice).has_value());
    remove(std::vector<int>{});
    remove.asking({.expected = 1, .environment = "staging"})(twice);
    CHECK(calls == 4);
    REQUIRE(heard.told.size() == 8);
    for (std::size_t each = 0; each != 8; each += 2) {
        CHECK(heard.told[each]["event"] == "shadow_refused");
        CHECK(heard.told[each]["meaning"] ==
              "a safeguard in shadow mode would have refused this removal; it goes on");
        CHECK(heard.told[each + 1]["event"] == "removed");
        CHECK(heard.told[each + 1]["refusal"] == heard.told[each]["refusal"]);
        const std::string message = heard.told[each]["refusal"]["message"];
        CHECK(message.find("removal refused in shadow, so it goes on all the same: asked for ") ==
              0);
        CHECK(message.find("nothing was removed") == std::string::npos);
    }
    CHECK(!remove.check(six).admitted());  // to ask is answered as it would be
    heard.told.clear();
    remove(std::vector<int>{1});
    CHECK(heard.events() == kinds{"admitted", "removed"});
}

TEST_CASE("in shadow a batch of known size compiles, and is judged when it is called") {
    listener heard;
    auto remove = shearpin::guard<batch_5>([](const std::array<int, 6>&) {}, hundred)
                      .with_observer([&](const shearpin::event& what) { heard(what); })
                      .in_shadow();
    remove(std::array<int, 6>{1, 2, 3, 4, 5, 6});
    CHECK(heard.events() == kinds{"shadow_refused", "removed"});
}

TEST_CASE("whatever a name holds, the line is JSON") {
    listener heard;
    auto remove = shearpin::guard<batch_5>([](const std::vector<std::string>&) {}, hundred)
                      .named("a \"pool\" \\ here")
                      .with_observer([&](const shearpin::event& what) { heard(what); });
    const auto reason_of = [&](const std::string& given) -> std::string {
        (void)remove.asking({.reason = given}).check(std::vector<std::string>{"x"}).admitted();
        return heard.told.back()["reason"];
    };
    std::string control;
    for (char letter = 1; letter != 32; ++letter) control += letter;
    control += "\x7f\"\\/";
    CHECK(reason_of(control) == control);
    CHECK(heard.told.back()["pool"] == "a \"pool\" \\ here");
    CHECK(reason_of("gr\xc3\xbc\xc3\x9f\x65 \xe2\x82\xac \xf0\x9f\x94\xa5") ==
          "gr\xc3\xbc\xc3\x9f\x65 \xe2\x82\xac \xf0\x9f\x94\xa5");
    const std::string no = "\xef\xbf\xbd";
    CHECK(reason_of("a\xff\x62") == "a" + no + "b");
    CHECK(reason_of("\xc3") == no);                             // cut off
    CHECK(reason_of("\xc0\xaf") == no + no);                    // overlong
    CHECK(reason_of("\xe0\x80\xaf") == no + no + no);           // overlong
    CHECK(reason_of("\xed\xa0\x80") == no + no + no);           // a surrogate
    CHECK(reason_of("\xf4\x90\x80\x80") == no + no + no + no);  // above U+10FFFF
    CHECK(reason_of("\xf0\x80\x80\x80") == no + no + no + no);  // overlong
    CHECK(reason_of(std::string("a\0b", 3)) == std::string("a\0b", 3));

    // 159 characters are kept; what is cut says so, and a character that is cut stays readable.
    std::string euros;
    for (int each = 0; each != 60; ++each) euros += "\xe2\x82\xac";
    const std::string kept = reason_of(euros);
    CHECK(kept.substr(kept.size() - 3) == "...");
    CHECK(!remove.check(std::vector<std::string>{"\"\n\xff", "\"\n\xff"}).admitted());
    const json& named = heard.told.back()["refusal"]["violations"][0];
    CHECK(named["rule"] == "named_twice");
    CHECK(named["targets"].get<std::string>().find('"') != std::string::npos);
}
