// SPDX-License-Identifier: Apache-2.0
#include "index/audit.h"

#include "base/text.h"
#include "index/normalise.h"
#include "index/tree.h"

namespace panelist {
namespace {

constexpr double dominant_weight = 0.4, redundant_correlation = 0.92, conflicting_correlation = -0.4;
constexpr double silent_share = 0.1, imputed_share = 0.05, size_share = 0.5;

bool holds_any(const std::string& text, const std::vector<std::string>& words) {
  const std::string lower = lower_ascii(text);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return lower.find(word) != std::string::npos; });
}

std::string percent(double share) { return fixed(100 * share, 1); }

// On the rows that have both.
double correlation(const Vector& first, const Vector& second) {
  std::vector<Index> common;
  for (Index i = 0; i < first.size(); ++i)
    if (std::isfinite(first(i)) && std::isfinite(second(i))) common.push_back(i);
  if (common.size() < 3) return missing_value;
  const Vector a = first(common), b = second(common);
  const Vector x = a.array() - a.mean(), y = b.array() - b.mean();
  return x.dot(y) / std::sqrt(x.squaredNorm() * y.squaredNorm());
}

// w_ij x_ij: the weights of a row are rescaled over its cells; a cell that is missing adds nothing.
Matrix weighted_cells(const IndexResult& index, const Matrix& x) {
  Matrix parts = Matrix::Zero(x.rows(), x.cols());
  for (Index i = 0; i < x.rows(); ++i) {
    double sum = 0, count = 0;
    for (Index j = 0; j < x.cols(); ++j) {
      if (!std::isfinite(x(i, j))) continue;
      sum += index.indicators[static_cast<std::size_t>(j)].weight;
      ++count;
    }
    for (Index j = 0; j < x.cols(); ++j)
      if (std::isfinite(x(i, j)))
        parts(i, j) =
            x(i, j) * (sum > 0 ? index.indicators[static_cast<std::size_t>(j)].weight / sum : 1 / count);
  }
  return parts;
}

void effective_weights(const IndexResult& index, const Matrix& x, IndexAudit& audit) {
  audit.effective_weights.assign(index.indicators.size(), missing_value);
  const bool sums = arithmetic_throughout(index.conventions) && index.conventions.method != "pca" &&
                    index.conventions.method != "bod" && !index.conventions.renormalise &&
                    index.weights_by_pool.empty();
  const Vector score = index.score.array() - index.score.mean();
  const double variance = score.squaredNorm();
  if (!sums || !(variance > 0)) return;
  if (!x.allFinite()) {
    const Vector effective = weighted_cells(index, x).transpose() * score / variance;
    audit.effective_weights.assign(effective.begin(), effective.end());
    return;
  }
  for (std::size_t j = 0; j < audit.effective_weights.size(); ++j)
    audit.effective_weights[j] =
        index.indicators[j].weight * x.col(static_cast<Index>(j)).dot(score) / variance;
}

void flag_weights(const IndexResult& index, IndexAudit& audit) {
  for (std::size_t j = 0; j < index.indicators.size(); ++j) {
    const IndicatorResult& result = index.indicators[j];
    const std::string& code = result.indicator.code;
    if (index.indicators.size() > 2 && result.weight > dominant_weight)
      audit.flags.push_back({"dominant",
                             "`" + code + "` has " + percent(result.weight) + "% of the weight",
                             {code, percent(result.weight)}});
    if (result.weight > 0 && audit.effective_weights[j] < silent_share * result.weight)
      audit.flags.push_back({"silent",
                             "`" + code + "` has " + percent(result.weight) + "% of the weight and " +
                                 percent(audit.effective_weights[j]) + "% of the scores' variance",
                             {code, percent(result.weight), percent(audit.effective_weights[j])}});
  }
}

void flag_pairs(const IndexResult& index, const Matrix& x, IndexAudit& audit) {
  for (Index j = 0; j < x.cols(); ++j)
    for (Index k = j + 1; k < x.cols(); ++k) {
      const double r = correlation(x.col(j), x.col(k));
      const std::string& first = index.indicators[static_cast<std::size_t>(j)].indicator.code;
      const std::string& second = index.indicators[static_cast<std::size_t>(k)].indicator.code;
      const AuditFlag pair{
          "", "`" + first + "` and `" + second + "`: r = " + fixed(r, 3), {first, second, fixed(r, 3)}};
      if (r > redundant_correlation) audit.flags.push_back({"redundant", pair.message, pair.parts});
      if (r < conflicting_correlation) audit.flags.push_back({"conflicting", pair.message, pair.parts});
    }
}

void flag_imputed(const IndexResult& index, IndexAudit& audit) {
  for (const ImputedCells& filled : index.diagnostics.imputed) {
    const double share = static_cast<double>(filled.cells) / static_cast<double>(index.rows.size());
    if (share > imputed_share)
      audit.flags.push_back({"imputed",
                             percent(share) + "% of the cells of `" + filled.code + "` were filled in",
                             {percent(share), filled.code}});
  }
}

void flag_kinds(const IndexResult& index, IndexAudit& audit) {
  std::vector<std::string> growth;
  double totals = 0;
  for (const IndicatorResult& result : index.indicators) {
    if (is_growth(result.indicator)) growth.push_back(result.indicator.code);
    if (is_total(result.indicator)) totals += result.weight;
  }
  if (!growth.empty() && growth.size() < index.indicators.size())
    audit.flags.push_back({"growth", "growth among levels: " + join(growth, ", "), {join(growth, ", ")}});
  if (totals > size_share)
    audit.flags.push_back({"size",
                           percent(totals) + "% of the weight is on totals: the index ranks by size",
                           {percent(totals)}});
}

}  // namespace

bool is_growth(const Indicator& indicator) {
  return holds_any(indicator.unit + " " + indicator.label,
                   {"previous year", "last year", "growth", "上年", "增长", "增速"});
}

bool is_total(const Indicator& indicator) {
  if (indicator.unit.empty() || !indicator.denominator.empty() || is_growth(indicator)) return false;
  return !holds_any(indicator.unit, {"%", "/", "per ", "share", "ratio", "index", "score", "year", "per100",
                                     "率", "比", "年", "每", "指数", "户均", "人均"}) &&
         !holds_any(indicator.label, {"per head", "per capita", "人均", "占比", "比重"});
}

IndexAudit audit_index(const IndexResult& index) {
  IndexAudit audit;
  const bool normalised = !index.stages.empty() && index.stages.back().name == "normalised";
  if (!normalised) {
    audit.effective_weights.assign(index.indicators.size(), missing_value);
    return audit;
  }
  const Matrix& x = index.stages.back().values;
  effective_weights(index, x, audit);
  flag_weights(index, audit);
  flag_pairs(index, x, audit);
  flag_imputed(index, audit);
  flag_kinds(index, audit);
  return audit;
}

}  // namespace panelist
