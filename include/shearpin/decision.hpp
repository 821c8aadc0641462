// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/refusal.hpp>

#include <new>

namespace shearpin::inline v1 {

namespace detail {

/// Says that what follows makes the refusal, where it is to stay.
struct as_refused {};

}  // namespace detail

/// Admitted, or a refusal. What `check()` returns; it is advice, only the call itself decides.
class [[nodiscard("it only decides and removes nothing")]] decision {
public:
    /// Admitted.
    decision() noexcept : none_(0) {}
    decision(const refusal& reasons) noexcept : why_(reasons), refused_(true) {}
    template <class Make> decision(detail::as_refused, Make make) : why_(make()), refused_(true) {}
    decision(const decision& other) noexcept : none_(0) { take(other); }
    decision& operator=(const decision& other) noexcept {
        if (this != &other) {
            release();
            take(other);
        }
        return *this;
    }
    ~decision() { release(); }

    /// Whether the removal may go.
    [[nodiscard]] bool admitted() const noexcept { return !refused_; }
    [[nodiscard]] explicit operator bool() const noexcept { return !refused_; }
    /// Admitted, or refused for now or for good.
    [[nodiscard]] answer kind() const noexcept { return refused_ ? why_.kind() : answer::admitted; }

    /// The refusal. Where the removal was admitted there is none, and this traps.
    [[nodiscard("a refusal must not be lost")]] const refusal& why() const& noexcept {
        if (!refused_) __builtin_trap();
        return why_;
    }
    [[nodiscard("a refusal must not be lost")]] refusal why() && noexcept {
        return static_cast<const decision&>(*this).why();
    }

private:
    void take(const decision& other) noexcept {
        refused_ = other.refused_;
        if (refused_) ::new (static_cast<void*>(&why_)) refusal(other.why_);
    }
    void release() noexcept {
        if (refused_) why_.~refusal();
    }

    union {
        char none_;
        refusal why_;
    };
    bool refused_ = false;
};

}  // namespace shearpin::inline v1
