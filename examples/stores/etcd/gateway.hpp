// SPDX-License-Identifier: BSL-1.0
// Calls of etcd's HTTP/JSON gateway: the next endpoint where one is down, a deadline, and the
// difference between what was certainly not done and what may have been.
#pragma once

#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace shearpin_stores {

struct etcd_options {
    std::string key;  ///< the ledger's name: a key of its own
    std::vector<std::string> endpoints{"http://127.0.0.1:2379"};
    std::string user{};  ///< empty where the cluster asks for none
    std::string password{};
    /// Of a load or a store as a whole, however many endpoints it takes.
    std::chrono::milliseconds deadline{5000};
    /// For endpoints with https; files in PEM. Empty: the system's certificate authorities, and no
    /// certificate of the client's own.
    std::string authority_file{};
    std::string certificate_file{};
    std::string private_key_file{};
};

class gateway {
public:
    explicit gateway(etcd_options options);
    gateway(const gateway&) = delete;
    gateway& operator=(const gateway&) = delete;
    ~gateway();

    enum class ending : unsigned char {
        answered,
        not_done,  ///< it never began, or was rejected
        unknown,   ///< it may be done, or may still be
    };
    struct reply {
        ending how = ending::not_done;
        nlohmann::json body{};
        std::string why{};  ///< unless it was answered
    };

    /// What may be asked twice: goes from endpoint to endpoint until one answers.
    [[nodiscard]] reply ask(const std::string& path, const std::string& body);
    /// What must not be sent twice: goes to the next endpoint only where nothing was sent.
    [[nodiscard]] reply tell(const std::string& path, const std::string& body);

    [[nodiscard]] const etcd_options& options() const noexcept { return options_; }

private:
    class connection;

    reply call(const std::string& path, const std::string& body, bool may_repeat);
    reply log_in(std::chrono::steady_clock::time_point until);

    etcd_options options_;
    std::unique_ptr<connection> connection_;
    std::size_t current_ = 0;  // the endpoint that answered last
    std::string token_{};
};

}  // namespace shearpin_stores
