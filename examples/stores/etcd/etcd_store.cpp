// SPDX-License-Identifier: BSL-1.0
#include "etcd_store.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include "base64.hpp"

namespace shearpin_stores {

namespace {

using shearpin::stored;

/// The gateway spells 64-bit numbers as text.
std::optional<std::uint64_t> number_in(const nlohmann::json& object, const char* name) {
    if (!object.is_object() || !object.contains(name) || !object[name].is_string()) return {};
    const std::string& text = object[name].get_ref<const std::string&>();
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
    return value;
}

/// Puts the value where `comparison` of the key holds.
std::string put_if(const std::string& key, const std::string& comparison,
                   const std::string& bytes) {
    const std::string name = to_base64(key);
    std::string body = R"({"compare":[{"key":")" + name + R"(","result":"EQUAL",)" + comparison +
                       R"(}],"success":[{"request_put":{"key":")" + name + R"(","value":")";
    body += to_base64(bytes);
    return body += R"("}}]})";
}
bool has_succeeded(const nlohmann::json& body) {
    return body.contains("succeeded") && body["succeeded"] == true;
}

}  // namespace

etcd_store etcd_store::create(const etcd_options& options) {
    etcd_store made(options);
    const gateway::reply answer = made.gateway_->tell(
        "/v3/kv/txn", put_if(options.key, R"("target":"CREATE","create_revision":"0")", ""));
    if (answer.how == gateway::ending::not_done)
        made.trouble_ = made.told("cannot be created. " + answer.why);
    else if (answer.how == gateway::ending::unknown)
        made.trouble_ = made.told("may be created or not; open it to see. " + answer.why);
    else if (!has_succeeded(answer.body))
        made.trouble_ = made.told("is already there, and was left as it is");
    return made;
}

shearpin::loaded etcd_store::load() {
    shearpin::loaded answer;
    answer.why = trouble_;
    if (!trouble_.empty()) return answer;
    const gateway::reply found =
        gateway_->ask("/v3/kv/range", R"({"key":")" + to_base64(gateway_->options().key) + R"("})");
    if (found.how != gateway::ending::answered) {
        answer.why = told("cannot be read. " + found.why);
        return answer;
    }
    if (!found.body.contains("header")) {
        answer.why = told("cannot be read: the answer is none of etcd's");
        return answer;
    }
    if (!found.body.contains("kvs")) {
        answer.why = told(
            "is not there. If there never was one, create it; if there was, find out what was "
            "removed lately: a new ledger has forgotten it");
        return answer;
    }
    const nlohmann::json& all = found.body["kvs"];
    if (!all.is_array() || all.size() != 1) {
        answer.why = told("cannot be read: the answer is none of etcd's");
        return answer;
    }
    const nlohmann::json& entry = all[0];
    const auto created = number_in(entry, "create_revision");
    const auto version = number_in(entry, "mod_revision");
    // An empty value is left out.
    const auto bytes = from_base64(entry.contains("value") && entry["value"].is_string()
                                       ? entry["value"].get<std::string>()
                                       : std::string());
    if (!created || !version || !bytes) {
        answer.why = told("cannot be read: the answer is none of etcd's");
        return answer;
    }
    if (created_ == 0) created_ = *created;
    if (created_ != *created) {
        answer.why = told(
            "was deleted and created anew while it was in use; find out what was removed lately");
        return answer;
    }
    answer.bytes = *bytes;
    answer.version = *version;
    answer.readable = true;
    return answer;
}

stored etcd_store::store(const std::string& bytes, std::uint64_t expected) {
    stored answer;
    answer.why = trouble_;
    if (!trouble_.empty()) return answer;
    if (bytes.size() > capacity) {
        answer.why = told("takes 1 MiB, and the document is longer");
        return answer;
    }
    if (expected == 0) {  // that of a key that is not there, which only create() may make
        answer.what = stored::outcome::conflict;
        return answer;
    }
    const gateway::reply found = gateway_->tell(
        "/v3/kv/txn",
        put_if(gateway_->options().key,
               R"("target":"MOD","mod_revision":")" + std::to_string(expected) + '"', bytes));
    if (found.how == gateway::ending::not_done) {
        answer.why = told("cannot be written. " + found.why);
        return answer;
    }
    const auto revision = found.how == gateway::ending::answered && found.body.contains("header")
                              ? number_in(found.body["header"], "revision")
                              : std::nullopt;
    if (!revision) {
        answer.what = stored::outcome::unknown;
        answer.why = told("may be written or not. " + found.why);
    } else if (has_succeeded(found.body)) {
        answer.what = stored::outcome::done;
        answer.version = *revision;
    } else {
        answer.what = stored::outcome::conflict;
    }
    return answer;
}

shearpin::store_trouble etcd_store::told(const std::string& what) const {
    return std::string_view("the ledger " + gateway_->options().key + " in etcd " + what);
}

}  // namespace shearpin_stores
