// SPDX-License-Identifier: Apache-2.0
#include "infer/randomisation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/random.h"
#include "infer/bootstrap/refusals.h"
#include "infer/inference/quadratic_form.h"
#include "linalg/orthonormal.h"

namespace panelist {
namespace {

std::set<std::string> columns_of(const FormulaTerm& term) {
  std::set<std::string> columns;
  for (const FormulaFactor& factor : term.factors) columns.merge(factor.expression.columns());
  return columns;
}

constexpr Index columns_per_batch = 64;
constexpr double tie = 1e-10;
// Share of its own squares that a permuted term must keep beside effects and regressors.
constexpr double spanned = 1e-18;

using Assignment = std::vector<Level>;  // by group: whose values it takes

// Where each row finds its value in another group: the row's place there.
struct Paths {
  std::vector<std::vector<Index>> rows;  // by group, in order of time; one row where the term is constant
  std::vector<Index> place;              // by row: position in that list
};

bool constant_within(const Vector& z, const Grouping& group) {
  std::vector<double> value(static_cast<std::size_t>(group.size()), missing_value);
  for (std::size_t i = 0; i < group.level.size(); ++i) {
    double& first = value[static_cast<std::size_t>(group.level[i])];
    if (std::isnan(first)) first = z(static_cast<Index>(i));
    if (first != z(static_cast<Index>(i))) return false;
  }
  return true;
}

Paths paths_of_constants(const Grouping& group) {
  Paths paths{std::vector<std::vector<Index>>(static_cast<std::size_t>(group.size())),
              std::vector<Index>(group.level.size(), 0)};
  for (std::size_t i = group.level.size(); i-- > 0;)
    paths.rows[static_cast<std::size_t>(group.level[i])] = {static_cast<Index>(i)};
  return paths;
}

[[noreturn]] void throw_unmatched(const RandomisationSpec& spec, const std::string& why) {
  throw Error(
      "infer.unmatched_permutation",
      fmt::format("`{}` moves within the groups of `{}`, and {}: their paths cannot change places", spec.term,
                  spec.group->name, why),
      "permute over units of a balanced panel (--panel UNIT,TIME), or a term that is constant within groups",
      "column " + spec.group->name);
}

Paths paths_by_time(const Fit& fit, const RandomisationSpec& spec) {
  const std::vector<std::int64_t>& time = fit.frame->time;
  if (time.empty()) throw_unmatched(spec, "the panel's time is not known");
  std::map<std::int64_t, Index> places;
  for (const std::int64_t one : time) places.emplace(one, 0);
  Index next = 0;
  for (auto& [one, place] : places) place = next++;
  const auto groups = static_cast<std::size_t>(spec.group->size());
  Paths paths{std::vector<std::vector<Index>>(groups, std::vector<Index>(places.size(), -1)), {}};
  for (std::size_t i = 0; i < time.size(); ++i) {
    paths.place.push_back(places.at(time[i]));
    Index& row = paths.rows[static_cast<std::size_t>(spec.group->level[i])]
                           [static_cast<std::size_t>(paths.place.back())];
    if (row >= 0) throw_unmatched(spec, "a group has several rows at one time");
    row = static_cast<Index>(i);
  }
  for (const std::vector<Index>& rows : paths.rows)
    if (std::find(rows.begin(), rows.end(), -1) != rows.end())
      throw_unmatched(spec, "not every group has a row at every time");
  return paths;
}

Vector permuted(const Vector& z, const Grouping& group, const Paths& paths, const Assignment& from) {
  Vector moved(z.size());
  for (std::size_t i = 0; i < group.level.size(); ++i) {
    const Level source = from[static_cast<std::size_t>(group.level[i])];
    moved(static_cast<Index>(i)) =
        z(paths.rows[static_cast<std::size_t>(source)][static_cast<std::size_t>(paths.place[i])]);
  }
  return moved;
}

// The stratum of each group.
std::vector<Level> strata_of(const RandomisationSpec& spec) {
  std::vector<Level> stratum(static_cast<std::size_t>(spec.group->size()), spec.within == nullptr ? 0 : -1);
  if (spec.within == nullptr) return stratum;
  for (std::size_t i = 0; i < spec.group->level.size(); ++i) {
    Level& own = stratum[static_cast<std::size_t>(spec.group->level[i])];
    if (own >= 0 && own != spec.within->level[i])
      throw Error("infer.group_across",
                  fmt::format("the group `{}` of `{}` lies in several groups of `{}`",
                              spec.group->names[static_cast<std::size_t>(spec.group->level[i])],
                              spec.group->name, spec.within->name),
                  "permute within a column that is constant in each group", "column " + spec.within->name);
    own = spec.within->level[i];
  }
  return stratum;
}

// Columns of permuted terms, still with effects in them, as statistics.
Vector statistics_of(const Context& context, const ReplacedTerm& model, const RandomisationSpec& spec,
                     Matrix columns) {
  if (!spec.studentised) return model.estimates(context, std::move(columns));
  columns = model.partialled(context, std::move(columns));
  const double groups = spec.group->size();
  Vector result(columns.cols());
  for (Index j = 0; j < columns.cols(); ++j) {
    double square = 0;
    const double b = model.estimate(columns.col(j), &square);
    Vector sums = Vector::Zero(spec.group->size());
    for (std::size_t i = 0; i < spec.group->level.size(); ++i) {
      const auto row = static_cast<Index>(i);
      const double z = columns(row, j);
      sums(spec.group->level[i]) += model.weights()(row) * z * (model.outcome()(row) - b * z);
    }
    result(j) = b * square / std::sqrt(groups / (groups - 1) * sums.squaredNorm());
  }
  return result;
}

Index position_in(const Fit& fit, const std::string& term) {
  const auto found = std::find(fit.names.begin(), fit.names.end(), term);
  if (found == fit.names.end()) throw_unknown_term(fit, term);
  return found - fit.names.begin();
}

Vector regressor(const Fit& fit, const std::string& term) {
  const FrameColumns& columns = fit.frame->exogenous;
  const auto found = std::find(columns.names.begin(), columns.names.end(), term);
  if (found == columns.names.end() || columns.values.col(0).size() != fit.x.rows())
    throw Error("usage.not_available", fmt::format("the values of `{}` cannot be permuted", term),
                "name a regressor of the formula");
  return columns.values.col(found - columns.names.begin());
}

void require_movement(const Vector& z, const RandomisationSpec& spec) {
  if (z.maxCoeff() > z.minCoeff()) return;
  throw Error("infer.no_variance", fmt::format("`{}` is the same in every group", spec.term),
              "permute a term that differs between groups", "term " + spec.term);
}

void summarise(Randomisation& result, const RandomisationSpec& spec) {
  const double slack = tie * std::abs(result.statistic);
  const bool moves = std::any_of(result.statistics.begin(), result.statistics.end(),
                                 [&](double one) { return std::abs(one - result.statistic) > slack; });
  if (!moves)
    throw Error("infer.no_variance",
                fmt::format("every permutation of `{}` over the groups of `{}` gives the same statistic",
                            spec.term, spec.group->name),
                "permute a term that differs between groups, or within wider ones", "term " + spec.term);
  const RandomisationShares shares = randomisation_shares(result.statistic, result.statistics);
  result.undefined = result.statistics.size() - shares.defined;
  result.p_two_sided = shares.two_sided;
  result.p_greater = shares.greater;
  result.p_less = shares.less;
}

}  // namespace

ReplacedTerm::ReplacedTerm(const Fit& fit, Index position)
    : fit_(fit), weights_(fit.weights.size() > 0 ? Vector(fit.weights) : Vector::Ones(fit.residuals.size())) {
  Matrix others(fit.x.rows(), fit.k() - 1);
  for (Index j = 0, at = 0; j < fit.k(); ++j)
    if (j != position) others.col(at++) = fit.x.col(j);
  basis_ = others.cols() > 0 ? orthonormal(others, weights_) : others;
  Matrix y = Vector(fit.outcome);
  remove_others(y);
  y_ = y.col(0);
}

// Twice: what the first pass leaves of a column that is all but spanned is rounding of the basis.
void ReplacedTerm::remove_others(Matrix& columns) const {
  if (basis_.cols() == 0) return;
  for (int pass = 0; pass < 2; ++pass)
    columns -= basis_ * (basis_.transpose() * (weights_.asDiagonal() * columns));
}

Matrix ReplacedTerm::partialled(const Context& context, Matrix columns) const {
  const Vector before = columns.colwise().squaredNorm();
  if (fit_.absorber != nullptr) fit_.absorber->absorb_or_throw(context, columns, 1e-12);
  remove_others(columns);
  for (Index j = 0; j < columns.cols(); ++j)
    if (!(columns.col(j).squaredNorm() > spanned * before(j))) columns.col(j).setConstant(missing_value);
  return columns;
}

double ReplacedTerm::estimate(const Eigen::Ref<const Vector>& column, double* square) const {
  const double own = column.cwiseAbs2().dot(weights_);
  if (square != nullptr) *square = own;
  return column.cwiseProduct(weights_).dot(y_) / own;
}

Vector ReplacedTerm::estimates(const Context& context, Matrix columns) const {
  columns = partialled(context, std::move(columns));
  Vector result(columns.cols());
  for (Index j = 0; j < columns.cols(); ++j) result(j) = estimate(columns.col(j));
  return result;
}

RandomisationShares randomisation_shares(double statistic, const Vector& draws) {
  RandomisationShares shares;
  Index two_sided = 1, greater = 1, less = 1;
  const double size = std::abs(statistic), slack = tie * size;
  for (const double one : draws) {
    if (std::isnan(one)) continue;
    ++shares.defined;
    two_sided += std::abs(one) >= size - slack ? 1 : 0;
    greater += one >= statistic - slack ? 1 : 0;
    less += one <= statistic + slack ? 1 : 0;
  }
  if (shares.defined == 0) return shares;
  const auto all = static_cast<double>(shares.defined + 1);
  shares.two_sided = static_cast<double>(two_sided) / all;
  shares.greater = static_cast<double>(greater) / all;
  shares.less = static_cast<double>(less) / all;
  return shares;
}

std::vector<Level> permuted_groups(const Context& context, const std::vector<Level>& stratum,
                                   std::int64_t replicate) {
  Random random(context.seed, "randomisation", static_cast<std::uint64_t>(replicate));
  std::map<Level, std::vector<Level>> members;
  for (std::size_t g = 0; g < stratum.size(); ++g) members[stratum[g]].push_back(static_cast<Level>(g));
  std::vector<Level> from(stratum.size());
  for (const auto& [own, groups] : members) {
    std::vector<Level> shuffled = groups;
    for (std::size_t i = shuffled.size(); i > 1; --i)
      std::swap(shuffled[i - 1], shuffled[random.below(static_cast<std::uint32_t>(i))]);
    for (std::size_t i = 0; i < groups.size(); ++i) from[static_cast<std::size_t>(groups[i])] = shuffled[i];
  }
  return from;
}

std::vector<std::string> terms_that_stay(const Formula& formula, const std::string& term) {
  std::set<std::string> own;
  for (const FormulaTerm& one : formula.regressors)
    if (one.text == term) own = columns_of(one);
  std::vector<std::string> stay;
  for (const FormulaTerm& one : formula.regressors) {
    const std::set<std::string> columns = columns_of(one);
    const bool shares = std::any_of(columns.begin(), columns.end(),
                                    [&](const std::string& column) { return own.count(column) > 0; });
    if (one.text != term && shares) stay.push_back(one.text);
  }
  return stay;
}

Randomisation randomise(const Context& context, const Fit& fit, const RandomisationSpec& spec) {
  require_least_squares(fit, "randomisation test");
  require_two_clusters(*spec.group);
  const Index position = position_in(fit, spec.term);
  const Vector z = regressor(fit, spec.term);
  require_movement(z, spec);
  const Paths paths =
      constant_within(z, *spec.group) ? paths_of_constants(*spec.group) : paths_by_time(fit, spec);
  const std::vector<Level> stratum = strata_of(spec);
  const ReplacedTerm model(fit, position);
  Randomisation result;
  result.statistic = statistics_of(context, model, spec, Matrix(z))(0);
  result.statistics.resize(spec.reps);
  Task task(context, "permutations", spec.reps);
  for (std::int64_t first = 0; first < spec.reps; first += columns_per_batch) {
    const Index count = std::min<std::int64_t>(columns_per_batch, spec.reps - first);
    Matrix columns(z.size(), count);
    for (Index j = 0; j < count; ++j)
      columns.col(j) = permuted(z, *spec.group, paths, permuted_groups(context, stratum, first + j));
    result.statistics.segment(first, count) = statistics_of(context, model, spec, std::move(columns));
    task.advance(count);
  }
  summarise(result, spec);
  return result;
}

}  // namespace panelist
