// SPDX-License-Identifier: BSL-1.0
#include "named_store.hpp"

#include <shearpin/file_store.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string_view>
#include <vector>

#ifdef SHEARPIN_STORES_ETCD
#include "etcd/etcd_store.hpp"
#endif
#ifdef SHEARPIN_STORES_POSTGRES
#include "postgres/postgres_store.hpp"
#endif

namespace shearpin_stores {

namespace {

using shearpin::any_store;

constexpr const char* etcd_form =
    "etcd://HOST:PORT[,HOST:PORT]/KEY[?deadline=SECONDS&margin=SECONDS]";
constexpr const char* postgres_form =
    "postgres://[USER@]HOST[:PORT]/DATABASE?ledger=NAME[&table=NAME&deadline=SECONDS&"
    "margin=SECONDS]";

bool begins(const std::string& text, std::string_view with) {
    return text.compare(0, with.size(), with) == 0;
}
bool is_etcd(const std::string& name) {
    return begins(name, "etcd://") || begins(name, "etcds://");
}
bool is_postgres(const std::string& name) {
    return begins(name, "postgres://") || begins(name, "postgresql://");
}

/// The words behind the question mark. `own` are taken out, and the rest is left as it is.
struct query {
    std::string before;  // the question mark
    std::map<std::string, std::string> own{};
    std::string others{};

    query(const std::string& name, const std::vector<std::string>& known) {
        const std::size_t mark = name.find('?');
        before = name.substr(0, mark);
        for (std::size_t at = mark; at < name.size();) {
            const std::size_t end = std::min(name.find('&', at + 1), name.size());
            const std::string word = name.substr(at + 1, end - at - 1);
            const std::size_t equal = std::min(word.find('='), word.size());
            const std::string key = word.substr(0, equal);
            bool is_own = false;
            for (const std::string& each : known) is_own = is_own || each == key;
            if (is_own)
                own[key] = word.substr(std::min(equal + 1, word.size()));
            else if (!word.empty())
                others += (others.empty() ? "?" : "&") + word;
            at = end;
        }
    }
    [[nodiscard]] long seconds(const std::string& key, long otherwise) const {
        const auto at = own.find(key);
        if (at == own.end()) return otherwise;
        long value = 0;
        const std::string& text = at->second;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0 ||
            value > 3600 || (value == 0 && key == "deadline"))
            throw std::invalid_argument(key + "=" + text + " is no number of seconds up to 3600");
        return value;
    }
};

#ifdef SHEARPIN_STORES_ETCD
std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}
etcd_options read_etcd(const std::string& name) {
    const query words(name, {"deadline", "margin"});
    const std::size_t hosts = name.find("//") + 2;
    const std::size_t slash = words.before.find('/', hosts);
    if (slash == std::string::npos || slash == hosts || slash + 1 == words.before.size() ||
        !words.others.empty())
        throw std::invalid_argument(name + " is not of the form " + etcd_form);
    if (words.before.find('@') < slash)
        throw std::invalid_argument(
            "etcd's user and password are taken from ETCDCTL_USER and ETCDCTL_PASSWORD: in a "
            "command line everyone on this machine can read them");
    etcd_options options;
    options.key = words.before.substr(slash + 1);
    options.endpoints.clear();
    for (std::size_t at = hosts; at < slash;) {
        const std::size_t end = std::min(words.before.find(',', at), slash);
        options.endpoints.push_back((begins(name, "etcds") ? "https://" : "http://") +
                                    words.before.substr(at, end - at));
        at = end + 1;
    }
    options.deadline = std::chrono::seconds(words.seconds("deadline", 5));
    options.user = environment("ETCDCTL_USER");
    options.password = environment("ETCDCTL_PASSWORD");
    if (const std::size_t colon = options.user.find(':'); colon != std::string::npos) {
        options.password = options.user.substr(colon + 1);
        options.user.resize(colon);
    }
    options.authority_file = environment("ETCDCTL_CACERT");
    options.certificate_file = environment("ETCDCTL_CERT");
    options.private_key_file = environment("ETCDCTL_KEY");
    return options;
}
#endif

#ifdef SHEARPIN_STORES_POSTGRES
postgres_options read_postgres(const std::string& name) {
    const query words(name, {"ledger", "table", "deadline", "margin"});
    postgres_options options;
    options.connection = words.before + words.others;
    const auto ledger = words.own.find("ledger");
    if (ledger == words.own.end() || ledger->second.empty())
        throw std::invalid_argument(name + " does not say which ledger; the form is " +
                                    postgres_form);
    options.ledger = ledger->second;
    if (const auto table = words.own.find("table"); table != words.own.end())
        options.table = table->second;
    options.deadline = std::chrono::seconds(words.seconds("deadline", 5));
    const std::size_t at = words.before.find('@');
    const std::size_t colon = words.before.find(':', words.before.find("//") + 2);
    if (at != std::string::npos && colon < at)
        throw std::invalid_argument(
            "PostgreSQL's password is taken from ~/.pgpass or PGPASSWORD: in a command line "
            "everyone on this machine can read it");
    return options;
}
#endif

[[noreturn, maybe_unused]] void built_without(const char* library, const char* server,
                                              const char* package) {
    throw std::invalid_argument("this program was built without " + std::string(library) +
                                ", which a ledger in " + server + " needs (Debian: " + package +
                                ")");
}

template <class Store, class Options> any_store made_by(const Options& options, bool is_new) {
    return any_store(is_new ? Store::create(options) : Store::open(options));
}

any_store find_store(const std::string& name, bool is_new) {
    if (is_etcd(name)) {
#ifdef SHEARPIN_STORES_ETCD
        return made_by<etcd_store>(read_etcd(name), is_new);
#else
        built_without("libcurl", "etcd", "libcurl4-openssl-dev");
#endif
    }
    if (is_postgres(name)) {
#ifdef SHEARPIN_STORES_POSTGRES
        return made_by<postgres_store>(read_postgres(name), is_new);
#else
        built_without("libpq", "PostgreSQL", "libpq-dev");
#endif
    }
    if (const std::size_t scheme = name.find("://"); scheme != std::string::npos)
        throw std::invalid_argument("`" + name.substr(0, scheme) +
                                    "` is no kind of ledger; there are files, " + etcd_form +
                                    " and " + postgres_form);
    return made_by<shearpin::file_store>(name, is_new);
}

}  // namespace

bool names_a_server(const std::string& name) { return name.find("://") != std::string::npos; }

any_store open_store(const std::string& name) { return find_store(name, false); }

any_store create_store(const std::string& name) { return find_store(name, true); }

shearpin::duration margin_of(const std::string& name) {
    if (!is_etcd(name) && !is_postgres(name)) return {};
    return shearpin::duration::seconds(query(name, {"deadline", "margin"}).seconds("margin", 2));
}

}  // namespace shearpin_stores
