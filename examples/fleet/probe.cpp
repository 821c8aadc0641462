// SPDX-License-Identifier: BSL-1.0
#include "probe.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <vector>

#include "interrupt.hpp"
#include "times.hpp"

extern char** environ;

namespace fleet {

namespace {

/// This program's environment with some variables more, and none of them twice.
class environment {
public:
    void set(const std::string& name, std::uint64_t value) {
        added_.push_back(name + "=" + std::to_string(value));
    }
    std::vector<char*> pointers() {
        std::vector<char*> all;
        for (char** each = environ; *each != nullptr; ++each)
            if (!is_added(*each)) all.push_back(*each);
        for (std::string& each : added_) all.push_back(each.data());
        all.push_back(nullptr);
        return all;
    }

private:
    bool is_added(const char* variable) const {
        for (const std::string& each : added_)
            if (std::strncmp(variable, each.c_str(), each.find('=') + 1) == 0) return true;
        return false;
    }
    std::vector<std::string> added_;
};

/// How to start it: in a process group of its own, so that the terminal's Ctrl-C does not reach it
/// and all that it starts can be ended with it.
class start_options {
public:
    start_options() {
        ::posix_spawnattr_init(&attributes);
        ::posix_spawn_file_actions_init(&files);
        sigset_t usual;
        ::sigemptyset(&usual);
        for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGXFSZ, SIGPIPE})
            ::sigaddset(&usual, each);
        ::posix_spawnattr_setsigdefault(&attributes, &usual);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
        ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
    }
    start_options(const start_options&) = delete;
    start_options& operator=(const start_options&) = delete;
    ~start_options() {
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&files);
    }

    posix_spawnattr_t attributes{};
    posix_spawn_file_actions_t files{};
};

/// "ended with 1", "was ended by signal 9"; empty where all is well.
std::string told_by(int status) {
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == 0 ? "" : "ended with " + std::to_string(WEXITSTATUS(status));
    return "was ended by signal " + std::to_string(WTERMSIG(status));
}

}  // namespace

bool probe::is_well(const shearpin::progress& so_far) {
    environment variables;
    variables.set("FLEET_REMOVED", so_far.removed);
    variables.set("FLEET_OF", so_far.of);
    variables.set("FLEET_WAVE", so_far.wave);
    std::string shell = "sh";
    std::string option = "-c";
    char* arguments[] = {shell.data(), option.data(), command_.data(), nullptr};
    const start_options how;
    pid_t started = 0;
    const int error = ::posix_spawn(&started, "/bin/sh", &how.files, &how.attributes, arguments,
                                    variables.pointers().data());
    if (error != 0) {
        why_ = std::string("could not be started: ") + std::strerror(error);
        return false;
    }
    const auto kill_all = [&] {
        ::kill(-started, SIGKILL);
        while (::waitpid(started, nullptr, 0) < 0 && errno == EINTR) {
        }
    };
    const auto until =
        std::chrono::steady_clock::now() + std::chrono::nanoseconds(limit_.in_nanoseconds());
    for (int status = 0;;) {
        const pid_t ended = ::waitpid(started, &status, WNOHANG);
        if (ended == started) {
            why_ = told_by(status);
            return why_.empty();
        }
        if (ended < 0 && errno != EINTR) {
            why_ = std::string("could not be waited for: ") + std::strerror(errno);
            return false;
        }
        if (interrupt::is_urgent()) {
            kill_all();
            why_ = "had not answered yet when somebody asked to stop";
            return false;
        }
        if (std::chrono::steady_clock::now() >= until) {
            kill_all();
            why_ = "did not answer within " + duration_text(limit_) + ", and was killed";
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

}  // namespace fleet
