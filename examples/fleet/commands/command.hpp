// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "../failure.hpp"

namespace CLI {
class App;
}

namespace fleet {

/// Where a subcommand says what it takes. A narrow front of CLI11, which takes seconds to compile:
/// one file includes it, and not each subcommand.
/// What an option is given is stored where `to` says before the subcommand runs.
class options {
public:
    enum class need : unsigned char { optional, required };

    explicit options(CLI::App& subcommand) noexcept : app_(&subcommand) {}

    /// The options from here on stand below this title in the help.
    void section(const char* title);
    /// "--hosts FILE"
    void text(const char* name, const char* shown_as, std::string& to, const std::string& help,
              need how = need::optional);
    /// "--approve NAME", each time with one more
    void texts(const char* name, const char* shown_as, std::vector<std::string>& to,
               const std::string& help);
    /// "--count N", a whole number that is not negative
    void number(const char* name, const char* shown_as, std::optional<shearpin::count>& to,
                const std::string& help);
    /// "--json"
    void flag(const char* name, bool& to, const std::string& help);
    /// Stands at the end of the subcommand's help.
    void example(const std::string& text);
    /// What stands there without an option, any number of times.
    void others(const char* shown_as, std::vector<std::string>& to, const std::string& help);
    /// The one thing that must stand there without an option.
    void other(const char* shown_as, std::string& to, const std::string& help);

private:
    CLI::App* app_;
    std::string section_;
};

/// A subcommand of the program. Each is one file in this folder, which adds itself:
///
///     const command registered(30, "remove", "remove hosts", add);
///
/// CMake builds every file that is here, so a new one changes no other.
class command {
public:
    /// Says what the subcommand takes; returns what runs it. One that only has others below it
    /// takes nothing, and returns an empty function.
    using adder = std::function<exit_status()> (*)(options& takes);

    /// Subcommands stand in the help in the order of these numbers. One that is called "policy
    /// check" is `check` below `policy`, which comes before it.
    command(int place_in_help, const char* called, const char* explained, adder adds);
    command(const command&) = delete;
    command& operator=(const command&) = delete;

    [[nodiscard]] const char* name() const noexcept { return name_; }
    [[nodiscard]] const char* help() const noexcept { return help_; }
    [[nodiscard]] std::function<exit_status()> add(options& takes) const { return add_(takes); }

    /// All that there are, as a list.
    [[nodiscard]] static const command* first() noexcept { return first_; }
    [[nodiscard]] const command* next() const noexcept { return next_; }

private:
    static command* first_;
    int place_;
    const char* name_;
    const char* help_;
    adder add_;
    command* next_ = nullptr;
};

}  // namespace fleet
