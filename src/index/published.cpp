// SPDX-License-Identifier: Apache-2.0
#include "index/published.h"

#include "base/text.h"
#include "index/cells.h"
#include "index/treat.h"

namespace panelist {
namespace {

constexpr std::size_t nearest_shown = 5;

struct Candidate {
  std::string what;
  IndexSystem system;
  IndexConventions conventions;
};

struct Directions {
  std::string what;
  IndexSystem system;
};

std::vector<Directions> directions_of(const IndexSystem& system) {
  std::vector<Directions> found = {{"", system}};
  Directions positive{", every direction positive", system};
  for (Indicator& indicator : positive.system.indicators) indicator.direction = '+';
  const bool all_positive =
      std::all_of(system.indicators.begin(), system.indicators.end(),
                  [](const Indicator& indicator) { return indicator.direction == '+'; });
  // Of one negative indicator alone it is the same as turning that one.
  const auto negative = std::count_if(system.indicators.begin(), system.indicators.end(),
                                      [](const Indicator& indicator) { return indicator.direction == '-'; });
  const bool turned_anyway =
      negative == 1 &&
      std::none_of(system.indicators.begin(), system.indicators.end(), [](const Indicator& indicator) {
        return indicator.direction == '=' || indicator.direction == '~';
      });
  if (!all_positive && !turned_anyway) found.push_back(positive);
  for (std::size_t j = 0; j < system.indicators.size(); ++j) {
    const char direction = system.indicators[j].direction;
    if (direction != '+' && direction != '-') continue;
    Directions turned{", `" + system.indicators[j].code + "` turned", system};
    turned.system.indicators[j].direction = direction == '+' ? '-' : '+';
    found.push_back(turned);
  }
  return found;
}

// What the index does to its cells before normalising; without its treatment of outliers where `plain`.
IndexConventions cells_of_index(const IndexConventions& own, bool plain) {
  IndexConventions c;
  c.impute = own.impute;
  c.missing = own.missing;
  c.cap = own.cap;
  if (plain) return c;
  c.winsor = own.winsor;
  c.outliers = own.outliers;
  c.winsor_points = own.winsor_points;
  return c;
}

std::vector<Candidate> candidates_of(const IndexSystem& system, const IndexConventions& base,
                                     const std::string& suffix) {
  std::vector<Candidate> candidates;
  for (const Directions& directions : directions_of(system))
    for (const char* normalise : {"minmax", "none", "max"})
      for (const char* pool : {"all", "year", "unit"})
        for (const char* zero : {"limit", "0.0001", "0.001", "0.01", "smooth:0.01", "smooth:0.002"}) {
          Candidate candidate{std::string("entropy, ") + normalise + ", pool " + pool + ", zeros " + zero +
                                  directions.what + suffix,
                              directions.system, base};
          candidate.conventions.normalise = normalise;
          candidate.conventions.pool = pool;
          candidate.conventions.zero = zero;
          candidates.push_back(std::move(candidate));
        }
  for (const std::string method :
       {"equal", "critic", "cv", "cv_normalised", "sd", "gini", "merec", "factor", "pca"}) {
    Candidate candidate{method + suffix, system, base};
    candidate.conventions.method = method;
    candidates.push_back(std::move(candidate));
  }
  for (const bool again : {false, true}) {
    Candidate candidate{std::string("entropy, two-step") + (again ? ", renormalised" : "") + suffix, system,
                        base};
    candidate.conventions.levels = "two-step";
    candidate.conventions.renormalise = again;
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

// The index itself, then everything that is usual, on its cells with and without its treatment of outliers.
std::vector<Candidate> all_candidates(const IndexSystem& system, const IndexConventions& own) {
  std::vector<Candidate> candidates;
  IndexConventions whole = own;
  whole.screen = 0;  // the rows stay
  if (!(whole == IndexConventions{})) candidates.push_back({"as built", system, whole});
  if (treats(own))
    for (Candidate& each : candidates_of(system, cells_of_index(own, false), ", outliers as built"))
      candidates.push_back(std::move(each));
  for (Candidate& each : candidates_of(system, cells_of_index(own, true), ""))
    candidates.push_back(std::move(each));
  return candidates;
}

// What a candidate gives: weights, entropies, scores.
struct Outcome {
  std::string what;
  Vector weights, entropies, scores;
  bool scores_alone = false;  // differs from another one in its scores only
};

Outcome outcome_of(const std::string& what, const IndexResult& result) {
  const auto m = static_cast<Index>(result.indicators.size());
  Outcome outcome{what, Vector(m), Vector(m), result.score, false};
  for (Index j = 0; j < m; ++j) {
    outcome.weights(j) = result.indicators[static_cast<std::size_t>(j)].weight;
    outcome.entropies(j) = result.indicators[static_cast<std::size_t>(j)].entropy;
  }
  return outcome;
}

// The same sums with another k, 1/ln count in place of 1/ln N; and, when `shifted`, scores of the cells after the rule
// for zeros.
Outcome with_base(const Outcome& outcome, const IndexResult& result, double count, const std::string& name) {
  Outcome other = outcome;
  other.what += ", k = 1/ln " + name;
  other.entropies *= std::log(static_cast<double>(result.rows.size())) / std::log(count);
  const Vector redundancy = 1 - other.entropies.array();
  other.weights = redundancy / redundancy.sum();
  other.scores = result.stages.back().values * other.weights;
  return other;
}

// p + 1e-10 in place of 0 ln 0 = 0.
Outcome with_epsilon(const Outcome& outcome, const IndexResult& result) {
  Outcome other = outcome;
  const Matrix& x = result.stages.back().values;
  const double n = static_cast<double>(x.rows());
  for (Index j = 0; j < x.cols(); ++j) {
    const Eigen::ArrayXd p = x.col(j).array() / x.col(j).sum() + 1e-10;
    other.entropies(j) = -(p * p.log()).sum() / std::log(n);
  }
  other.what += ", 1e-10 on the shares";
  return other;
}

Outcome with_shifted_scores(const Outcome& outcome, double shift, double slope) {
  Outcome other = outcome;
  other.what += ", scores of the shifted cells";
  other.scores = shift + slope * outcome.scores.array();
  other.scores_alone = true;
  return other;
}

std::vector<double> counts(const Panel& panel, const std::vector<std::size_t>& rows) {
  std::vector<std::int64_t> times, units;
  for (const std::size_t row : rows) {
    if (!panel.time.empty()) times.push_back(panel.time[row]);
    if (!panel.unit.empty()) units.push_back(panel.unit[row]);
  }
  const auto distinct = [](std::vector<std::int64_t> values) {
    std::sort(values.begin(), values.end());
    return static_cast<double>(std::unique(values.begin(), values.end()) - values.begin());
  };
  return {distinct(times), distinct(units)};
}

void add_variants(const Outcome& outcome, const IndexResult& result, const std::vector<double>& times_units,
                  std::vector<Outcome>& outcomes) {
  const bool same = times_units[0] == times_units[1];
  const char* const names[] = {same ? "T = n" : "T", "n"};
  for (std::size_t k = 0; k < (same ? 1U : 2U); ++k)
    if (times_units[k] > 1 && times_units[k] < static_cast<double>(result.rows.size()))
      outcomes.push_back(with_base(outcome, result, times_units[k], names[k]));
}

// Every outcome of a candidate; none where its cells do not allow it.
std::vector<Outcome> outcomes_of(const Candidate& candidate, const IndexData& data,
                                 const std::vector<double>& times_units) {
  std::vector<Outcome> outcomes;
  try {
    const IndexResult result =
        build_index(Context{}, candidate.system, candidate.conventions, data.table, data.panel, data.rows);
    const Outcome plain = outcome_of(candidate.what, result);
    outcomes.push_back(plain);
    const bool pooled_entropy =
        candidate.conventions.method == "entropy" && candidate.conventions.pool == "all" &&
        candidate.conventions.levels == "one-step" && result.diagnostics.unobserved.empty();
    if (pooled_entropy) {
      add_variants(plain, result, times_units, outcomes);
      if (candidate.conventions.zero == "limit") {
        const Outcome epsilon = with_epsilon(plain, result);
        outcomes.push_back(with_base(epsilon, result, static_cast<double>(result.rows.size()), "N"));
        add_variants(epsilon, result, times_units, outcomes);
      }
    }
    const std::string& zero = candidate.conventions.zero;
    const bool smooth = zero.rfind("smooth:", 0) == 0;
    if (zero == "limit" || candidate.conventions.method != "entropy") return outcomes;
    const double a = *parse_number(smooth ? zero.substr(7) : zero);
    for (std::size_t i = outcomes.size(); i-- > 0;)
      outcomes.push_back(with_shifted_scores(outcomes[i], a, smooth ? 1 - a : 1));
  } catch (const Error&) {
    // Raw cells below zero have no entropy, a ratio needs values above zero: such a candidate made nothing.
    outcomes.clear();
  }
  return outcomes;
}

double largest_difference(const std::vector<double>& published, const Vector& values) {
  double largest = missing_value;
  for (std::size_t i = 0; i < published.size(); ++i) {
    if (!std::isfinite(published[i])) continue;
    const double difference = std::abs(published[i] - values(static_cast<Index>(i)));
    if (!(difference <= largest)) largest = std::isfinite(difference) ? difference : 1e300;
  }
  return largest;
}

ConventionMatch match_of(const Outcome& outcome, const Published& published) {
  ConventionMatch match;
  match.what = outcome.what;
  match.weights = largest_difference(published.weights, outcome.weights);
  match.entropies = largest_difference(published.entropies, outcome.entropies);
  match.scores = largest_difference(published.scores, outcome.scores);
  const auto in_tolerances = [&](double difference, double tolerance) {
    if (std::isfinite(difference)) match.distance = std::max(match.distance, difference / tolerance);
  };
  in_tolerances(match.weights, published.weight_tolerance);
  in_tolerances(match.entropies, published.entropy_tolerance);
  in_tolerances(match.scores, published.score_tolerance);
  match.reproduces = match.distance <= 1 + 1e-6;
  return match;
}

// Those that reproduce, then the nearest of the others, in the order they were tried.
std::vector<ConventionMatch> best_of(std::vector<ConventionMatch> matches) {
  std::stable_sort(matches.begin(), matches.end(), [](const ConventionMatch& a, const ConventionMatch& b) {
    if (a.reproduces != b.reproduces) return a.reproduces;
    return !a.reproduces && a.distance < b.distance;
  });
  const auto fitting = static_cast<std::size_t>(std::count_if(
      matches.begin(), matches.end(), [](const ConventionMatch& match) { return match.reproduces; }));
  if (matches.size() > fitting + nearest_shown) matches.resize(fitting + nearest_shown);
  return matches;
}

Error bad_table(const std::string& message, const std::string& hint) {
  return {"index.published", message, hint, "published values"};
}

// A number as it was printed: "0.2408", "24.08%". `step` is half a unit of its last digit.
struct Printed {
  double value = missing_value, step = missing_value;
};

Printed printed_number(const Table& published, const std::string& column, std::size_t row) {
  std::string text(trim(published.at(column).text_at(row)));
  if (text.empty()) return {};
  const std::string_view wide = "％";
  const bool percent = text.back() == '%' || text.ends_with(wide);
  if (percent) text = trim(text.substr(0, text.size() - (text.back() == '%' ? 1 : wide.size())));
  const std::optional<double> value = parse_number(text);
  if (!value)
    throw bad_table("row " + std::to_string(row + 1) + ": `" + text + "` in " + column + " is no number",
                    "write a number, 24.08% or nothing");
  const std::size_t point = text.find('.');
  const bool plain = point != std::string::npos && text.find_first_of("eE") == std::string::npos;
  const double digits = plain ? static_cast<double>(std::min<std::size_t>(text.size() - point - 1, 12)) : 0;
  const double scale = percent ? 0.01 : 1;
  return {*value * scale, 0.5 * scale * std::pow(10.0, -digits)};
}

// The values of a column and half a unit of the last digit of the longest of them.
struct PrintedColumn {
  std::vector<double> values;
  double tolerance = missing_value;
  void take(std::size_t at, const Printed& printed) {
    values[at] = printed.value;
    if (!(printed.step >= tolerance)) tolerance = std::isfinite(printed.step) ? printed.step : tolerance;
  }
  [[nodiscard]] bool empty() const {
    return std::none_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
  }
};

// An indicator's place, by its code or its label.
std::size_t place_of(const std::string& name, const IndexSystem& system) {
  for (std::size_t j = 0; j < system.indicators.size(); ++j)
    if (system.indicators[j].code == name) return j;
  for (std::size_t j = 0; j < system.indicators.size(); ++j)
    if (!name.empty() && system.indicators[j].label == name) return j;
  throw bad_table("`" + name + "` is no indicator of index `" + system.name + "`",
                  "write its code or its label as in the index");
}

PrintedColumn by_indicator(const Table& published, const std::string& column, const IndexSystem& system) {
  PrintedColumn found{std::vector<double>(system.indicators.size(), missing_value)};
  for (std::size_t row = 0; row < published.rows(); ++row)
    found.take(place_of(std::string(trim(published.at("code").text_at(row))), system),
               printed_number(published, column, row));
  if (found.empty())
    throw bad_table("column " + column + " holds no number", "write the published values in it");
  return found;
}

// Weights in per cent sum to a hundred.
void from_per_cent(PrintedColumn& weights) {
  double sum = 0, least = 0;
  for (const double weight : weights.values)
    if (std::isfinite(weight)) {
      sum += weight;
      least = std::min(least, weight);
    }
  if (least < 0 || !(sum > 1.5)) return;
  for (double& weight : weights.values) weight /= 100;
  weights.tolerance /= 100;
}

PrintedColumn by_row(const Table& published, const Panel& panel, const std::vector<std::size_t>& rows) {
  std::map<std::string, Printed> scores;
  for (std::size_t row = 0; row < published.rows(); ++row)
    scores[published.at(panel.keys.unit).text_at(row) +
           (panel.keys.time.empty() ? "" : " " + published.at(panel.keys.time).text_at(row))] =
        printed_number(published, "score", row);
  PrintedColumn found{std::vector<double>(rows.size(), missing_value)};
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (const auto score = scores.find(row_name(panel, rows[i])); score != scores.end())
      found.take(i, score->second);
  if (found.empty())
    throw bad_table("no published score has a unit and time of the index", "write them as in the data");
  return found;
}

}  // namespace

Published published_from(const Table& published, const IndexSystem& system, const Panel& panel,
                         const std::vector<std::size_t>& rows) {
  Published values;
  if (published.has("code") && published.has("weight")) {
    PrintedColumn weights = by_indicator(published, "weight", system);
    from_per_cent(weights);
    values.weights = weights.values;
    values.weight_tolerance = weights.tolerance;
  }
  if (published.has("code") && published.has("entropy")) {
    const PrintedColumn entropies = by_indicator(published, "entropy", system);
    values.entropies = entropies.values;
    values.entropy_tolerance = entropies.tolerance;
  }
  if (published.has("score") && published.has(panel.keys.unit) &&
      (panel.keys.time.empty() || published.has(panel.keys.time))) {
    const PrintedColumn scores = by_row(published, panel, rows);
    values.scores = scores.values;
    values.score_tolerance = scores.tolerance;
  }
  if (values.weights.empty() && values.entropies.empty() && values.scores.empty())
    throw bad_table("there is nothing to compare in the published values",
                    "its columns are code and weight or entropy, or " + panel.keys.unit + ", " +
                        panel.keys.time + " and score");
  return values;
}

Diagnosis which_conventions(const Context& context, const IndexSystem& system, const Published& published,
                            const Table& table, const Panel& panel, const std::vector<std::size_t>& rows) {
  const IndexData data{system, table, panel, rows};
  const std::vector<double> times_units = counts(panel, rows);
  const std::vector<Candidate> candidates = all_candidates(system, published.index);
  std::vector<std::vector<ConventionMatch>> found(candidates.size());
  for_each_block(context, static_cast<std::int64_t>(candidates.size()), [&](std::int64_t at) {
    const auto k = static_cast<std::size_t>(at);
    for (const Outcome& outcome : outcomes_of(candidates[k], data, times_units))
      if (!outcome.scores_alone || !published.scores.empty())
        found[k].push_back(match_of(outcome, published));
  });
  Diagnosis diagnosis;
  std::vector<ConventionMatch> all;
  for (const std::vector<ConventionMatch>& some : found) all.insert(all.end(), some.begin(), some.end());
  diagnosis.tried = static_cast<int>(all.size());
  diagnosis.matches = best_of(std::move(all));
  diagnosis.entropy_above_one =
      std::any_of(published.entropies.begin(), published.entropies.end(), [](double e) { return e > 1; }) ||
      (!diagnosis.matches.empty() && diagnosis.matches[0].reproduces &&
       std::all_of(diagnosis.matches.begin(), diagnosis.matches.end(), [](const ConventionMatch& match) {
         return !match.reproduces || match.what.find("k = 1/ln T") != std::string::npos ||
                match.what.find("k = 1/ln n") != std::string::npos;
       }));
  return diagnosis;
}

}  // namespace panelist
