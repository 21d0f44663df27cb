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
    keep(spec, column, text_[begin] == '`');
    return true;
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
      while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
      name = std::string(text_.substr(begin, at_ - begin));
    }
    return name.empty() ? fail(at_, "a column name was expected") : true;
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

std::string count_complaint(const VcovSpec& spec, const VcovKind& kind) {
  const auto columns = static_cast<int>(spec.columns.size());
  const auto numbers = static_cast<int>(spec.numbers.size());
  const bool places = kind.columns == VcovKind::Columns::coordinates;
  if (columns < kind.min_columns)
    return fmt::format("vcov `{}` needs the columns {}", kind.name,
                       places ? "of latitude and longitude" : "to cluster by");
  if (columns > kind.max_columns)
    return fmt::format(
        "vcov `{}` takes {}", kind.name,
        kind.max_columns == 0 ? "no columns" : fmt::format("at most {} columns", kind.max_columns));
  if (numbers < kind.min_numbers) return fmt::format("vcov `{}` needs the cutoff in kilometres", kind.name);
  if (numbers > kind.max_numbers)
    return fmt::format("vcov `{}` takes {}", kind.name, kind.max_numbers == 0 ? "no number" : "one number");
  return "";
}

std::string value_complaint(const VcovSpec& spec, const VcovKind& kind) {
  for (auto column = spec.columns.begin(); column != spec.columns.end(); ++column)
    if (std::find(spec.columns.begin(), column, *column) != column)
      return fmt::format("vcov `{}` names the column `{}` twice", kind.name, *column);
  for (const double number : spec.numbers) {
    if (kind.needs_time && (number < 0 || number != std::floor(number)))
      return fmt::format("{} is no number of lags", number);
    if (!kind.needs_time && number <= 0) return fmt::format("{} is no distance", number);
  }
  return "";
}

bool arguments_fit(const VcovSpec& spec, const VcovKind& kind, Diagnostics& diagnostics) {
  std::string wrong = count_complaint(spec, kind);
  if (wrong.empty()) wrong = value_complaint(spec, kind);
  if (wrong.empty()) return true;
  diagnostics.error("vcov.arguments", wrong, spec.span, "write " + usage_of(kind));
  return false;
}

std::string canonical_text(const VcovSpec& spec, const VcovKind& kind) {
  std::vector<std::string> arguments = spec.columns;
  for (const double number : spec.numbers)
    arguments.push_back(shortest(number) + (kind.columns == VcovKind::Columns::coordinates ? "km" : ""));
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
