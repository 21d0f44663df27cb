// SPDX-License-Identifier: Apache-2.0
#include "absorb/absorber.h"

#include <fmt/format.h>

#include <chrono>
#include <future>

#include "absorb/engine/engine.h"
#include "absorb/engine/rank.h"
#include "absorb/system/degrees.h"
#include "absorb/system/levels.h"
#include "base/diagnostic.h"

namespace panelist {
namespace {

// Passes of the exact solver: the second takes the rounding error out of the first.
constexpr int exact_passes = 2;
// Fewer values than this are not worth a thread.
constexpr Index values_worth_a_thread = 50000;

// Up to this many rows plain factors with a small reduced system take the system whose rank is decided column by column.
constexpr Index rows_of_small_problems = 20000;

// Rows from which the count of degrees of freedom is worth a thread of its own.
constexpr std::size_t rows_worth_a_count_beside = 100000;

enum class Method { none, exact, engine };

}  // namespace

struct Absorber::State {
  std::vector<AbsorbFactor> factors;
  Vector w;
  AbsorbOptions options;
  FactorSpaces spaces;
  std::size_t eliminated = 0;
  std::vector<Index> offsets;
  Method method = Method::none;
  DenseSystem dense;
  std::unique_ptr<engine::Engine> solver;
  // Counted beside the solution where there are threads for both: nobody asks before it is done.
  std::shared_future<std::vector<FactorDegrees>> degrees;
  bool holds_constant = false;

  // What one column needs besides itself.
  struct Work {
    Vector fitted, sums, reduced;
  };

  void build(const Context& context);
  std::vector<FactorDegrees> build_system();
  [[nodiscard]] bool any_slopes() const;
  void count_degrees(const Context& context);
  void know_degrees(std::vector<FactorDegrees> known);
  void reweight(const Context& context);
  [[nodiscard]] bool suits_engine() const;
  [[nodiscard]] double centre(Vector& v) const;
  void reduced_sums(const Vector& v, Work& work) const;
  void add_reduced(const Vector& a, Vector& u) const;
  void subtract_reduced(const Vector& a, Vector& v, Work& work) const;
  void solve_exactly(Vector& v, Work& work, Vector* coefficients) const;
};

// Either many rows or a reduced system that is not small.
bool Absorber::State::suits_engine() const {
  Index levels = 0, largest = 0;
  for (const AbsorbFactor& factor : factors) {
    const Index columns = factor.n_levels * (factor.slopes.cols() + (factor.intercept ? 1 : 0));
    levels += columns;
    largest = std::max<Index>(largest, columns);
  }
  return static_cast<Index>(factors.front().level.size()) > rows_of_small_problems ||
         levels - largest > options.dense_levels;
}

void Absorber::State::build(const Context& context) {
  for (const AbsorbFactor& factor : factors) holds_constant = holds_constant || factor.intercept;
  if (suits_engine()) {
    method = Method::engine;
    solver = std::make_unique<engine::Engine>(context, factors, w, options);
    count_degrees(context);
  } else {
    know_degrees(build_system());
  }
}

void Absorber::State::count_degrees(const Context& context) {
  const bool beside = context.threads > 1 && factors.front().level.size() > rows_worth_a_count_beside;
  Context own = context;
  own.threads = 1;
  degrees = std::async(beside ? std::launch::async : std::launch::deferred, [this, own] {
              if (any_slopes()) return sloped_degrees(factors, options.dense_levels);
              return engine::degrees_of(own, factors, {&solver->layout(), solver->cells()});
            }).share();
}

void Absorber::State::know_degrees(std::vector<FactorDegrees> known) {
  std::promise<std::vector<FactorDegrees>> promise;
  promise.set_value(std::move(known));
  degrees = promise.get_future().share();
}

// The rank of D does not depend on positive weights.
void Absorber::State::reweight(const Context& context) {
  if (method == Method::engine) {
    degrees.wait();
    solver->reweight(context, w);
    return;
  }
  spaces.clear();
  build_system();
}

// Returns the degrees of freedom.
std::vector<FactorDegrees> Absorber::State::build_system() {
  spaces.reserve(factors.size());
  for (const AbsorbFactor& factor : factors) spaces.emplace_back(factor, w);
  eliminated = largest_of(spaces, spaces.size());
  offsets = reduced_offsets(spaces, eliminated, spaces.size());
  method = Method::exact;
  if (spaces.size() == 1) return pairwise_degrees(factors, spaces);
  const bool plain = spaces.size() == 2 && !any_slopes();
  ExactDegrees exact = plain ? two_factor_degrees(factors, eliminated) : exact_degrees(factors);
  dense = DenseSystem(reduced_matrix(spaces, eliminated, spaces.size(), w).S, std::move(exact.kept));
  return std::move(exact.factors);
}

bool Absorber::State::any_slopes() const {
  return std::any_of(factors.begin(), factors.end(),
                     [](const AbsorbFactor& f) { return !f.intercept || f.slopes.cols() > 0; });
}

double Absorber::State::centre(Vector& v) const {
  if (!holds_constant || v.size() == 0) return 0.0;
  const double total = w.size() > 0 ? w.sum() : static_cast<double>(v.size());
  const double mean = (w.size() > 0 ? w.dot(v) : v.sum()) / total;
  v.array() -= mean;
  return mean;
}

void Absorber::State::reduced_sums(const Vector& v, Work& work) const {
  work.reduced.resize(offsets.back());
  for (std::size_t q = 0; q < spaces.size(); ++q) {
    if (q == eliminated) continue;
    spaces[q].sums(v, work.sums);
    work.reduced.segment(offsets[q], work.sums.size()) = work.sums;
  }
}

void Absorber::State::add_reduced(const Vector& a, Vector& u) const {
  for (std::size_t q = 0; q < spaces.size(); ++q) {
    if (q != eliminated) spaces[q].add(a.segment(offsets[q], spaces[q].columns()), 1.0, u);
  }
}

// v -= (I - P_e) D_R a
void Absorber::State::subtract_reduced(const Vector& a, Vector& v, Work& work) const {
  work.fitted.setZero(v.size());
  add_reduced(a, work.fitted);
  spaces[eliminated].project_out(work.fitted, work.sums);
  v -= work.fitted;
}

void Absorber::State::solve_exactly(Vector& v, Work& work, Vector* coefficients) const {
  for (int pass = 0; pass < exact_passes; ++pass) {
    spaces[eliminated].project_out(v, work.sums);
    if (offsets.back() == 0) continue;
    reduced_sums(v, work);
    dense.solve(work.reduced);
    subtract_reduced(work.reduced, v, work);
    if (coefficients != nullptr) *coefficients += work.reduced;
  }
}

Absorber::Absorber(const Context& context, std::vector<AbsorbFactor> factors, Vector w,
                   const AbsorbOptions& options)
    : state_(std::make_unique<State>()) {
  context.stop_if_asked();
  state_->factors = std::move(factors);
  state_->w = std::move(w);
  state_->options = options;
  if (!state_->factors.empty()) state_->build(context);
}

Absorber::~Absorber() = default;
Absorber::Absorber(Absorber&&) noexcept = default;
Absorber& Absorber::operator=(Absorber&&) noexcept = default;

AbsorbReport Absorber::absorb(const Context& context, Eigen::Ref<Matrix> columns) const {
  return absorb(context, columns, state_->options.tolerance);
}

namespace {

constexpr double most_error_left = 1e-6;

}  // namespace

void Absorber::absorb_or_throw(const Context& context, Eigen::Ref<Matrix> columns, double tolerance) const {
  const AbsorbReport report = absorb(context, columns, tolerance);
  if (report.converged || report.error_bound <= most_error_left) return;
  throw Error(
      "estimate.not_converged",
      fmt::format("taking out the effects did not converge in {} iterations: a column may be off by {:.1e} "
                  "of its norm",
                  report.iterations, report.error_bound),
      "drop the effect that links few rows");
}

void Absorber::reweight(const Context& context, Vector w) {
  state_->w = std::move(w);
  if (!state_->factors.empty()) state_->reweight(context);
}

AbsorbReport Absorber::absorb(const Context& context, Eigen::Ref<Matrix> columns, double tolerance) const {
  const auto start = std::chrono::steady_clock::now();
  AbsorbReport report;
  report.solver = state_->method == Method::none ? "none" : "exact";
  if (state_->method == Method::none) return report;
  if (state_->method == Method::engine) {
    return state_->solver->absorb(context, {columns.data(), columns.outerStride(), columns.cols()},
                                  tolerance);
  }
  Context crew = context;
  if (columns.size() < values_worth_a_thread) crew.threads = 1;
  for_each_block(crew, columns.cols(), [&](std::int64_t j) {
    Vector v = columns.col(j);
    static_cast<void>(state_->centre(v));
    State::Work work;
    state_->solve_exactly(v, work, nullptr);
    columns.col(j) = v;
  });
  report.errors.assign(static_cast<std::size_t>(columns.cols()), 0.0);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return report;
}

std::vector<Matrix> Absorber::effects(const Context& context, const Vector& column) const {
  const State& state = *state_;
  std::vector<Matrix> effects;
  if (state.method == Method::none) return effects;
  if (state.method == Method::engine) {
    effects = state.solver->effects(context, column);
    normalise_effects(state.factors, effects);
    return effects;
  }
  Vector v = column;
  const double mean = state.centre(v);
  Vector rest = v;
  Vector coefficients = Vector::Zero(state.offsets.back());
  State::Work work;
  state.solve_exactly(v, work, &coefficients);
  state.add_reduced(-coefficients, rest);
  Vector own;
  state.spaces[state.eliminated].sums(rest, own);
  state.spaces[state.eliminated].solve(own);
  bool placed = false;
  for (std::size_t q = 0; q < state.spaces.size(); ++q) {
    const FactorSpace& space = state.spaces[q];
    const bool is_eliminated = q == state.eliminated;
    effects.push_back(space.in_given_units(
        is_eliminated ? own : Vector(coefficients.segment(state.offsets[q], space.columns()))));
    if (space.has_intercept() && !placed) effects.back().col(0).array() += mean;
    placed = placed || space.has_intercept();
  }
  normalise_effects(state.factors, effects);
  return effects;
}

const std::vector<FactorDegrees>& Absorber::degrees() const {
  static const std::vector<FactorDegrees> none;
  return state_->factors.empty() ? none : state_->degrees.get();
}

Index Absorber::rank() const {
  Index rank = 0;
  for (const FactorDegrees& factor : degrees()) rank += factor.levels - factor.redundant;
  return rank;
}

std::size_t Absorber::factors() const { return state_->factors.size(); }

const std::vector<AbsorbFactor>& Absorber::given_factors() const { return state_->factors; }

const Vector& Absorber::weights() const { return state_->w; }

}  // namespace panelist
