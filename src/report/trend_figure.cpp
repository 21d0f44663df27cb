// SPDX-License-Identifier: Apache-2.0
// A line chart as SVG: round axis ticks, direct legend, the Okabe-Ito palette that colour-blind readers can tell apart.
#include <fmt/format.h>

#include "base/text.h"
#include "report/writers/all.h"

namespace panelist {

namespace {

constexpr double width = 760, height = 420, left = 72, top = 48, bottom = 56;
constexpr double legend_line = 18, glyph = 7.2, most_legend = 240;
constexpr const char* palette[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                   "#E69F00", "#56B4E9", "#000000", "#999933"};
constexpr const char* dashes[] = {"", "6 3", "2 3", "8 3 2 3"};

struct Axis {
  double low = 0, high = 1, step = 1;
  double from = 0, to = 1;  // pixels
  [[nodiscard]] double place(double value) const { return from + (value - low) / (high - low) * (to - from); }
};

// 1, 2 or 5 times a power of ten, about `parts` steps over the range.
double round_step(double range, int parts) {
  const double rough = range / parts;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double lead = rough / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

Axis axis_over(const std::vector<TrendLine>& lines, std::vector<double> TrendLine::* values, bool widen) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const TrendLine& line : lines)
    for (const double value : line.*values)
      if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  if (!(low <= high)) low = 0, high = 1;
  if (low == high) low -= 0.5, high += 0.5;
  Axis axis;
  axis.step = round_step(high - low, widen ? 5 : 8);
  if (!widen) axis.step = std::max(1.0, axis.step);
  axis.low = widen ? std::floor(low / axis.step) * axis.step : low;
  axis.high = widen ? std::ceil(high / axis.step) * axis.step : high;
  return axis;
}

std::string tick_text(double value, double step) {
  const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
  return fixed(value, std::min(decimals, 8));
}

std::string text_at(double x, double y, const std::string& text, const char* anchor, const char* more = "") {
  return fmt::format(R"(<text x="{}" y="{}" text-anchor="{}"{}>{}</text>)"
                     "\n",
                     fixed(x, 1), fixed(y, 1), anchor, more, html_escape(text));
}

std::string line_at(double x1, double y1, double x2, double y2, const char* colour) {
  return fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"/>)"
                     "\n",
                     fixed(x1, 1), fixed(y1, 1), fixed(x2, 1), fixed(y2, 1), colour);
}

class TrendChart {
 public:
  explicit TrendChart(const TrendFigure& figure)
      : figure_(figure),
        x_(axis_over(figure.lines, &TrendLine::x, false)),
        y_(axis_over(figure.lines, &TrendLine::y, true)) {
    double widest = 0;
    for (const TrendLine& line : figure.lines)
      widest = std::max(widest, glyph * static_cast<double>(display_width(line.name)));
    legend_ = std::min(widest, most_legend) + 48;
    full_height_ = std::max(height, top + bottom + legend_line * static_cast<double>(figure.lines.size()));
    x_.from = left, x_.to = width - legend_;
    y_.from = full_height_ - bottom, y_.to = top;
  }

  std::string draw() const {
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" "
        "role=\"img\" "
        "font-family=\"'Times New Roman','Noto Serif CJK SC',SimSun,serif\" "
        "font-size=\"13\">\n<title>{2}</title>\n"
        "<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n",
        fixed(width, 0), fixed(full_height_, 0), html_escape(figure_.title));
    out += text_at(left, 26, figure_.title, "start", " font-weight=\"bold\" font-size=\"15\"");
    out += axes();
    for (std::size_t i = 0; i < figure_.lines.size(); ++i) out += line(i) + legend(i);
    return out + "</svg>\n";
  }

 private:
  std::string axes() const {
    std::string out;
    for (double tick = y_.low; tick <= y_.high + y_.step / 2; tick += y_.step) {
      out += line_at(x_.from, y_.place(tick), x_.to, y_.place(tick), "#ddd");
      out += text_at(x_.from - 8, y_.place(tick) + 4, tick_text(tick, y_.step), "end");
    }
    const double first = std::ceil(x_.low / x_.step) * x_.step;
    for (double tick = first; tick <= x_.high + 1e-9; tick += x_.step) {
      out += line_at(x_.place(tick), y_.from, x_.place(tick), y_.from + 5, "#333");
      out += text_at(x_.place(tick), y_.from + 20, tick_text(tick, x_.step), "middle");
    }
    out += line_at(x_.from, y_.from, x_.to, y_.from, "#333");
    out += text_at((x_.from + x_.to) / 2, full_height_ - 12, figure_.x_label, "middle");
    const std::string turn =
        fmt::format(" transform=\"rotate(-90 18 {0})\"", fixed((y_.from + y_.to) / 2, 1));
    return out + text_at(18, (y_.from + y_.to) / 2, figure_.y_label, "middle", turn.c_str());
  }

  static std::string look(std::size_t i) {
    const std::string dash = dashes[(i / std::size(palette)) % std::size(dashes)];
    const std::string colour = fmt::format("stroke=\"{}\"", palette[i % std::size(palette)]);
    return dash.empty() ? colour : colour + fmt::format(" stroke-dasharray=\"{}\"", dash);
  }

  // A missing value breaks the line; a point alone is a dot.
  std::string line(std::size_t i) const {
    const TrendLine& trend = figure_.lines[i];
    std::string path, dots;
    bool pen_down = false;
    for (std::size_t k = 0; k < std::min(trend.x.size(), trend.y.size()); ++k) {
      if (!std::isfinite(trend.x[k]) || !std::isfinite(trend.y[k])) {
        pen_down = false;
        continue;
      }
      const std::string x = fixed(x_.place(trend.x[k]), 1), y = fixed(y_.place(trend.y[k]), 1);
      path += fmt::format("{}{},{}", pen_down ? "L" : "M", x, y);
      dots += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"2.5\" fill=\"{}\"/>", x, y,
                          palette[i % std::size(palette)]);
      pen_down = true;
    }
    return fmt::format("<g><path d=\"{}\" fill=\"none\" stroke-width=\"2\" {}/>{}</g>\n", path, look(i),
                       dots);
  }

  std::string legend(std::size_t i) const {
    const double y = top + legend_line * static_cast<double>(i) + 4;
    const double x = x_.to + 16;
    return fmt::format("<path d=\"M{0},{2}L{1},{2}\" stroke-width=\"2\" {3}/>\n", fixed(x, 1),
                       fixed(x + 20, 1), fixed(y, 1), look(i)) +
           text_at(x + 26, y + 4, figure_.lines[i].name, "start");
  }

  const TrendFigure& figure_;
  Axis x_, y_;
  double legend_ = 0, full_height_ = height;
};

}  // namespace

std::string trend_svg(const TrendFigure& figure) { return TrendChart(figure).draw(); }

}  // namespace panelist
