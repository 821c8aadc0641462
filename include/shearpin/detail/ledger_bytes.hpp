// SPDX-License-Identifier: BSL-1.0
// Numbers, texts and times as bytes. Small numbers take few bytes: seven bits in each, the highest
// bit says that more follow.
#pragma once

#include <shearpin/instant.hpp>
#include <shearpin/text.hpp>

#include <cstring>
#include <string>
#include <vector>

namespace shearpin::inline v1::detail {

/// Moments follow each other closely, and both clocks run alike: what is written is by how much one
/// differs from the one before.
struct instant_steps {
    std::uint64_t wall = 0;
    std::uint64_t since_boot = 0;
};

/// Numbers around zero become small ones, whatever their sign.
[[nodiscard]] constexpr std::uint64_t zigzag(std::uint64_t difference) noexcept {
    return difference << 1 ^ (difference >> 63 != 0 ? ~std::uint64_t{0} : 0);
}
[[nodiscard]] constexpr std::uint64_t unzigzag(std::uint64_t coded) noexcept {
    return coded >> 1 ^ ((coded & 1) != 0 ? ~std::uint64_t{0} : 0);
}

/// Writes where there is room: whoever takes one has seen to that. It stays in a register, which a
/// pointer inside of a larger object cannot, as each byte that is written could be a part of that.
class byte_pen {
public:
    static constexpr std::size_t longest_number = 10;

    explicit byte_pen(char* given_place) noexcept : at_(given_place) {}
    [[nodiscard]] char* place() const noexcept { return at_; }

    void number(std::uint64_t value) noexcept {
        for (; value >= 128; value >>= 7) *at_++ = static_cast<char>((value & 127) | 128);
        *at_++ = static_cast<char>(value);
    }
    void difference(std::uint64_t value, std::uint64_t from) noexcept {
        number(zigzag(value - from));
    }
    void length_of_time(duration length) noexcept {
        number(zigzag(static_cast<std::uint64_t>(length.in_nanoseconds())));
    }
    template <std::size_t Width> void fixed(std::uint64_t value) noexcept {
        for (std::size_t byte = 0; byte != Width; ++byte)
            at_[byte] = static_cast<char>(value >> (8 * byte) & 255);
        at_ += Width;
    }
    /// A point in time on the wall clock.
    void moment(time_point what) noexcept {
        number(what.known() ? 1 : 0);
        length_of_time(what.since_epoch());
    }
    void moment(const instant& what, std::size_t boot_index, instant_steps& steps) noexcept {
        const auto wall = static_cast<std::uint64_t>(what.wall.since_epoch().in_nanoseconds());
        const auto since_boot = static_cast<std::uint64_t>(what.since_boot.in_nanoseconds());
        number(boot_index << 1 | (what.wall.known() ? 1 : 0));
        number(zigzag(wall - steps.wall));
        number(zigzag(since_boot - steps.since_boot - (wall - steps.wall)));
        steps = {wall, since_boot};
    }

private:
    char* at_;
};

/// Bytes that become more.
class byte_sink {
public:
    /// To write up to so many bytes, which take() then adds.
    [[nodiscard]] byte_pen pen(std::size_t most) {
        if (bytes_.size() - used_ < most) bytes_.resize(2 * bytes_.size() + most + 1024);
        return byte_pen(bytes_.data() + used_);
    }
    void take(byte_pen pen) noexcept {
        used_ = static_cast<std::size_t>(pen.place() - bytes_.data());
    }

    void number(std::uint64_t value) {
        byte_pen to = pen(byte_pen::longest_number);
        to.number(value);
        take(to);
    }
    void length_of_time(duration length) {
        byte_pen to = pen(byte_pen::longest_number);
        to.length_of_time(length);
        take(to);
    }
    template <std::size_t Width> void fixed(std::uint64_t value) {
        byte_pen to = pen(Width);
        to.fixed<Width>(value);
        take(to);
    }
    void moment(time_point what) {
        byte_pen to = pen(2 * byte_pen::longest_number);
        to.moment(what);
        take(to);
    }
    void moment(const instant& what, std::size_t boot_index, instant_steps& steps) {
        byte_pen to = pen(3 * byte_pen::longest_number);
        to.moment(what, boot_index, steps);
        take(to);
    }
    void text(text_view what) {
        number(what.size());
        std::memcpy(pen(what.size()).place(), what.data(), what.size());
        used_ += what.size();
    }

    /// What was written.
    [[nodiscard]] text_view bytes() const noexcept { return {bytes_.data(), used_}; }

private:
    std::string bytes_;
    std::size_t used_ = 0;
};

/// Reads what a byte_sink wrote, or whatever else it is given: after anything that cannot be, it is
/// not good() any more, and gives zeros.
class byte_source {
public:
    explicit byte_source(text_view from) noexcept
        : at_(reinterpret_cast<const unsigned char*>(from.data())), end_(at_ + from.size()) {}

    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] bool at_end() const noexcept { return at_ == end_; }
    void fail() noexcept {
        good_ = false;
        at_ = end_;
    }
    /// Goes on only if this holds.
    void check(bool holds) noexcept {
        if (!holds) fail();
    }

    std::uint64_t number() noexcept {
        std::uint64_t value = 0;
        for (unsigned shift = 0; at_ != end_; shift += 7) {
            const std::uint64_t byte = *at_++;
            if (shift == 63 && byte > 1) break;
            value |= (byte & 127) << shift;
            if (byte < 128) return value;
        }
        fail();
        return 0;
    }
    /// A number below this.
    std::uint64_t below(std::uint64_t bound) noexcept {
        const std::uint64_t value = number();
        check(value < bound);
        return good_ ? value : 0;
    }
    /// How many of something follow. Each takes a byte at least, so memory is bounded by the bytes.
    std::size_t how_many(std::size_t at_most) noexcept {
        const std::uint64_t value = number();
        check(value <= at_most && value <= static_cast<std::size_t>(end_ - at_));
        return good_ ? value : 0;
    }
    std::uint64_t difference(std::uint64_t from) noexcept { return unzigzag(number()) + from; }
    duration length_of_time() noexcept {
        return duration::nanoseconds(static_cast<std::int64_t>(unzigzag(number())));
    }
    template <std::size_t Width> std::uint64_t fixed() noexcept {
        check(static_cast<std::size_t>(end_ - at_) >= Width);
        if (!good_) return 0;
        std::uint64_t value = 0;
        for (std::size_t byte = 0; byte != Width; ++byte)
            value |= std::uint64_t{*at_++} << (8 * byte);
        return value;
    }
    /// A view of the bytes that are read.
    text_view text(std::size_t longest) noexcept {
        const std::size_t length = how_many(longest);
        const text_view found(reinterpret_cast<const char*>(at_), length);
        at_ += length;
        return found;
    }
    time_point moment() noexcept {
        const bool is_known = below(2) != 0;
        const duration since_epoch = length_of_time();
        return is_known ? time_point::since_epoch(since_epoch) : time_point{};
    }
    instant moment(const std::vector<std::uint64_t>& boots, instant_steps& steps) noexcept {
        const std::uint64_t head = below(2 * boots.size());
        const std::uint64_t wall_step = unzigzag(number());
        steps.since_boot += unzigzag(number()) + wall_step;
        steps.wall += wall_step;
        instant made;
        if (!good_) return made;
        if ((head & 1) != 0)
            made.wall = time_point::since_epoch(
                duration::nanoseconds(static_cast<std::int64_t>(steps.wall)));
        made.since_boot = duration::nanoseconds(static_cast<std::int64_t>(steps.since_boot));
        made.boot = boots[head >> 1];
        return made;
    }

private:
    const unsigned char* at_;
    const unsigned char* end_;
    bool good_ = true;
};

}  // namespace shearpin::inline v1::detail
