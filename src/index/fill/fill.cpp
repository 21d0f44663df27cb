// SPDX-License-Identifier: Apache-2.0
#include "index/fill.h"

#include "base/text.h"
#include "table/impute.h"
#include "table/statistics.h"

namespace panelist {
namespace {

double observed_share(const Eigen::Ref<const Vector>& cells) {
  return static_cast<double>(cells.array().isFinite().count()) / static_cast<double>(cells.size());
}

double mean_of(const std::vector<double>& values) {
  return values.empty() ? missing_value
                        : Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size())).mean();
}

// Every missing cell takes the centre of its group.
template <typename Centre>
Matrix fill_by_group(const Matrix& values, const std::vector<std::string>& group, Centre centre) {
  Matrix result = values;
  for (Index j = 0; j < values.cols(); ++j) {
    std::map<std::string, std::vector<double>> of_group;
    for (Index i = 0; i < values.rows(); ++i)
      if (std::isfinite(values(i, j))) of_group[group[static_cast<std::size_t>(i)]].push_back(values(i, j));
    for (Index i = 0; i < values.rows(); ++i)
      if (!std::isfinite(values(i, j))) result(i, j) = centre(of_group[group[static_cast<std::size_t>(i)]]);
  }
  return result;
}

std::vector<std::string> times_of(const IndexData& data) {
  std::vector<std::string> times;
  for (const std::size_t row : data.rows)
    times.push_back(data.panel.time.empty() ? "" : std::to_string(data.panel.time[row]));
  return times;
}

Matrix fill_means(const Matrix& values, const IndexData& data, const std::string& /*column*/) {
  return fill_by_group(values, std::vector<std::string>(data.rows.size()), mean_of);
}

Matrix fill_medians(const Matrix& values, const IndexData& data, const std::string& /*column*/) {
  return fill_by_group(values, std::vector<std::string>(data.rows.size()), [](const std::vector<double>& v) {
    return v.empty() ? missing_value : percentile(v, 50);
  });
}

Matrix fill_year_means(const Matrix& values, const IndexData& data, const std::string& /*column*/) {
  return fill_by_group(values, times_of(data), mean_of);
}

const Column& grouping_column(const IndexData& data, const std::string& column) {
  if (const Column* group = data.table.find(column)) return *group;
  throw Error("data.unknown_column", "no column `" + column + "` to group the means by",
              "see the columns with `panelist data`", "impute group_mean:" + column);
}

Matrix fill_group_means(const Matrix& values, const IndexData& data, const std::string& column) {
  const Column* group = &grouping_column(data, column);
  std::vector<std::string> groups = times_of(data);
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i] += "\n" + group->text_at(data.rows[i]);
  return fill_by_group(values, groups, mean_of);
}

Matrix fill_in_time(const Matrix& values, const IndexData& data, ImputeMethod method) {
  Matrix result = values;
  std::vector<double> column(data.table.rows());
  for (Index j = 0; j < values.cols(); ++j) {
    std::fill(column.begin(), column.end(), missing_value);
    for (std::size_t i = 0; i < data.rows.size(); ++i)
      column[data.rows[i]] = values(static_cast<Index>(i), j);
    const Imputed imputed = impute(column, data.panel, method);
    for (std::size_t i = 0; i < data.rows.size(); ++i)
      result(static_cast<Index>(i), j) = imputed.values[data.rows[i]];
  }
  return result;
}

Matrix fill_linear(const Matrix& values, const IndexData& data, const std::string& /*column*/) {
  return fill_in_time(values, data, ImputeMethod::linear);
}

Matrix fill_nearest(const Matrix& values, const IndexData& data, const std::string& /*column*/) {
  return fill_in_time(values, data, ImputeMethod::linear_nearest);
}

Matrix fill_em(const Matrix& values, const IndexData& /*data*/, const std::string& /*column*/) {
  return fill_by_em(values);
}

// A constant and the indicators without gaps.
Matrix complete_design(const Matrix& values, const IndexData& data) {
  std::vector<Index> complete;
  for (Index j = 0; j < values.cols(); ++j)
    if (values.col(j).allFinite()) complete.push_back(j);
  if (complete.empty())
    throw Error("index.no_complete_indicator", "no indicator of `" + data.system.name + "` is without gaps",
                "use impute = \"em\", or linear in time", "impute regression");
  Matrix design(values.rows(), static_cast<Index>(complete.size()) + 1);
  design << Vector::Ones(values.rows()), values(Eigen::all, complete);
  return design;
}

Matrix fill_regression(const Matrix& values, const IndexData& data, const std::string& /*column*/) {
  const Matrix design = complete_design(values, data);
  Matrix result = values;
  for (Index j = 0; j < values.cols(); ++j) {
    std::vector<Index> seen, gaps;
    for (Index i = 0; i < values.rows(); ++i) (std::isfinite(values(i, j)) ? seen : gaps).push_back(i);
    if (gaps.empty() || seen.empty()) continue;
    const Vector known = values(seen, j);
    const Vector beta = Matrix(design(seen, Eigen::all)).colPivHouseholderQr().solve(known);
    result(gaps, j) = Matrix(design(gaps, Eigen::all)) * beta;
  }
  return result;
}

}  // namespace

const std::vector<FillRule>& fill_rules() {
  static const std::vector<FillRule> catalog = {
      {"mean", "mean of the indicator", false, fill_means},
      {"median", "median of the indicator", false, fill_medians},
      {"year_mean", "mean of the same time", false, fill_year_means},
      {"group_mean", "mean of the same group and time", true, fill_group_means},
      {"linear", "linear in time, inner gaps", false, fill_linear},
      {"nearest", "linear in time, ends take the nearest", false, fill_nearest},
      {"regression", "least squares on the complete indicators", false, fill_regression},
      {"em", "conditional means of a normal law", false, fill_em},
  };
  return catalog;
}

std::vector<std::string> fill_rule_names() {
  std::vector<std::string> names = {"refuse"};
  for (const FillRule& rule : fill_rules())
    names.push_back(std::string(rule.name) + (rule.takes_column ? ":COLUMN" : ""));
  return names;
}

const FillRule* find_fill_rule(const std::string& text) {
  const std::size_t colon = text.find(':');
  for (const FillRule& rule : fill_rules())
    if (rule.name == text.substr(0, colon) && rule.takes_column == (colon != std::string::npos)) return &rule;
  return nullptr;
}

Available available(const Matrix& values, double share) {
  Available kept;
  for (Index i = 0; i < values.rows(); ++i)
    if (observed_share(values.row(i).transpose()) >= share) kept.rows.push_back(i);
  for (Index j = 0; j < values.cols(); ++j)
    if (!kept.rows.empty() && observed_share(values(kept.rows, j)) >= share) kept.indicators.push_back(j);
  return kept;
}

void check_fill_column(const IndexData& data, const std::string& rule) {
  const std::size_t colon = rule.find(':');
  if (rule != "refuse" && find_fill_rule(rule)->takes_column) grouping_column(data, rule.substr(colon + 1));
}

Matrix filled(const Matrix& values, const IndexData& data, const std::string& rule) {
  const std::size_t colon = rule.find(':');
  return find_fill_rule(rule)->fill(values, data, colon == std::string::npos ? "" : rule.substr(colon + 1));
}

}  // namespace panelist
