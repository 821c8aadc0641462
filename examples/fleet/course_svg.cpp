// SPDX-License-Identifier: BSL-1.0
#include "course.hpp"

#include <algorithm>
#include <sstream>

#include "history.hpp"
#include "times.hpp"

namespace fleet {

namespace {

constexpr double width = 760;
constexpr double head = 48;               // the title
constexpr double panel = 210;             // one pool, with its own title and the times below
constexpr double left = 70, right = 110;  // beside the drawing, for numbers
constexpr double above = 34, below = 34;  // within a panel

std::string escaped(const std::string& text) {
    std::string safe;
    for (const char each : printable(text)) switch (each) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            default:
                safe += each;
        }
    return safe;
}

class drawing {
public:
    explicit drawing(const course& shown) : shown_(shown) {
        out_.precision(1);
        out_ << std::fixed;
    }

    std::string finish(const std::string& title) {
        const double height = head + panel * static_cast<double>(shown_.pools.size());
        out_ << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << width << ' ' << height
             << "\" width=\"" << width << "\" height=\"" << height
             << "\" font-family=\"sans-serif\" font-size=\"12\">\n"
             << "<title>" << escaped(title) << "</title>\n"
             << "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
        text(left, 28, "start", title, "font-size=\"15\" font-weight=\"bold\"");
        double top = head;
        for (const pool_course& each : shown_.pools) {
            pool(each, top);
            top += panel;
        }
        out_ << "</svg>\n";
        return out_.str();
    }

private:
    void text(double x, double y, const char* anchor, const std::string& what,
              const char* how = "") {
        out_ << "<text x=\"" << x << "\" y=\"" << y << "\" text-anchor=\"" << anchor << "\" " << how
             << ">" << escaped(what) << "</text>\n";
    }
    void line(double x1, double y1, double x2, double y2, const char* how) {
        out_ << "<line x1=\"" << x1 << "\" y1=\"" << y1 << "\" x2=\"" << x2 << "\" y2=\"" << y2
             << "\" " << how << "/>\n";
    }

    /// Where a wave stands. Some room is before the first and behind the last.
    double x_of(std::size_t wave) const {
        const double room = width - left - right;
        const auto last = static_cast<double>(shown_.begins.back().in_nanoseconds());
        const double share =
            last > 0 ? static_cast<double>(shown_.begins[wave].in_nanoseconds()) / last
                     : static_cast<double>(wave) / static_cast<double>(shown_.begins.size());
        return left + room * (0.05 + 0.88 * share);
    }

    void pool(const pool_course& shown, double top) {
        const shearpin::count most = std::max(
            {shown.at_first.size, shown.at_first.available, shown.floor, shearpin::count{1}});
        const shearpin::count lowest = std::min(shown.floor, shown.last());
        // From a little below what is lowest, so that a floor near the size can be seen.
        const double span = std::max(1.0, static_cast<double>(most - lowest));
        const double base = std::max(0.0, static_cast<double>(lowest) - span / 4);
        const double y0 = top + panel - below;
        const double y1 = top + above;
        const auto y_of = [&](shearpin::count value) {
            return y0 - (y0 - y1) * (static_cast<double>(value) - base) /
                            (static_cast<double>(most) - base);
        };
        const double end = width - right;
        text(left, top + 20, "start",
             shown.name + ": " + std::to_string(shown.at_first.available) + " serve, then " +
                 std::to_string(shown.last()),
             "font-weight=\"bold\"");

        std::ostringstream steps;
        steps.precision(1);
        steps << std::fixed << "M " << left << ' ' << y_of(shown.at_first.available);
        for (std::size_t wave = 0; wave != shown.left.size(); ++wave)
            steps << " H " << x_of(wave) << " V " << y_of(shown.left[wave]);
        steps << " H " << end;
        out_ << "<path d=\"" << steps.str() << " V " << y0 << " H " << left
             << " Z\" fill=\"#cfe3f5\"/>\n"
             << "<path d=\"" << steps.str()
             << "\" fill=\"none\" stroke=\"#1f6fb2\" stroke-width=\"2\"/>\n";
        line(left, y0, end, y0, "stroke=\"#888888\"");
        line(left, y_of(shown.floor), end, y_of(shown.floor),
             "stroke=\"#c0392b\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"");
        text(end + 6, y_of(shown.floor) + 4, "start", "floor " + shown.floor_stated,
             "fill=\"#c0392b\"");
        line(left, y_of(shown.at_first.size), end, y_of(shown.at_first.size),
             "stroke=\"#888888\" stroke-dasharray=\"2 3\"");
        text(left - 6, y_of(shown.at_first.size) + 4, "end",
             "size " + std::to_string(shown.at_first.size), "fill=\"#666666\"");
        text(left - 6, y0 + 4, "end", std::to_string(static_cast<shearpin::count>(base)),
             "fill=\"#666666\"");
        if (shown.floor + (most - shown.floor) / 8 < shown.last())
            text(end + 6, y_of(shown.last()) + 4, "start", std::to_string(shown.last()),
                 "fill=\"#1f6fb2\"");
        waves(y0);
    }

    /// The waves below a pool, with the times of as many as there is room for.
    void waves(double y0) {
        double free_from = 0;
        for (std::size_t wave = 0; wave != shown_.begins.size(); ++wave) {
            const double x = x_of(wave);
            line(x, y0, x, y0 + 5, "stroke=\"#888888\"");
            const std::string when = wave == 0 ? "now" : duration_text(shown_.begins[wave]);
            const double half = 3.5 * static_cast<double>(when.size()) + 4;
            if (x - half < free_from) continue;
            free_from = x + half;
            text(x, y0 + 19, "middle", when, "fill=\"#666666\"");
        }
    }

    const course& shown_;
    std::ostringstream out_;
};

}  // namespace

std::string draw_svg(const course& shown, const std::string& title) {
    return drawing(shown).finish(title);
}

}  // namespace fleet
