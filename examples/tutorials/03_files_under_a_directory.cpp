// SPDX-License-Identifier: BSL-1.0
// 3. Files under a directory: the purge that would have emptied it.
//
// Each night a job deletes backups that are older than so many days. The number comes from a
// setting. One day the setting is missing, is read as 0, and every backup is "older than 0 days".
// The job does what it was told, without an error, as on all other nights.
#include <shearpin/core.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace shearpin::literals;
namespace fs = std::filesystem;

namespace {

constexpr auto purge_policy = shearpin::policy{
    shearpin::min_remaining(7),  // a week of backups stays, whatever the setting says
    shearpin::max_batch(10),     // a night's work, also after some nights without one
};

fs::file_time_type days_ago(int days) {
    return fs::file_time_type::clock::now() - std::chrono::hours(24 * days);
}

std::vector<fs::path> older_than(int days, const fs::path& folder) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file() && entry.last_write_time() < days_ago(days))
            found.push_back(entry.path());
    return found;
}

shearpin::count files_in(const fs::path& folder) {
    shearpin::count number = 0;
    for (const auto& entry : fs::directory_iterator(folder))
        number += entry.is_regular_file() ? 1U : 0U;
    return number;
}

int days_to_keep(const char* setting) {  // the mistake: what is no number is 0
    return setting == nullptr ? 0 : std::atoi(setting);
}

}  // namespace

int main() {
    const fs::path folder = "backups";
    fs::create_directory(folder);
    for (int day = 0; day != 20; ++day) {
        const fs::path file = folder / ("day-" + std::to_string(day) + ".dump");
        std::ofstream(file) << "data";
        fs::last_write_time(file, days_ago(day) - std::chrono::hours(1));
    }

    // A removal is given the files themselves, and says how many it really removed: a file that
    // was gone already is not one of them.
    auto purge = shearpin::guard<purge_policy>(
        [](const std::vector<fs::path>& files) {
            shearpin::count gone = 0;
            for (const fs::path& file : files) gone += fs::remove(file) ? 1U : 0U;
            std::printf("purged %ju files\n", gone);
            return shearpin::removed{gone};
        },
        [&] {
            const auto there = files_in(folder);
            return shearpin::pool{.size = there, .available = there};
        });

    purge(older_than(days_to_keep("14"), folder));  // an ordinary night

    if (const auto done = purge.try_call(older_than(days_to_keep(nullptr), folder)); !done)
        std::puts(done.error().message().c_str());  // the night without the setting
    std::printf("%ju files are left\n", files_in(folder));

    // Nothing to do is told as an error too: a purge of nothing is the empty list that some other
    // tool reads as "everything". A job that often has nothing to do asks that first.
    if (const auto done = purge.try_call(older_than(30, folder)); !done)
        std::puts(done.error().message().c_str());
}
