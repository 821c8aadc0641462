// SPDX-License-Identifier: BSL-1.0
#include "plan_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <set>
#include <sstream>
#include <string_view>

#include <nlohmann/json.hpp>
#include <shearpin/plan_text.hpp>

#include "failure.hpp"
#include "files.hpp"
#include "history.hpp"
#include "times.hpp"

namespace fleet {

namespace {

[[noreturn]] void no_plan(const std::string& path, const std::string& why) {
    bad_input(path + ": this is no plan of fleet: " + printable(why) +
              "; make it anew: fleet plan ... --out FILE");
}

[[noreturn]] void is_taken(const std::string& path) {
    bad_input(path + " is already there, and was left as it is; name another file");
}

/// Reads the parts of a plan, each of the type that it must have.
class plan_parts {
public:
    plan_parts(const std::string& path, const nlohmann::json& whole) : path_(path), whole_(whole) {}

    [[nodiscard]] const nlohmann::json& need(const char* name) const {
        const auto found = whole_.find(name);
        if (found == whole_.end()) no_plan(path_, std::string("it has no `") + name + "`");
        return *found;
    }
    [[nodiscard]] std::string text(const char* name) const {
        const nlohmann::json& part = need(name);
        if (!part.is_string()) no_plan(path_, std::string("`") + name + "` is no text");
        return part.get<std::string>();
    }
    [[nodiscard]] std::string text_if(const char* name) const {
        return whole_.contains(name) ? text(name) : std::string();
    }
    [[nodiscard]] shearpin::count number(const char* name) const {
        const nlohmann::json& part = need(name);
        if (!part.is_number_unsigned() || part.get<std::uint64_t>() > shearpin::largest_count)
            no_plan(path_, std::string("`") + name + "` is no whole number");
        return part.get<std::uint64_t>();
    }
    [[nodiscard]] const nlohmann::json& list(const char* name) const {
        const nlohmann::json& part = need(name);
        if (!part.is_array() || part.empty())
            no_plan(path_, std::string("`") + name + "` is no list, or an empty one");
        return part;
    }

private:
    const std::string& path_;
    const nlohmann::json& whole_;
};

}  // namespace

pace read_pace(const pace_request& asked) {
    pace read;
    if (!asked.soak.empty()) read.soak = read_length("--soak", printable(asked.soak));
    if (asked.ramp.empty()) return read;
    std::vector<shearpin::ramp::step> steps;
    std::istringstream parts(asked.ramp + ",");
    for (std::string part; std::getline(parts, part, ',');) {
        const auto step = shearpin::ramp::step::parse(part);
        if (!step)
            bad_input("--ramp: `" + printable(part) + "` in `" + printable(asked.ramp) +
                      "` is neither a number of hosts (1) nor a fraction of them (10%)");
        steps.push_back(*step);
    }
    const auto made = shearpin::ramp::from(steps);
    if (!made)
        bad_input("--ramp: `" + asked.ramp +
                  "`: " + std::string(std::string_view(shearpin::ramp::wrong_with(steps))));
    read.ramp = *made;
    return read;
}

std::string plan_file_text(const plan_file& plan) {
    nlohmann::ordered_json pools = nlohmann::ordered_json::array();
    for (const shearpin::planned_pool& each : plan.made.pools())
        pools.push_back(
            {{"name", each.name}, {"size", each.there.size}, {"serving", each.there.available}});
    nlohmann::ordered_json lines = nlohmann::ordered_json::array();
    std::istringstream text(plan.made.text());
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    nlohmann::ordered_json all{{"schema", 1},
                               {"made_at", plan.made_at},
                               {"made_from", plan.made.made_from().text()},
                               {"hosts", plan.hosts}};
    if (!plan.how.soak.empty()) all["soak"] = plan.how.soak;
    if (!plan.how.ramp.empty()) all["ramp"] = plan.how.ramp;
    all["pools"] = pools;
    all["text"] = lines;
    try {
        return all.dump(2) + "\n";
    } catch (const nlohmann::json::exception&) {
        bad_input("--out: a name in the plan is no UTF-8, so it cannot stand in a file of JSON");
    }
}

void need_no_file(const std::string& path) {
    if (!path.empty() && ::access(path.c_str(), F_OK) == 0) is_taken(path);
}

void write_new_file(const std::string& path, const std::string& text) {
    const descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!file.is_open()) {
        if (errno == EEXIST) is_taken(path);
        bad_input(path + ": could not be written: " + std::strerror(errno));
    }
    if (write_all(file.number(), text) && ::fsync(file.number()) == 0) return;
    const std::string why = std::strerror(errno);
    ::unlink(path.c_str());  // half of a plan is worse than none
    not_written(path + ": could not be written, and was taken away again: " + why);
}

plan_file read_plan_file(const std::string& path) {
    nlohmann::json whole;
    try {
        whole = nlohmann::json::parse(read_file(path));
    } catch (const nlohmann::json::parse_error& wrong) {
        no_plan(path, "at byte " + std::to_string(wrong.byte) + " it is no JSON, or was cut off");
    }
    if (!whole.is_object()) no_plan(path, "it is no JSON object");
    const plan_parts parts(path, whole);
    if (parts.number("schema") != 1)
        no_plan(path, "its schema is " + std::to_string(parts.number("schema")) +
                          ", and this fleet knows 1");
    plan_file read;
    read.made_at = parts.text("made_at");
    read.how = {.soak = parts.text_if("soak"), .ramp = parts.text_if("ramp")};
    std::set<std::string> names;
    for (const nlohmann::json& each : parts.list("hosts")) {
        if (!each.is_string()) no_plan(path, "`hosts` has something in it that is no text");
        read.hosts.push_back(each.get<std::string>());
        if (!names.insert(read.hosts.back()).second)
            no_plan(path, "`hosts` has " + read.hosts.back() + " twice");
    }
    const auto made_from = shearpin::fingerprint::parse(parts.text("made_from"));
    if (!made_from) no_plan(path, "`made_from` is no fingerprint");
    shearpin::plan_maker maker(read.hosts.size());
    maker.made_from(*made_from);
    for (const nlohmann::json& each : parts.list("pools")) {
        const plan_parts pool(path, each);
        const std::string name = pool.text("name");
        maker.seen(name, {.size = pool.number("size"), .available = pool.number("serving")});
    }
    read.made = std::move(maker).finish();
    return read;
}

}  // namespace fleet
