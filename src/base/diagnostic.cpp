// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace panelist {

Error::Error(Diagnostic diagnostic)
    : diagnostic_(std::move(diagnostic)), text_(diagnostic_.code + ": " + diagnostic_.message) {}

Error::Error(std::string code, std::string message, std::string hint, std::string subject)
    : Error(Diagnostic{.code = std::move(code),
                       .severity = Severity::error,
                       .message = std::move(message),
                       .span = {},
                       .subject = std::move(subject),
                       .notes = {},
                       .hint = std::move(hint)}) {}

void Diagnostics::add(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }

void Diagnostics::error(std::string code, std::string message, Span span, std::string hint) {
  add({std::move(code), Severity::error, std::move(message), std::move(span), "", {}, std::move(hint)});
}

void Diagnostics::warning(std::string code, std::string message, Span span, std::string hint) {
  add({std::move(code), Severity::warning, std::move(message), std::move(span), "", {}, std::move(hint)});
}

bool Diagnostics::has_errors() const {
  return std::any_of(items_.begin(), items_.end(),
                     [](const Diagnostic& item) { return item.severity == Severity::error; });
}

void Diagnostics::append(const Diagnostics& other) {
  items_.insert(items_.end(), other.items_.begin(), other.items_.end());
}

void Diagnostics::throw_first_error() const {
  for (const Diagnostic& item : items_)
    if (item.severity == Severity::error) throw Error(item);
}

namespace {

struct PrefixExit {
  std::string_view prefix;
  int exit_code;
};

constexpr std::array prefix_exits = {
    PrefixExit{"usage.", 2},      PrefixExit{"formula.", 2},    PrefixExit{"vcov.", 2},
    PrefixExit{"expression.", 2}, PrefixExit{"study.", 3},      PrefixExit{"index.", 3},
    PrefixExit{"data.", 4},       PrefixExit{"estimate.", 5},   PrefixExit{"infer.", 5},
    PrefixExit{"mechanism.", 5},  PrefixExit{"policy.", 5},     PrefixExit{"output.", 6},
    PrefixExit{"figure.", 3},     PrefixExit{"robustness.", 5}, PrefixExit{"shape.", 5},
};

// The place where a command-line text stands; everything else is a file the user wrote.
bool on_command_line(const Span& span) { return !span.known() || span.file.starts_with("<"); }

}  // namespace

int exit_code_of(const Diagnostic& diagnostic) {
  const std::string_view code = diagnostic.code;
  const bool unknown_column = code == "formula.unknown_column";
  if (code == "data.no_rows") return 5;
  for (const auto& [prefix, exit_code] : prefix_exits) {
    if (!code.starts_with(prefix)) continue;
    if (exit_code != 2 || prefix == "usage.") return exit_code;
    if (!on_command_line(diagnostic.span)) return 3;
    return unknown_column ? 4 : 2;
  }
  return 70;
}

namespace {

// Optimal string alignment distance on code points.
std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::u32string target = to_code_points(lower_ascii(word));
  const std::size_t most = std::max<std::size_t>(1, target.size() / 3);
  std::string best;
  std::size_t best_distance = most + 1;
  for (const std::string& candidate : candidates) {
    const std::u32string other = to_code_points(lower_ascii(candidate));
    const std::size_t gap =
        other.size() > target.size() ? other.size() - target.size() : target.size() - other.size();
    if (gap > most) continue;
    const std::size_t distance = edit_distance(target, other);
    if (distance >= std::min(best_distance, std::max<std::size_t>(target.size(), 1))) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

}  // namespace panelist
