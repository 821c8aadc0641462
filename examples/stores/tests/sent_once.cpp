// SPDX-License-Identifier: BSL-1.0
// A server that takes a transaction and goes away without an answer, over a connection that was
// kept: the outcome is unknown, and nothing was sent twice, whether it can be reached again or not.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <string>
#include <thread>

#include "../etcd/etcd_store.hpp"

namespace {

using outcome = shearpin::stored::outcome;

/// Answers the first request of each connection as etcd would, reads the second one, and closes.
class fickle_server {
public:
    explicit fickle_server(bool stays)
        : stays_(stays), listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
        struct sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        void* const any = &address;
        if (::bind(listening_, static_cast<sockaddr*>(any), length) != 0 ||
            ::listen(listening_, 8) != 0 ||
            ::getsockname(listening_, static_cast<sockaddr*>(any), &length) != 0)
            std::perror("no port");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    fickle_server(const fickle_server&) = delete;
    fickle_server& operator=(const fickle_server&) = delete;
    ~fickle_server() {
        ::shutdown(listening_, SHUT_RDWR);
        thread_.join();
        ::close(listening_);
    }
    [[nodiscard]] std::string address() const {
        return "http://127.0.0.1:" + std::to_string(port_);
    }
    [[nodiscard]] int requests() const { return requests_; }

private:
    void serve() {
        for (;;) {
            const int peer = ::accept(listening_, nullptr, nullptr);
            if (peer < 0) return;
            if (read_request(peer)) {
                const std::string body = R"({"header":{"revision":"5"},"succeeded":true})";
                const std::string answer =
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body;
                static_cast<void>(::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL));
                if (read_request(peer) && !stays_) ::shutdown(listening_, SHUT_RDWR);
            }
            ::close(peer);
        }
    }
    bool read_request(int peer) {
        std::string all;
        char some[4096];
        while (all.find("]}") == std::string::npos) {  // the end of a transaction
            const ssize_t number = ::recv(peer, some, sizeof some, 0);
            if (number <= 0) return false;
            all.append(some, static_cast<std::size_t>(number));
        }
        ++requests_;
        return true;
    }

    bool stays_;
    int listening_;
    int port_ = 0;
    std::atomic<int> requests_{0};
    std::thread thread_;
};

}  // namespace

int main() {
    int wrong = 0;
    for (const bool stays : {true, false}) {
        const fickle_server server(stays);
        shearpin_stores::etcd_options options;
        options.endpoints = {server.address()};
        options.key = "removals";
        auto store = shearpin_stores::etcd_store::open(options);
        if (store.store("one", 4).what != outcome::done)
            ++wrong, std::puts("the first store is not done");
        const shearpin::stored answer = store.store("two", 5);
        std::printf("%s\n", answer.why.c_str());
        if (answer.what != outcome::unknown)
            ++wrong, std::puts("it does not say that the outcome is unknown");
        if (server.requests() != 2)
            ++wrong, std::printf("%d requests were sent\n", server.requests());
    }
    return wrong == 0 ? 0 : 1;
}
