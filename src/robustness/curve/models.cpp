// SPDX-License-Identifier: Apache-2.0
#include "robustness/curve/models.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <optional>

#include "base/distribution.h"
#include "robustness/curve/regression.h"

namespace panelist {
namespace {

constexpr std::int64_t models_per_block = 64;
// Below this share of the outcome's squares residuals have lost digits; below this share of the variance of equal errors
// a variance is rounding (infer/vcov).
constexpr double lost_share = 1e-10, rounded_variance = 1e-10;

// What a covariance makes of a number of terms.
struct Rule {
  double factor = missing_value, df = missing_value, critical = missing_value;
  std::string problem;
};

Rule rule_of(const Context& context, const CurveData& data, Fit sample, const VcovSpec& vcov, Index terms) {
  sample.dof.terms = terms;
  Rule rule;
  if (sample.df_residual() <= 0) {
    rule.problem = "estimate.no_degrees_of_freedom";
    return rule;
  }
  try {
    const Vcov made = covariance(context, sample, vcov, data.spec.main.small_sample);
    rule.factor = made.factor;
    rule.df = made.df;
    rule.critical = t_quantile(1 - (1 - data.spec.main.level) / 2, made.df);
  } catch (const Error& error) {
    rule.problem = error.diagnostic().code;
  }
  return rule;
}

// The specifications that differ in their vcov only.
struct Model {
  std::vector<std::size_t> specifications;
};

std::vector<Model> models_of(const SpecificationCurve& curve, const SameRows& rows) {
  std::map<std::array<std::uint32_t, 3>, Model> models;
  for (const std::size_t at : rows) {
    const Specification& one = curve.specifications[at];
    models[{one.outcome, one.measure, one.controls}].specifications.push_back(at);
  }
  std::vector<Model> list;
  for (auto& [key, model] : models) list.push_back(std::move(model));
  return list;
}

class BoardWork {
 public:
  BoardWork(const Context& context, const CurveData& data, const Board& board, SpecificationCurve& curve)
      : context_(context),
        data_(data),
        board_(board),
        curve_(curve),
        pairs_(board.basis, board.columns.sample) {}

  std::vector<std::size_t> run(const SameRows& rows) {
    const std::vector<Model> models = models_of(curve_, rows);
    ask_rules(models);
    make_meats(rows);
    alone_.assign(curve_.specifications.size(), false);
    const auto count = static_cast<std::int64_t>(models.size());
    for_each_block(context_, (count + models_per_block - 1) / models_per_block, [&](std::int64_t block) {
      const std::int64_t first = block * models_per_block;
      estimate_block(models, first, std::min(count, first + models_per_block));
    });
    std::vector<std::size_t> rest;
    for (const std::size_t at : rows)
      if (alone_[at] != 0) rest.push_back(at);
    return rest;
  }

 private:
  [[nodiscard]] const Fit& sample() const { return board_.columns.sample; }
  [[nodiscard]] Index constant() const { return sample().dof.intercept ? 1 : 0; }

  void ask_rules(const std::vector<Model>& models) {
    std::vector<bool> wanted(board_.names.size() + 2, false);
    for (const Model& model : models) {
      const std::size_t most = terms_of(curve_.specifications[model.specifications.front()]).size();
      wanted[most + static_cast<std::size_t>(constant())] = true;
    }
    rules_.resize(data_.spec.vcovs.size());
    for (const std::size_t at : models.front().specifications) {
      const std::uint32_t v = curve_.specifications[at].vcov;
      rules_[v].resize(wanted.size());
      for (std::size_t terms = 1; terms < wanted.size(); ++terms)
        if (wanted[terms])
          rules_[v][terms] =
              rule_of(context_, data_, sample(), data_.spec.vcovs[v], static_cast<Index>(terms));
    }
  }

  void make_meats(const SameRows& rows) {
    meats_.resize(data_.spec.vcovs.size());
    std::vector<bool> made(meats_.size(), false);
    for (const std::size_t at : rows) {
      const std::uint32_t v = curve_.specifications[at].vcov;
      if (made[v]) continue;
      made[v] = true;
      const VcovSpec& vcov = data_.spec.vcovs[v];
      const bool several = vcov.kind == "cluster" && vcov.columns.size() > 1;
      const bool own_factors = several && data_.spec.main.small_sample.g == SmallSample::Groups::conventional;
      if (vcov.kind != "iid" && is_of_scores_alone(vcov) && !own_factors)
        meats_[v] = pairs_.meat(context_, vcov);
    }
  }

  // Columns of R of a specification, in the order of its formula.
  [[nodiscard]] std::vector<Index> terms_of(const Specification& one) const {
    std::vector<Index> columns;
    const auto add = [&](const std::string& term) {
      const auto found = board_.of_term.find(term);
      if (found != board_.of_term.end())
        columns.insert(columns.end(), found->second.begin(), found->second.end());
    };
    for (const FormulaTerm* term : regressors_of(data_.spec, curve_, one)) add(term->text);
    return columns;
  }

  [[nodiscard]] Index outcome_of(const Specification& one) const {
    const auto found = board_.of_outcome.find(data_.spec.outcomes[one.outcome].name);
    return found == board_.of_outcome.end() ? -1 : found->second;
  }

  struct Solved {
    const Model* model = nullptr;
    SmallSolution solution;
    Index terms = 0;
  };

  // Nothing where the model has no numbers, or must be estimated by itself.
  std::optional<Solved> solve(const Model& model, Index outcome) {
    const Specification& one = curve_.specifications[model.specifications.front()];
    const auto measure = board_.of_term.find(data_.spec.measures[one.measure].text);
    if (outcome < 0) return give_up(model, "estimate.constant_among_outcomes");
    if (measure == board_.of_term.end()) return give_up(model, "estimate.all_dropped");
    if (measure->second.size() != 1) return by_itself(model);
    SmallRegression regression;
    regression.R = &board_.basis.R;
    regression.rounding = &board_.rounding;
    regression.columns = terms_of(one);
    const auto term =
        std::find(regression.columns.begin(), regression.columns.end(), measure->second.front());
    regression.term = term - regression.columns.begin();
    regression.outcome = board_.basis.outcomes.col(outcome);
    regression.remainder = board_.basis.remainder_norm(outcome);
    Solved solved{&model, solve_small(regression, data_.spec.main.estimate.collinear_tolerance), 0};
    say_dropped(model, regression, solved.solution);
    if (solved.solution.kind == SmallSolution::Kind::term_dropped)
      return give_up(model, "estimate.all_dropped");
    if (solved.solution.kind == SmallSolution::Kind::unclear) return by_itself(model);
    const double total = regression.outcome.squaredNorm() + regression.remainder * regression.remainder;
    if (!(solved.solution.square > lost_share * total)) return by_itself(model);
    solved.terms = static_cast<Index>(solved.solution.kept.size()) + constant();
    return solved;
  }

  std::optional<Solved> give_up(const Model& model, const char* problem) {
    for (const std::size_t at : model.specifications) curve_.specifications[at].problem = problem;
    return std::nullopt;
  }
  std::optional<Solved> by_itself(const Model& model) {
    for (const std::size_t at : model.specifications) alone_[at] = 1;
    return std::nullopt;
  }

  void say_dropped(const Model& model, const SmallRegression& regression, const SmallSolution& solution) {
    std::vector<std::string> names;
    for (const Index j : solution.dropped)
      names.push_back(
          board_.names[static_cast<std::size_t>(regression.columns[static_cast<std::size_t>(j)])]);
    const Specification& one = curve_.specifications[model.specifications.front()];
    for (const std::uint32_t control : curve_.control_sets[one.controls]) {
      const auto gone = board_.gone.find(curve_.controls[control]);
      if (gone != board_.gone.end()) names.insert(names.end(), gone->second.begin(), gone->second.end());
    }
    for (const std::size_t at : model.specifications) curve_.specifications[at].dropped = names;
  }

  void estimate_block(const std::vector<Model>& models, std::int64_t first, std::int64_t last) {
    while (first < last) {  // those of one outcome at a time
      const auto outcome = [&](std::int64_t at) {
        const Model& model = models[static_cast<std::size_t>(at)];
        return outcome_of(curve_.specifications[model.specifications.front()]);
      };
      const Index own = outcome(first);
      std::vector<Solved> solved;
      for (; first < last && outcome(first) == own; ++first)
        if (auto one = solve(models[static_cast<std::size_t>(first)], own)) solved.push_back(std::move(*one));
      if (!solved.empty()) infer(solved, own);
    }
  }

  void infer(const std::vector<Solved>& solved, Index outcome) {
    const std::vector<Index> positions = pairs_.of_outcome(outcome);
    Matrix g(static_cast<Index>(positions.size()), static_cast<Index>(solved.size()));
    const double remainder = board_.basis.remainder_norm(outcome);
    for (std::size_t i = 0; i < solved.size(); ++i) {
      const SmallSolution& solution = solved[i].solution;
      pairs_.coefficients(solution.direction, solution.residual, remainder, g.col(static_cast<Index>(i)));
    }
    for (std::size_t v = 0; v < data_.spec.vcovs.size(); ++v) {
      Vector meats;
      Matrix H;
      if (meats_[v].size() > 0) {
        H = meats_[v](positions, positions);
        meats = (g.array() * (H * g).array()).colwise().sum().transpose();
      }
      for (std::size_t i = 0; i < solved.size(); ++i)
        write(solved[i], v, H, meats.size() > 0 ? meats(static_cast<Index>(i)) : missing_value, remainder);
    }
  }

  void write(const Solved& solved, std::size_t v, const Matrix& H, double meat, double remainder) {
    const auto at = std::find_if(solved.model->specifications.begin(), solved.model->specifications.end(),
                                 [&](std::size_t one) { return curve_.specifications[one].vcov == v; });
    if (at == solved.model->specifications.end()) return;
    const VcovSpec& vcov = data_.spec.vcovs[v];
    const Rule& rule = rule_for(v, solved.terms);
    Specification& one = curve_.specifications[*at];
    one.problem = rule.problem;
    if (!rule.problem.empty()) return;
    const SmallSolution& solution = solved.solution;
    const double equal = solution.square * solution.bread;
    const bool is_iid = vcov.kind == "iid";
    const double variance = rule.factor * (is_iid ? equal / sample().n : meat);
    const double degrees =
        std::max(1.0, sample().n - static_cast<double>(solved.terms + sample().dof.absorbed));
    const bool lost = !(variance > rounded_variance * equal / degrees);
    if (lost || (may_be_clipped(vcov) && clips(solution, H, remainder))) {
      alone_[*at] = 1;
      return;
    }
    one.estimate = solution.estimate;
    one.std_error = std::sqrt(variance);
    one.n = sample().n;
    fill_inference(one, rule);
  }

  static void fill_inference(Specification& one, const Rule& rule) {
    one.df = rule.df;
    one.statistic = one.estimate / one.std_error;
    one.p_value = t_two_sided(one.statistic, rule.df);
    one.conf_low = one.estimate - rule.critical * one.std_error;
    one.conf_high = one.estimate + rule.critical * one.std_error;
  }

  // Fewer terms than asked for come up where controls are dropped.
  const Rule& rule_for(std::size_t v, Index terms) {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::optional<Rule>& rule = rules_[v][static_cast<std::size_t>(terms)];
    if (!rule) rule = rule_of(Context{}, data_, sample(), data_.spec.vcovs[v], terms);
    return *rule;
  }

  // The covariance of all coefficients has a negative eigenvalue, or cannot be looked at here.
  [[nodiscard]] bool clips(const SmallSolution& solution, const Matrix& H, double remainder) const {
    if (constant() > 0) return true;
    const Matrix directions = solution.directions();
    Matrix g(H.rows(), directions.cols());
    for (Index j = 0; j < g.cols(); ++j)
      pairs_.coefficients(directions.col(j), solution.residual, remainder, g.col(j));
    const Matrix V = g.transpose() * H * g;
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(0.5 * (V + V.transpose()), Eigen::EigenvaluesOnly);
    return eigen.eigenvalues()(0) < -1e-13 * eigen.eigenvalues().cwiseAbs().maxCoeff();
  }

  const Context& context_;
  const CurveData& data_;
  const Board& board_;
  SpecificationCurve& curve_;
  Pairs pairs_;
  std::mutex mutex_;
  std::vector<std::vector<std::optional<Rule>>> rules_;  // by vcov and number of terms
  std::vector<Matrix> meats_;                            // by vcov, of all products
  std::vector<char> alone_;                              // by specification: to be estimated by itself
};

}  // namespace

std::vector<std::size_t> estimate_board(const Context& context, const CurveData& data, const Board& board,
                                        const SameRows& rows, SpecificationCurve& curve) {
  return BoardWork(context, data, board, curve).run(rows);
}

}  // namespace panelist
