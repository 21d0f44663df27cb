// SPDX-License-Identifier: Apache-2.0
#include "policy/treatment.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "base/text.h"

namespace panelist {

namespace {

bool means_never(const std::string& text) {
  const std::string word = lower_ascii(std::string(trim(text)));
  return word.empty() || word == "never" || word == "从未" || word == "0" || word == "inf";
}

[[noreturn]] void refuse_cohort(const std::string& column, const std::string& written) {
  throw Error("policy.bad_cohort",
              fmt::format("`{}` in column `{}` is no time of the panel", written, column),
              "give the first treated time as the panel's time column does; leave it blank for never",
              "column " + column);
}

// Times of the panel beside their cells in the time column, numbers or texts, ascending.
class TimeAxis {
 public:
  TimeAxis(const Table& table, const Panel& panel) : panel_(panel), column_(table.at(panel.keys.time)) {
    if (column_.is_text()) return;
    for (std::size_t row = 0; row < table.rows(); ++row)
      numbers_.emplace_back(column_.cells()[row], panel.time[row]);
    std::sort(numbers_.begin(), numbers_.end());
    numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
  }

  // The first treated time of a cell of the cohort column.
  [[nodiscard]] std::int64_t of(const Column& cohort, std::size_t row, const std::string& name) const {
    if (cohort.is_missing(row)) return never_treated;
    if (cohort.is_text()) return of_text(cohort.text_at(row), name);
    return of_number(cohort.cells()[row], cohort.text_at(row), name);
  }

 private:
  [[nodiscard]] std::int64_t of_text(const std::string& text, const std::string& name) const {
    if (means_never(text)) return never_treated;
    const std::string cell(trim(text));
    for (std::size_t t = 0; t < panel_.times.size(); ++t)
      if (panel_.time_names[t] == cell) return panel_.times[t];
    const std::optional<double> number = parse_number(cell);
    if (!number) refuse_cohort(name, cell);
    return of_number(*number, cell, name);
  }

  [[nodiscard]] std::int64_t of_number(double value, const std::string& text, const std::string& name) const {
    if (value == 0 || std::isinf(value)) return never_treated;
    if (numbers_.empty()) return on_axis(value, text, name);
    const auto later = std::lower_bound(
        numbers_.begin(), numbers_.end(), value,
        [](const std::pair<double, std::int64_t>& entry, double wanted) { return entry.first < wanted; });
    if (later == numbers_.end()) return never_treated;
    const bool plain = later->first == static_cast<double>(later->second);
    return plain ? on_axis(value, text, name) : later->second;
  }

  // The time itself, moved on to the next one of the axis.
  [[nodiscard]] std::int64_t on_axis(double value, const std::string& text, const std::string& name) const {
    if (std::abs(value) > 1e15) refuse_cohort(name, text);
    const auto whole = static_cast<std::int64_t>(std::ceil(value));
    const std::int64_t start = panel_.times.front(), step = panel_.step;
    const std::int64_t behind = (whole - start) % step;
    const std::int64_t moved = behind == 0 ? whole : whole + (behind > 0 ? step - behind : -behind);
    return moved > panel_.times.back() ? never_treated : moved;
  }

  const Panel& panel_;
  const Column& column_;
  std::vector<std::pair<double, std::int64_t>> numbers_;
};

std::string unit_words(const Panel& panel, std::size_t unit) {
  return fmt::format("{} {}", panel.keys.unit, panel.unit_names[unit]);
}

void read_cohorts(const std::string& name, const Table& table, const Panel& panel, Treatment& out) {
  const Column& cohort = table.at(name);
  const TimeAxis axis(table, panel);
  for (std::size_t unit = 0; unit < panel.unit_names.size(); ++unit)
    for (std::size_t k = panel.unit_begin[unit]; k < panel.unit_begin[unit + 1]; ++k) {
      const std::int64_t first = axis.of(cohort, panel.order[k], name);
      if (k > panel.unit_begin[unit] && first != out.first[unit])
        throw Error(
            "policy.cohort_changes",
            fmt::format("the first treated time of {} changes from row to row", unit_words(panel, unit)),
            "give each unit one first treated time in all its rows; for a 0/1 column say treated",
            "column " + name);
      out.first[unit] = first;
    }
}

// 0 or 1, or nothing when missing.
std::optional<bool> switch_at(const Column& treated, std::size_t row, const std::string& name) {
  if (treated.is_missing(row)) return std::nullopt;
  const double value = treated.cells()[row];
  if (value != 0 && value != 1)
    throw Error("policy.not_zero_one",
                fmt::format("`{}` has the value {}: a treatment column is 0 or 1", name, shortest(value)),
                "give the first treated time as a cohort column, or derive a 0/1 column", "column " + name);
  return value == 1;
}

// Missing cells before the first 1 and after the last 0: the start lies somewhere among them.
void mark_unknown(const std::string& name, const Table& table, const Panel& panel, std::size_t unit,
                  Treatment& out) {
  const Column& treated = table.at(name);
  std::size_t after_last_zero = panel.unit_begin[unit], before_first_one = panel.unit_begin[unit + 1];
  for (std::size_t k = panel.unit_begin[unit]; k < panel.unit_begin[unit + 1]; ++k) {
    const std::size_t row = panel.order[k];
    if (treated.is_missing(row)) continue;
    if (treated.cells()[row] == 0)
      after_last_zero = k + 1;
    else
      before_first_one = std::min(before_first_one, k);
  }
  for (std::size_t k = after_last_zero; k < before_first_one; ++k) out.unknown[panel.order[k]] = true;
}

void read_switches(const std::string& name, const Table& table, const Panel& panel, Treatment& out) {
  const Column& treated = table.at(name);
  if (treated.is_text())
    throw Error("policy.not_zero_one", fmt::format("`{}` is text: a treatment column is 0 or 1", name),
                "derive a 0/1 column, or say cohort for a column of times", "column " + name);
  out.unknown.assign(table.rows(), false);
  for (std::size_t unit = 0; unit < panel.unit_names.size(); ++unit) {
    for (std::size_t k = panel.unit_begin[unit]; k < panel.unit_begin[unit + 1]; ++k) {
      const std::size_t row = panel.order[k];
      const std::optional<bool> on = switch_at(treated, row, name);
      if (!on) continue;
      if (*on && out.first[unit] == never_treated) out.first[unit] = panel.time[row];
      if (!*on && out.first[unit] != never_treated)
        throw Error(
            "policy.not_absorbing",
            fmt::format("treatment `{}` ends in {}: these methods need one that stays once it started", name,
                        unit_words(panel, unit)),
            "leave such units out by `where`, or define the treatment by its first start", "column " + name);
    }
    mark_unknown(name, table, panel, unit, out);
  }
}

}  // namespace

Treatment read_treatment(const TreatmentSpec& spec, const Table& table, const Panel* panel) {
  if (panel == nullptr || panel->keys.time.empty())
    throw Error("policy.no_panel", "a policy's timing needs units and times",
                "name the panel: panel = [\"unit\", \"time\"], or --panel UNIT,TIME");
  if (spec.cohort.empty() == spec.treated.empty())
    throw Error("policy.missing_treatment", "say when units are treated, in one of two ways",
                "cohort: a column with the first treated time; treated: a column that is 0 and then 1");
  Treatment out;
  out.column = spec.column();
  out.first.assign(panel->unit_names.size(), never_treated);
  if (spec.treated.empty())
    read_cohorts(spec.cohort, table, *panel, out);
  else
    read_switches(spec.treated, table, *panel, out);
  if (std::all_of(out.first.begin(), out.first.end(), [](std::int64_t t) { return t == never_treated; }))
    throw Error("policy.nobody_treated",
                fmt::format("no unit is treated by `{}` within the data", out.column),
                "check the column and its times", "column " + out.column);
  return out;
}

}  // namespace panelist
