// SPDX-License-Identifier: BSL-1.0
// Runs a few tasks in every order of their steps. Each task runs on a stack of its own and stops
// before each step; one of them goes on at a time, so that a run is nothing but the list of who
// went on. All lists are tried, but those that differ in nothing: two steps that do not disturb
// each other need not be tried in both orders (sleep sets, as in Godefroid's "Partial-Order
// Methods"). Without that reduction, on demand, to see that it leaves out nothing.
#pragma once

#include <ucontext.h>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <vector>

namespace orders {

/// What a task is about to do. That it acts from now on is a step of its own: at the end of another
/// one it would be seen in the order of that.
enum class step : unsigned char { begin, load, store, ask_the_world, start, remove };

/// How it goes on.
enum class way : unsigned char { on, stored_but_unknown, not_stored_but_unknown, dies };

struct choice {
    std::size_t task = 0;
    way how = way::on;
    step what = step::begin;
};

/// Whether `one` changes what `other` sees or changes. Two that start may change places, as may two
/// that remove: what they count is the same after both.
inline bool disturbs(step one, step other) {
    if (one == step::store) return other == step::store || other == step::load;
    if (one == step::remove) return other == step::ask_the_world || other == step::start;
    return false;
}

/// Two kinds of steps of which the reduction is told that they may change places: an error that is
/// planted.
struct overlooked {
    step one = step::begin;
    step other = step::begin;
};

/// Whether the two may change places: neither sees nor changes what the other changes.
inline bool independent(const choice& one, const choice& other, const overlooked& planted) {
    if (one.task == other.task) return false;
    const auto changes_nothing = [](way how) {
        return how == way::dies || how == way::not_stored_but_unknown;
    };
    if (changes_nothing(one.how) || changes_nothing(other.how)) return true;
    const auto are = [&](step first, step second) {
        return one.what == first && other.what == second;
    };
    if (are(planted.one, planted.other) || are(planted.other, planted.one)) return true;
    return !disturbs(one.what, other.what) && !disturbs(other.what, one.what);
}

/// Which faults there may be.
enum class faults_of : unsigned char { everything, stores, removers };

class scheduler {
public:
    bool reduces = true;
    overlooked planted{};
    int faults = 0;  ///< so many deaths and stores of unknown outcome in a run, at most
    faults_of kind = faults_of::everything;
    unsigned long long most_runs = ~0ULL;
    unsigned long long runs = 0;
    unsigned long long steps = 0;
    bool is_exhausted = false;  ///< all orders are through

    /// Runs what `begin` returns, again and again, until all orders are through, or `most_runs`, or
    /// `judge` says no. That is called after each run, with how many faults there were.
    void explore(const std::function<std::vector<std::function<void()>>()>& begin,
                 const std::function<bool(int)>& judge) {
        running_ = this;
        std::vector<node> path;
        do {
            start(begin());
            int spent = 0;
            bool redundant = false;
            for (std::size_t depth = 0;; ++depth) {
                if (depth == path.size()) {
                    node next;
                    next.ways = possible(faults - spent);
                    if (next.ways.empty()) break;
                    if (depth != 0) next.asleep = inherit(path[depth - 1]);
                    path.push_back(next);
                    if (!advance(path.back())) {
                        redundant = true;
                        break;
                    }
                }
                const choice& now = path[depth].ways[path[depth].at];
                if (now.how != way::on) ++spent;
                go_on(now);
            }
            const bool go = redundant || judge(spent);
            if (!redundant) ++runs;
            finish();
            if (!go || runs == most_runs) return;
            // The last node that has another way to go.
            while (!path.empty()) {
                path.back().asleep.push_back(path.back().ways[path.back().at]);
                ++path.back().at;
                if (path.back().at < path.back().ways.size() && advance(path.back())) break;
                path.pop_back();
            }
        } while (!path.empty());
        is_exhausted = true;
    }

    /// Called by a task before each of its steps.
    static way before(step what) {
        scheduler& self = *running_;
        if (self.draining_) return way::dies;
        task& me = *self.tasks_[self.current_];
        me.next = what;
        swapcontext(&me.context, &self.main_);
        return self.draining_ ? way::dies : me.how;
    }
    /// Whether what runs now is the rest of a task that died long ago: nothing that it does may be
    /// seen.
    static bool is_drained() { return running_->draining_; }
    /// Who runs now.
    static std::size_t current() { return running_->current_; }

private:
    struct task {
        ucontext_t context{};
        std::unique_ptr<char[]> stack = std::make_unique<char[]>(stack_size);
        std::function<void()> body;
        step next = step::begin;
        way how = way::on;
        bool over = false;
        bool dead = false;
    };
    struct node {
        std::vector<choice> ways;
        std::size_t at = 0;
        std::vector<choice> asleep;
    };
    static constexpr std::size_t stack_size = 256 * 1024;

    static bool same(const choice& one, const choice& other) {
        return one.task == other.task && one.how == other.how;
    }

    std::vector<choice> possible(int faults_left) const {
        std::vector<choice> all;
        for (std::size_t at = 0; at != tasks_.size(); ++at) {
            const task& each = *tasks_[at];
            if (each.over || each.dead) continue;
            all.push_back({at, way::on, each.next});
            if (faults_left <= 0 || each.next == step::begin) continue;
            if (kind != faults_of::stores) all.push_back({at, way::dies, each.next});
            if (kind == faults_of::removers || each.next != step::store) continue;
            all.push_back({at, way::stored_but_unknown, each.next});
            all.push_back({at, way::not_stored_but_unknown, each.next});
        }
        return all;
    }
    std::vector<choice> inherit(const node& from) const {
        std::vector<choice> kept;
        for (const choice& each : from.asleep)
            if (independent(each, from.ways[from.at], planted)) kept.push_back(each);
        return kept;
    }
    /// To the first way from `at` on that need not sleep; false where there is none.
    bool advance(node& here) const {
        for (; here.at != here.ways.size(); ++here.at) {
            bool sleeps = false;
            for (const choice& each : here.asleep)
                sleeps = sleeps || same(each, here.ways[here.at]);
            if (!reduces || !sleeps) return true;
        }
        return false;
    }

    void start(std::vector<std::function<void()>> bodies) {
        draining_ = false;
        tasks_.resize(bodies.size());
        for (std::size_t at = 0; at != bodies.size(); ++at) {
            if (tasks_[at] == nullptr) tasks_[at] = std::make_unique<task>();
            task& one = *tasks_[at];
            one.body = std::move(bodies[at]);
            one.next = step::begin;
            one.over = one.dead = false;
            getcontext(&one.context);
            one.context.uc_stack.ss_sp = one.stack.get();
            one.context.uc_stack.ss_size = stack_size;
            one.context.uc_link = &main_;
            makecontext(&one.context, &run_current, 0);
        }
    }
    void go_on(const choice& how) {
        ++steps;
        task& one = *tasks_[how.task];
        if (one.next != how.what) {
            std::puts("a run is not the same when it is repeated");
            std::exit(2);
        }
        if (how.how == way::dies) {
            one.dead = true;
            return;
        }
        one.how = how.how;
        resume(how.task);
    }
    void resume(std::size_t which) {
        current_ = which;
        swapcontext(&main_, &tasks_[which]->context);
    }
    /// What has died, or was given up, is led to its end, so that it gives back its memory.
    void finish() {
        draining_ = true;
        for (std::size_t at = 0; at != tasks_.size(); ++at)
            if (!tasks_[at]->over && tasks_[at]->next != step::begin) resume(at);
    }
    static void run_current() {
        task& me = *running_->tasks_[running_->current_];
        me.body();
        me.over = true;
    }

    static inline scheduler* running_ = nullptr;
    ucontext_t main_{};
    std::vector<std::unique_ptr<task>> tasks_;
    std::size_t current_ = 0;
    bool draining_ = false;
};

}  // namespace orders
