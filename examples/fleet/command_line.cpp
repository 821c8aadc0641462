// SPDX-License-Identifier: BSL-1.0
// The one file that includes CLI11.
#include "command_line.hpp"

#include <shearpin/version.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>

#include "commands/command.hpp"
#include "numbers.hpp"

namespace fleet {

namespace {

/// CLI11 reads an argument such as "[ab]*[1,3]" as a list, and takes its brackets and commas away.
/// This at its end prevents it, and is taken off again; no host's name has a control character.
constexpr char bracket_mark = '\x1f';

std::vector<std::string> mark_brackets(int argc, char** argv) {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    for (std::string& each : arguments)
        if (!each.empty() && each.front() == '[' && each.back() == ']') each += bracket_mark;
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the end
    return arguments;
}

std::string unmark_brackets(std::string argument) {
    if (!argument.empty() && argument.back() == bracket_mark) argument.pop_back();
    return argument;
}

/// "policy check" is the command "check" of the command "policy", which then does nothing alone.
CLI::App& add_command(CLI::App& program, const command& each) {
    const std::string name = each.name();
    const std::size_t blank = name.find(' ');
    if (blank == std::string::npos) return *program.add_subcommand(name, each.help());
    CLI::App& above = *program.get_subcommand(name.substr(0, blank));
    above.require_subcommand(1);
    return *above.add_subcommand(name.substr(blank + 1), each.help());
}

}  // namespace

void options::section(const char* title) { section_ = title; }

void options::text(const char* name, const char* shown_as, std::string& to, const std::string& help,
                   need how) {
    app_->add_option_function<std::string>(
            name, [&to](const std::string& given) { to = unmark_brackets(given); }, help)
        ->option_text(shown_as)
        ->group(section_)
        ->required(how == need::required);
}

void options::texts(const char* name, const char* shown_as, std::vector<std::string>& to,
                    const std::string& help) {
    app_->add_option_function<std::vector<std::string>>(
            name,
            [&to](const std::vector<std::string>& given) {
                std::transform(given.begin(), given.end(), std::back_inserter(to), unmark_brackets);
            },
            help)
        ->option_text(shown_as)
        ->group(section_)
        ->allow_extra_args(false);  // so that it does not take the hosts behind it, too
}

void options::number(const char* name, const char* shown_as, std::optional<shearpin::count>& to,
                     const std::string& help) {
    app_->add_option_function<std::string>(
            name,
            [&to, name](const std::string& given) {
                to = read_count(given);
                if (!to) bad_input(std::string(name) + ": `" + given + "` is no whole number");
            },
            help)
        ->option_text(shown_as)
        ->group(section_);
}

void options::flag(const char* name, bool& to, const std::string& help) {
    app_->add_flag(name, to, help)->group(section_);
}

void options::example(const std::string& text) {
    app_->footer("Example: " + text + "\n\n" + app_->get_footer());
}

void options::others(const char* shown_as, std::vector<std::string>& to, const std::string& help) {
    app_->add_option_function<std::vector<std::string>>(
            shown_as,
            [&to](const std::vector<std::string>& given) {
                std::transform(given.begin(), given.end(), std::back_inserter(to), unmark_brackets);
            },
            help)
        ->option_text(" ");
}

void options::other(const char* shown_as, std::string& to, const std::string& help) {
    app_->add_option_function<std::string>(
            shown_as, [&to](const std::string& given) { to = unmark_brackets(given); }, help)
        ->option_text(" ")
        ->required();
}

// Set before any constructor runs, in whatever order those of the subcommands do.
constinit command* command::first_ = nullptr;

command::command(int place_in_help, const char* called, const char* explained, adder adds)
    : place_(place_in_help), name_(called), help_(explained), add_(adds) {
    command** at = &first_;
    while (*at != nullptr && (*at)->place_ < place_) at = &(*at)->next_;
    next_ = *at;
    *at = this;
}

exit_status run_command_line(int argc, char** argv, const std::string& about,
                             const std::string& manual) {
    CLI::App program(about, "fleet");
    program.set_help_flag("-h,--help", "show this and exit");
    program.set_version_flag("--version",
                             "fleet " + std::to_string(SHEARPIN_VERSION_MAJOR) + "." +
                                 std::to_string(SHEARPIN_VERSION_MINOR) + "." +
                                 std::to_string(SHEARPIN_VERSION_PATCH),
                             "show the version and exit");
    program.require_subcommand(1);
    program.footer(manual);
    exit_status ends_with = exit_status::done;
    for (const command* each = command::first(); each != nullptr; each = each->next()) {
        CLI::App& subcommand = add_command(program, *each);
        subcommand.footer("`fleet --help` explains the files and the exit status.");
        options takes(subcommand);
        if (auto run = each->add(takes))
            subcommand.callback([run, &ends_with] { ends_with = run(); });
    }
    try {
        program.parse(mark_brackets(argc, argv));
    } catch (const CLI::Success& answered) {  // --help, --version
        program.exit(answered);
    } catch (const CLI::ParseError& wrong) {
        bad_input(std::string(wrong.what()) + "; see fleet --help");
    }
    return ends_with;
}

}  // namespace fleet
