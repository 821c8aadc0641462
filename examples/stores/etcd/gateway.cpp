// SPDX-License-Identifier: BSL-1.0
#include "gateway.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace shearpin_stores {

namespace {

using clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

milliseconds left_until(clock::time_point until) {
    return std::max(milliseconds(1),
                    std::chrono::duration_cast<milliseconds>(until - clock::now()));
}

/// curl_global_init() is not safe beside other threads, so it is called once.
void need_curl() {
    static const CURLcode started = ::curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw std::runtime_error("libcurl cannot be used");
}

std::size_t take(char* bytes, std::size_t, std::size_t number, void* into) {
    static_cast<std::string*>(into)->append(bytes, number);
    return number;
}

/// What is sent once. libcurl sends a request again by itself where a connection that it has kept
/// turns out to be closed, although the server may have done it; it has to rewind the body for
/// that, and cannot. What is left tells whether any of it was sent.
struct unrepeatable {
    std::string_view left;

    static std::size_t give(char* to, std::size_t, std::size_t room, void* self) {
        std::string_view& left = static_cast<unrepeatable*>(self)->left;
        const std::size_t number = std::min(room, left.size());
        std::memcpy(to, left.data(), number);
        left.remove_prefix(number);
        return number;
    }
    static int rewind(void*, curl_off_t, int) { return CURL_SEEKFUNC_FAIL; }
};

}  // namespace

/// One handle, which keeps its connections open.
class gateway::connection {
public:
    connection() : handle_(::curl_easy_init()) {
        if (handle_ == nullptr) throw std::runtime_error("libcurl cannot be used");
    }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    ~connection() { ::curl_easy_cleanup(handle_); }

    struct outcome {
        bool was_sent = true;
        long status = 0;  // 0: no answer
        std::string body{};
        std::string why{};
    };

    outcome post(const etcd_options& options, const std::string& url, const std::string& token,
                 const std::string& body, bool may_repeat, milliseconds connecting,
                 milliseconds in_all) {
        outcome found;
        char trouble[CURL_ERROR_SIZE] = "";
        ::curl_easy_reset(handle_);  // which keeps the connections
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_PROXY, "");  // none, whatever the environment says
        set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
        set(CURLOPT_CONNECTTIMEOUT_MS, long{connecting.count()});
        set(CURLOPT_TIMEOUT_MS, long{in_all.count()});
        set(CURLOPT_WRITEFUNCTION, &take);
        set(CURLOPT_WRITEDATA, static_cast<void*>(&found.body));
        set(CURLOPT_ERRORBUFFER, trouble);
        if (!options.authority_file.empty()) set(CURLOPT_CAINFO, options.authority_file.c_str());
        if (!options.certificate_file.empty())
            set(CURLOPT_SSLCERT, options.certificate_file.c_str());
        if (!options.private_key_file.empty())
            set(CURLOPT_SSLKEY, options.private_key_file.c_str());

        unrepeatable once{body};
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        if (may_repeat) {
            set(CURLOPT_POSTFIELDS, body.c_str());
        } else {
            set(CURLOPT_READFUNCTION, &unrepeatable::give);
            set(CURLOPT_READDATA, static_cast<void*>(&once));
            set(CURLOPT_SEEKFUNCTION, &unrepeatable::rewind);
        }
        // Without waiting for the server's word before a long body.
        curl_slist* headers = ::curl_slist_append(nullptr, "Expect:");
        headers = ::curl_slist_append(headers, "Content-Type: application/json");
        if (!token.empty())
            headers = ::curl_slist_append(headers, ("Authorization: " + token).c_str());
        set(CURLOPT_HTTPHEADER, headers);

        const CURLcode ended = ::curl_easy_perform(handle_);
        ::curl_slist_free_all(headers);
        if (ended == CURLE_OK) {
            ::curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &found.status);
            return found;
        }
        found.why = trouble[0] != '\0' ? trouble : ::curl_easy_strerror(ended);
        // Whatever libcurl says: where it has taken none of the body, nothing can have been done.
        // It may say that it could not connect, and mean the second try of what it had sent before.
        found.was_sent = may_repeat || once.left.size() != body.size();
        return found;
    }

private:
    template <class Value> void set(CURLoption option, Value value) {
        if (::curl_easy_setopt(handle_, option, value) != CURLE_OK)
            throw std::runtime_error("libcurl does not know an option that is needed");
    }
    CURL* handle_;
};

gateway::gateway(etcd_options options) : options_(std::move(options)) {
    need_curl();
    connection_ = std::make_unique<connection>();
    if (options_.endpoints.empty()) throw std::invalid_argument("etcd: no endpoint is given");
}
gateway::~gateway() = default;

gateway::reply gateway::ask(const std::string& path, const std::string& body) {
    return call(path, body, true);
}
gateway::reply gateway::tell(const std::string& path, const std::string& body) {
    return call(path, body, false);
}

gateway::reply gateway::call(const std::string& path, const std::string& body, bool may_repeat) {
    const clock::time_point until = clock::now() + options_.deadline;
    reply answer;
    bool has_logged_in = false;
    const std::size_t number = options_.endpoints.size();
    for (std::size_t tried = 0; tried != number;) {
        if (token_.empty() && !options_.user.empty()) {
            answer = log_in(until);
            if (answer.how != ending::answered) return answer;
            has_logged_in = true;
        }
        const std::string& endpoint = options_.endpoints[current_];
        const milliseconds share = left_until(until) / static_cast<long>(number - tried);
        const auto found = connection_->post(options_, endpoint + path, token_, body, may_repeat,
                                             share, may_repeat ? share : left_until(until));
        answer.body = nlohmann::json::parse(found.body, nullptr, false);
        const bool is_object = answer.body.is_object();
        if (found.status == 200 && is_object) {
            answer.how = ending::answered;
            return answer;
        }
        answer.how = found.was_sent ? ending::unknown : ending::not_done;
        answer.why = endpoint + ": " + found.why;
        if (found.status != 0) {
            const bool is_told =
                is_object && answer.body.contains("error") && answer.body["error"].is_string();
            const std::string error = is_told ? answer.body["error"].get<std::string>()
                                              : "HTTP status " + std::to_string(found.status);
            const int code =
                is_object && answer.body.contains("code") && answer.body["code"].is_number_integer()
                    ? answer.body["code"].get<int>()
                    : 2;
            answer.why = endpoint + ": " + error;
            // gRPC's codes: 3 is an invalid argument, 7 no permission, 16 no authentication. All
            // others may come after the request was done, as does 8 when the quota is reached.
            const bool is_rejected = code == 3 || code == 7 || code == 16;
            const bool is_old_token =
                code == 16 || error.find("revision in header is old") != std::string::npos;
            if (is_rejected) answer.how = ending::not_done;
            if (is_old_token && !options_.user.empty() && !has_logged_in) {
                token_.clear();
                continue;
            }
            if (is_rejected) return answer;
        }
        current_ = (current_ + 1) % number;
        ++tried;
        if (answer.how == ending::unknown && !may_repeat) return answer;
        if (clock::now() >= until) return answer;
    }
    return answer;
}

gateway::reply gateway::log_in(clock::time_point until) {
    const nlohmann::json words = {{"name", options_.user}, {"password", options_.password}};
    reply answer;
    const std::size_t number = options_.endpoints.size();
    for (std::size_t tried = 0; tried != number && clock::now() < until; ++tried) {
        const std::string& endpoint = options_.endpoints[current_];
        const milliseconds share = left_until(until) / static_cast<long>(number - tried);
        const auto found = connection_->post(options_, endpoint + "/v3/auth/authenticate", "",
                                             words.dump(), true, share, share);
        const auto body = nlohmann::json::parse(found.body, nullptr, false);
        answer.how = ending::not_done;  // of what is to follow
        answer.why = endpoint + ": " + found.why;
        if (body.is_object() && body.contains("token") && body["token"].is_string()) {
            token_ = body["token"].get<std::string>();
            answer.how = ending::answered;
            return answer;
        }
        if (found.status != 0) {
            answer.why = endpoint + ": " +
                         (body.is_object() && body.contains("error") && body["error"].is_string()
                              ? body["error"].get<std::string>()
                              : "HTTP status " + std::to_string(found.status));
            if (found.status < 500) return answer;
        }
        current_ = (current_ + 1) % number;
    }
    return answer;
}

}  // namespace shearpin_stores
