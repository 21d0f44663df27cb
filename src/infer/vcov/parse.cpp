// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "infer/vcov.h"

namespace panelist {
namespace {

std::string usage_of(const VcovKind& kind) {
  if (!kind.usage.empty()) return std::string(kind.usage);
  return kind.max_columns > 0 ? fmt::format("{}(a) or {}(a, b)", kind.name, kind.name)
                              : std::string(kind.name);
}

std::string available_kinds() {
  std::vector<std::string> words;
  for (const VcovKind& kind : vcov_kinds()) words.push_back(usage_of(kind));
  words.emplace_back("robust (= hc1)");
  return join(words, ", ");
}

bool is_name_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '.';
}

// Reads "kind" or "kind(argument, argument)" and keeps the place of what it reads.
class Reader {
 public:
  Reader(std::string_view text, const Span& place, Diagnostics& diagnostics)
      : text_(text), place_(place), diagnostics_(diagnostics) {}

  bool read(VcovSpec& spec) {
    skip_blanks();
    kind_begin_ = at_;
    while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
    spec.kind = lower_ascii(text_.substr(kind_begin_, at_ - kind_begin_));
    kind_end_ = at_;
    if (spec.kind.empty()) return fail(at_, "the kind of standard errors is missing");
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == '(' && !read_arguments(spec)) return false;
    skip_blanks();
    if (at_ < text_.size()) return fail(at_, fmt::format("`{}` is not understood here", rest()));
    return true;
  }

  [[nodiscard]] Span kind_span() const { return span(kind_begin_, kind_end_); }

 private:
  bool read_arguments(VcovSpec& spec) {
    ++at_;
    for (;;) {
      skip_blanks();
      if (at_ < text_.size() && text_[at_] == ')' && spec.columns.empty() && spec.numbers.empty()) break;
      if (!read_argument(spec)) return false;
      skip_blanks();
      if (at_ >= text_.size()) return fail(at_, "the closing parenthesis is missing");
      if (text_[at_] == ')') break;
      if (text_[at_] != ',') return fail(at_, fmt::format("a comma or `)` was expected before `{}`", rest()));
      ++at_;
    }
    ++at_;
    return true;
  }

  // A number, or one or several column names joined by ^.
  bool read_argument(VcovSpec& spec) {
    const std::size_t begin = at_;
    std::string column;
    for (;;) {
      std::string name;
      if (!read_name(name)) return false;
      column += column.empty() ? name : "^" + name;
      skip_blanks();
      if (at_ >= text_.size() || text_[at_] != '^') break;
      ++at_;
      skip_blanks();
    }
    const bool quoted = text_[begin] == '`';
    if (!quoted && number_of(column)) column += unit_after();
    keep(spec, column, quoted);
    return true;
  }

  // "300 km": the unit of a number may stand apart.
  std::string unit_after() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
    return begin == at_ ? "" : lower_ascii(text_.substr(begin, at_ - begin));
  }

  // A word of the kind, a number (kilometres may say so), else a column.
  void keep(VcovSpec& spec, const std::string& argument, bool quoted) const {
    const VcovKind* kind = find_vcov_kind(spec.kind);
    const std::string lower = lower_ascii(argument);
    const bool columns_first = kind != nullptr && static_cast<int>(spec.columns.size()) >= kind->min_columns;
    const auto number = quoted ? std::nullopt : number_of(argument);
    if (!quoted && columns_first && spec.option.empty() &&
        std::find(kind->options.begin(), kind->options.end(), lower) != kind->options.end()) {
      spec.option = lower;
    } else if (number) {
      spec.numbers.push_back(*number);
    } else {
      spec.columns.push_back(argument);
    }
  }

  static std::optional<double> number_of(std::string_view argument) {
    if (argument.ends_with("km")) argument.remove_suffix(2);
    return parse_number(argument);
  }

  bool read_name(std::string& name) {
    if (at_ < text_.size() && text_[at_] == '`') {
      const std::size_t end = text_.find('`', at_ + 1);
      if (end == std::string_view::npos) return fail(at_, "the closing backquote is missing");
      name = std::string(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
    } else {
      const std::size_t begin = at_;
      if (signs_a_number()) ++at_;
      while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
      name = std::string(text_.substr(begin, at_ - begin));
    }
    return name.empty() ? fail(at_, "a column name was expected") : true;
  }

  // No column begins with a sign, but a number out of its range may.
  [[nodiscard]] bool signs_a_number() const {
    return at_ + 1 < text_.size() && (text_[at_] == '-' || text_[at_] == '+') &&
           (std::isdigit(static_cast<unsigned char>(text_[at_ + 1])) != 0 || text_[at_ + 1] == '.');
  }

  bool fail(std::size_t at, std::string message) {
    diagnostics_.error("vcov.syntax", fmt::format("in vcov `{}`: {}", text_, message),
                       span(at, std::min(at + 1, text_.size())), "write one of: " + available_kinds());
    return false;
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {place_.file, place_.begin + begin, place_.begin + std::max(end, begin)};
  }

  std::string_view text_;
  const Span& place_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0, kind_begin_ = 0, kind_end_ = 0;
};

void report_unknown_kind(const VcovSpec& spec, const Span& span, Diagnostics& diagnostics) {
  std::vector<std::string> names = {"robust"};
  for (const VcovKind& kind : vcov_kinds()) names.emplace_back(kind.name);
  const std::string near = nearest(spec.kind, names);
  diagnostics.error("vcov.unknown_kind", fmt::format("there is no vcov `{}`", spec.kind), span,
                    near.empty() ? "write one of: " + available_kinds()
                                 : fmt::format("did you mean `{}`? Available: {}", near, available_kinds()));
}

// What is wrong with the arguments, and what to write.
struct Complaint {
  std::string message, hint;
};

bool is_of_places(const VcovKind& kind) { return kind.columns == VcovKind::Columns::coordinates; }

std::string_view word_for_options(const VcovKind& kind) {
  return kind.needs_time || is_of_places(kind) ? "kernel" : "option";
}

// "write nw, nw(lags) or nw(lags, kernel); kernels: bartlett, parzen, qs, truncated"
std::string write_usage(const VcovKind& kind) {
  std::string hint = "write " + usage_of(kind);
  if (word_for_options(kind) == "kernel" && !kind.options.empty())
    hint += fmt::format("; kernels: {}", join({kind.options.begin(), kind.options.end()}, ", "));
  return hint;
}

// "300miles" where kilometres stand: a number and a unit of length, in kilometres.
std::optional<double> other_unit(std::string_view argument) {
  static constexpr std::pair<std::string_view, double> units[] = {
      {"miles", 1.609344}, {"mile", 1.609344}, {"mi", 1.609344},  {"metres", 0.001}, {"meters", 0.001},
      {"m", 0.001},        {"ft", 0.0003048},  {"kilometres", 1}, {"kilometers", 1}};
  for (const auto& [unit, kilometres] : units) {
    if (!argument.ends_with(unit)) continue;
    if (const auto number = parse_number(trim(argument.substr(0, argument.size() - unit.size()))))
      return *number * kilometres;
  }
  return std::nullopt;
}

std::string columns_words(const VcovKind& kind) {
  return kind.max_columns == 0   ? "no columns"
         : kind.max_columns == 1 ? "one column"
                                 : fmt::format("at most {} columns", kind.max_columns);
}

// A column too many: perhaps an option that does not exist, or a distance in another unit.
Complaint column_too_many(const VcovSpec& spec, const VcovKind& kind) {
  const std::string& last = spec.columns.back();
  if (const auto distance = is_of_places(kind) ? other_unit(last) : std::nullopt)
    return {fmt::format("`{}`: distances are in kilometres", last),
            fmt::format("write {}km", shortest(std::round(1000 * *distance) / 1000))};
  if (kind.options.empty())
    return {fmt::format("vcov `{}` takes {}", kind.name, columns_words(kind)), write_usage(kind)};
  const std::vector<std::string> options(kind.options.begin(), kind.options.end());
  const std::string near = nearest(lower_ascii(last), options);
  return {fmt::format("`{}` is no {} of vcov `{}`, which takes {} and knows {}", last, word_for_options(kind),
                      kind.name, columns_words(kind), join(options, ", ")),
          near.empty() ? write_usage(kind) : fmt::format("did you mean `{}`? {}", near, write_usage(kind))};
}

Complaint count_complaint(const VcovSpec& spec, const VcovKind& kind) {
  const auto columns = static_cast<int>(spec.columns.size());
  const auto numbers = static_cast<int>(spec.numbers.size());
  if (columns > kind.max_columns) return column_too_many(spec, kind);
  std::string message;
  if (columns < kind.min_columns)
    message = fmt::format("vcov `{}` needs the columns {}", kind.name,
                          is_of_places(kind) ? "of latitude and longitude" : "to cluster by");
  else if (numbers < kind.min_numbers)
    message = fmt::format("vcov `{}` needs the cutoff in kilometres", kind.name);
  else if (numbers > kind.max_numbers)
    message =
        fmt::format("vcov `{}` takes {}", kind.name, kind.max_numbers == 0 ? "no number" : "one number");
  return {message, write_usage(kind)};
}

Complaint value_complaint(const VcovSpec& spec, const VcovKind& kind) {
  for (auto column = spec.columns.begin(); column != spec.columns.end(); ++column)
    if (std::find(spec.columns.begin(), column, *column) != column)
      return {fmt::format("vcov `{}` names the column `{}` twice", kind.name, *column), write_usage(kind)};
  for (const double number : spec.numbers) {
    if (kind.needs_time && (number < 0 || number != std::floor(number)))
      return {fmt::format("{} is no number of lags: 0, 1, 2, ...", number), write_usage(kind)};
    if (!kind.needs_time && number <= 0) return {fmt::format("{} is no distance", number), write_usage(kind)};
  }
  return {};
}

bool arguments_fit(const VcovSpec& spec, const VcovKind& kind, Diagnostics& diagnostics) {
  Complaint wrong = count_complaint(spec, kind);
  if (wrong.message.empty()) wrong = value_complaint(spec, kind);
  if (wrong.message.empty()) return true;
  diagnostics.error("vcov.arguments", wrong.message, spec.span, wrong.hint);
  return false;
}

std::string canonical_text(const VcovSpec& spec, const VcovKind& kind) {
  std::vector<std::string> arguments = spec.columns;
  for (const double number : spec.numbers)
    arguments.push_back(shortest(number) + (is_of_places(kind) ? "km" : ""));
  if (!spec.option.empty()) arguments.push_back(spec.option);
  return arguments.empty() ? spec.kind : fmt::format("{}({})", spec.kind, join(arguments, ", "));
}

}  // namespace

void ask_frame(const VcovSpec& spec, FrameOptions& options) {
  options.clusters = spec.columns;
  options.needed_columns.insert(options.needed_columns.end(), spec.coordinates.begin(),
                                spec.coordinates.end());
}

VcovSpec parse_vcov(std::string_view text, const Span& place, Diagnostics& diagnostics) {
  VcovSpec spec;
  Reader reader(text, place, diagnostics);
  spec.span = {place.file, place.begin, place.begin + text.size()};
  if (!reader.read(spec)) return {};
  spec.said_robust = spec.kind == "robust";
  if (spec.said_robust) spec.kind = "hc1";
  const VcovKind* kind = find_vcov_kind(spec.kind);
  if (kind == nullptr) {
    report_unknown_kind(spec, reader.kind_span(), diagnostics);
    return {};
  }
  if (!arguments_fit(spec, *kind, diagnostics)) return {};
  spec.text = canonical_text(spec, *kind);
  if (kind->columns == VcovKind::Columns::coordinates) spec.coordinates.swap(spec.columns);
  return spec;
}

}  // namespace panelist
