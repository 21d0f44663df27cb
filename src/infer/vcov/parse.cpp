// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "infer/vcov.h"

namespace panelist {
namespace {

// Named in the command's reference, waiting for their issue.
constexpr std::array<std::string_view, 5> announced_kinds = {"cr2", "cr3", "nw", "dk", "conley"};

std::string usage_of(const VcovKind& kind) {
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
    const auto number = text_[begin] == '`' ? std::nullopt : parse_number(column);
    if (number) {
      spec.numbers.push_back(*number);
    } else {
      spec.columns.push_back(column);
    }
    return true;
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
  if (std::find(announced_kinds.begin(), announced_kinds.end(), spec.kind) != announced_kinds.end()) {
    diagnostics.error("vcov.not_available",
                      fmt::format("vcov `{}` is not available in this version", spec.kind), span,
                      "available: " + available_kinds());
    return;
  }
  std::vector<std::string> names = {"robust"};
  for (const VcovKind& kind : vcov_kinds()) names.emplace_back(kind.name);
  const std::string near = nearest(spec.kind, names);
  diagnostics.error("vcov.unknown_kind", fmt::format("there is no vcov `{}`", spec.kind), span,
                    near.empty() ? "write one of: " + available_kinds()
                                 : fmt::format("did you mean `{}`? Available: {}", near, available_kinds()));
}

bool arguments_fit(const VcovSpec& spec, const VcovKind& kind, Diagnostics& diagnostics) {
  const auto columns = static_cast<int>(spec.columns.size());
  const auto numbers = static_cast<int>(spec.numbers.size());
  std::string wrong;
  if (columns < kind.min_columns) {
    wrong = fmt::format("vcov `{}` needs the columns to cluster by", kind.name);
  } else if (columns > kind.max_columns) {
    wrong = fmt::format(
        "vcov `{}` takes {}", kind.name,
        kind.max_columns == 0 ? "no columns" : fmt::format("at most {} columns", kind.max_columns));
  } else if (numbers > kind.max_numbers) {
    wrong = fmt::format("vcov `{}` takes no number", kind.name);
  } else {
    for (auto column = spec.columns.begin(); column != spec.columns.end() && wrong.empty(); ++column)
      if (std::find(spec.columns.begin(), column, *column) != column)
        wrong = fmt::format("vcov `{}` names the column `{}` twice", kind.name, *column);
  }
  if (wrong.empty()) return true;
  diagnostics.error("vcov.arguments", wrong, spec.span, "write " + usage_of(kind));
  return false;
}

std::string canonical_text(const VcovSpec& spec) {
  std::vector<std::string> arguments = spec.columns;
  for (const double number : spec.numbers) arguments.push_back(shortest(number));
  return arguments.empty() ? spec.kind : fmt::format("{}({})", spec.kind, join(arguments, ", "));
}

}  // namespace

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
  spec.text = canonical_text(spec);
  return spec;
}

}  // namespace panelist
