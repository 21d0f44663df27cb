// SPDX-License-Identifier: Apache-2.0
#include "index/audit_between.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "index/cells.h"

namespace panelist {
namespace {

constexpr double twin_correlation = 0.98;

double correlation(const Vector& a, const Vector& b) {
  std::vector<Index> both;
  for (Index i = 0; i < a.size(); ++i)
    if (std::isfinite(a(i)) && std::isfinite(b(i))) both.push_back(i);
  if (both.size() < 3) return missing_value;
  const Vector p = a(both), q = b(both);
  const Vector x = p.array() - p.mean(), y = q.array() - q.mean();
  return x.dot(y) / std::sqrt(x.squaredNorm() * y.squaredNorm());
}

// Values less the mean of their unit.
Vector within_units(const Vector& values, const Panel& panel, const std::vector<std::size_t>& rows) {
  if (panel.unit.empty()) return values;
  std::vector<double> sum(panel.unit_names.size()), count(panel.unit_names.size());
  const auto unit = [&](Index i) {
    return static_cast<std::size_t>(panel.unit[rows[static_cast<std::size_t>(i)]]);
  };
  for (Index i = 0; i < values.size(); ++i)
    if (std::isfinite(values(i))) {
      sum[unit(i)] += values(i);
      ++count[unit(i)];
    }
  Vector centred = values;
  for (Index i = 0; i < values.size(); ++i) centred(i) -= sum[unit(i)] / count[unit(i)];
  return centred;
}

// "GDP (100m yuan)" -> "gdp".
std::string plain_label(const Indicator& indicator) {
  const std::string whole = replace_all(replace_all(lower_ascii(indicator.label), "（", "("), "）", ")");
  std::string plain;
  int depth = 0;
  for (const char letter : whole) {
    if (letter == '(') ++depth;
    if (depth == 0 && letter != ' ') plain += letter;
    if (letter == ')' && depth > 0) --depth;
  }
  return plain;
}

std::vector<std::size_t> common_rows(const IndexResult& a, const IndexResult& b) {
  std::vector<std::size_t> x = a.rows, y = b.rows, both;
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
  return both;
}

IndexSystem system_without_tree(const IndexResult& index) {
  IndexSystem system;
  system.name = index.name;
  for (const IndicatorResult& result : index.indicators) system.indicators.push_back(result.indicator);
  return system;
}

// Two systems beside each other.
class Pair {
 public:
  Pair(const IndexResult& first, const IndexResult& second, const Table& table, const Panel& panel)
      : first_(first), second_(second), table_(table), panel_(panel), rows_(common_rows(first, second)) {}

  void audit(AuditBetween& found) const {
    for (const IndicatorResult& a : first_.indicators)
      for (const IndicatorResult& b : second_.indicators) compare(a, b, found);
    if (!rows_.empty()) find_twins(found);
  }

 private:
  [[nodiscard]] std::string share(const IndicatorResult& a, const IndicatorResult& b) const {
    return fixed(100 * a.weight, 1) + "% of the weight of `" + first_.name + "`, " +
           fixed(100 * b.weight, 1) + "% of that of `" + second_.name + "`";
  }

  [[nodiscard]] std::vector<std::string> parts_of(const IndicatorResult& a, const IndicatorResult& b,
                                                  std::vector<std::string> parts) const {
    parts.insert(parts.end(),
                 {first_.name, fixed(100 * a.weight, 1), second_.name, fixed(100 * b.weight, 1)});
    return parts;
  }

  void compare(const IndicatorResult& a, const IndicatorResult& b, AuditBetween& found) const {
    const Indicator &x = a.indicator, &y = b.indicator;
    const std::string label = plain_label(x);
    const bool same = x.code == y.code, alike = same || (!label.empty() && label == plain_label(y));
    if (!alike) return;
    const std::string who = same ? "`" + x.code + "`" : "`" + x.code + "` and `" + y.code + "`, one label,";
    const std::string where = " in `" + first_.name + "` and `" + second_.name + "`: ";
    if (same) {
      found.shared.push_back({first_.name, second_.name, x.code, y.code, 1, 1, a.weight, b.weight});
      found.flags.push_back({"shared", who + " is " + share(a, b), parts_of(a, b, {x.code})});
    }
    const auto clash = [&](const char* kind, const std::string& p, const std::string& q) {
      const std::string in_first = p.empty() ? "none" : p, in_second = q.empty() ? "none" : q;
      if (p != q)
        found.flags.push_back({kind,
                               who + where + in_first + ", " + in_second,
                               {x.code, first_.name, in_first, y.code, second_.name, in_second}});
    };
    if (!x.unit.empty() && !y.unit.empty()) clash("unit", x.unit, y.unit);
    if (!x.source.empty() && !y.source.empty()) clash("source", x.source, y.source);
    if (same) clash("denominator", x.denominator, y.denominator);
    if (same) clash("direction", std::string(1, x.direction), std::string(1, y.direction));
  }

  void find_twins(AuditBetween& found) const {
    const IndexSystem a = system_without_tree(first_), b = system_without_tree(second_);
    const Matrix x = indicator_values({a, table_, panel_, rows_}),
                 y = indicator_values({b, table_, panel_, rows_});
    for (Index j = 0; j < x.cols(); ++j)
      for (Index k = 0; k < y.cols(); ++k) {
        const IndicatorResult& p = first_.indicators[static_cast<std::size_t>(j)];
        const IndicatorResult& q = second_.indicators[static_cast<std::size_t>(k)];
        if (p.indicator.code != q.indicator.code) twin(p, q, x.col(j), y.col(k), found);
      }
  }

  void twin(const IndicatorResult& p, const IndicatorResult& q, const Vector& x, const Vector& y,
            AuditBetween& found) const {
    const double r = correlation(x, y);
    if (!(std::abs(r) > twin_correlation)) return;
    const double within = correlation(within_units(x, panel_, rows_), within_units(y, panel_, rows_));
    if (!(std::abs(within) > twin_correlation)) return;
    found.twins.push_back(
        {first_.name, second_.name, p.indicator.code, q.indicator.code, r, within, p.weight, q.weight});
    found.flags.push_back(
        {"twin",
         "`" + p.indicator.code + "` and `" + q.indicator.code + "`: r = " + fixed(r, 3) + ", within units " +
             fixed(within, 3) + "; " + share(p, q),
         parts_of(p, q, {p.indicator.code, q.indicator.code, fixed(r, 3), fixed(within, 3)})});
  }

  const IndexResult &first_, &second_;
  const Table& table_;
  const Panel& panel_;
  std::vector<std::size_t> rows_;
};

}  // namespace

AuditBetween audit_between(const std::vector<const IndexResult*>& indices, const Table& table,
                           const Panel& panel) {
  AuditBetween found;
  for (std::size_t i = 0; i < indices.size(); ++i)
    for (std::size_t j = i + 1; j < indices.size(); ++j)
      Pair(*indices[i], *indices[j], table, panel).audit(found);
  return found;
}

}  // namespace panelist
