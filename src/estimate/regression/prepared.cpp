// SPDX-License-Identifier: Apache-2.0
#include "estimate/regression/prepared.h"

#include <fmt/format.h>

#include "estimate/regression/absorbed_terms.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

// Less than this share of a column's norm is rounding: the column is constant.
constexpr double constant_share = 1e-13;
// Less than this share of the variation before absorption is left: the effects absorb the column.
constexpr double absorbed_share = 1e-9;
// Asked for when a column lies so near to that share that it cannot be decided.
constexpr double deciding_tolerance = 1e-3;
// Rounding that absorption leaves, as a share of the variation before it.
constexpr double absorption_rounding = 1e-14;

Vector weights_as_used(const ModelFrame& frame) {
  if (frame.weights.size() == 0 || frame.weight_type == WeightType::frequency) return frame.weights;
  // By the largest first: the sum of weights may leave the range of numbers.
  const Vector scaled = frame.weights / frame.weights.maxCoeff();
  return scaled * (static_cast<double>(frame.n()) / scaled.sum());
}

std::vector<AbsorbFactor> factors_of(const ModelFrame& frame) {
  std::vector<AbsorbFactor> factors;
  for (const FrameEffect& effect : frame.effects) {
    factors.push_back(
        {effect.group.name, effect.group.level, effect.group.size(), effect.slopes, effect.intercept});
  }
  return factors;
}

bool holds_constant(const ModelFrame& frame) {
  const auto has_levels = [](const FrameEffect& effect) { return effect.intercept; };
  return frame.intercept || std::any_of(frame.effects.begin(), frame.effects.end(), has_levels);
}

// [y exogenous endogenous instruments] side by side in one array, absorbed in place. Columns that go make the ones
// after them move up; `source` says where each came from.
class WorkingColumns {
 public:
  struct Source {
    const FrameColumns* set = nullptr;  // null: the outcome
    Index column = 0;
    double before = 0;      // variation before absorption
    double unabsorbed = 0;  // bound of what absorption left of the effects
  };

  // `released`: null, or the frame itself.
  WorkingColumns(const Context& context, const ModelFrame& frame, const Vector& weights, ModelFrame* released)
      : context_(context), frame_(frame), released_(released), weights_(weights), rows_(frame.n()) {
    sources_.push_back({});
    for (const FrameColumns* set : {&frame.exogenous, &frame.endogenous, &frame.instruments})
      for (Index j = 0; j < static_cast<Index>(set->names.size()); ++j) sources_.push_back({set, j});
    values_ = recycled_values<double>(static_cast<std::size_t>(rows_) * sources_.size());
  }

  // Copies the columns in and measures them on the way.
  std::vector<Moments> gather() {
    const Index blocks = moment_blocks(rows_);
    std::vector<Moments> parts(static_cast<std::size_t>(blocks) * sources_.size());
    // Columns that are let go of are taken one by one, others all at once.
    const Index at_once = released_ != nullptr ? 1 : width();
    for (Index j = 0; j < width(); j += at_once) {
      for_each_block(context_, at_once * blocks, [&](std::int64_t block) {
        const Index part = j * blocks + block;
        parts[static_cast<std::size_t>(part)] = gather_block(part / blocks, part % blocks);
      });
      if (released_ != nullptr) let_go(j);
    }
    std::vector<Moments> moments(sources_.size());
    for (std::size_t part = 0; part < parts.size(); ++part)
      moments[part / static_cast<std::size_t>(blocks)].join(parts[part]);
    return moments;
  }

  // Takes out the columns marked.
  void remove(const std::vector<bool>& gone) {
    Index kept = 0;
    for (Index j = 0; j < width(); ++j) {
      if (gone[static_cast<std::size_t>(j)]) continue;
      if (kept != j) std::copy_n(data(j), rows_, data(kept));
      sources_[static_cast<std::size_t>(kept++)] = sources_[static_cast<std::size_t>(j)];
    }
    sources_.resize(static_cast<std::size_t>(kept));
  }

  [[nodiscard]] Index width() const { return static_cast<Index>(sources_.size()); }
  [[nodiscard]] std::vector<Source>& sources() { return sources_; }
  [[nodiscard]] Eigen::Map<Matrix> matrix() { return {values_.get(), rows_, width()}; }
  [[nodiscard]] const std::string& name(Index j) const {
    const Source& source = sources_[static_cast<std::size_t>(j)];
    return source.set->names[static_cast<std::size_t>(source.column)];
  }
  [[nodiscard]] bool are_released() const { return released_ != nullptr; }
  // As the frame has it, or had it.
  [[nodiscard]] const SharedVector& given(Index j) const {
    const Source& source = sources_[static_cast<std::size_t>(j)];
    return source.set->values.col(source.column);
  }
  // The columns that came from a set, sharing the array.
  [[nodiscard]] PreparedColumns part(const FrameColumns& set, double rounding) const {
    PreparedColumns columns;
    Index first = 1;
    std::vector<double> errors, unabsorbed;
    for (Index j = 1; j < width(); ++j) {
      const Source& source = sources_[static_cast<std::size_t>(j)];
      if (source.set != &set) continue;
      if (columns.names.empty()) first = j;
      columns.names.push_back(name(j));
      const auto at = static_cast<std::size_t>(source.column);
      columns.sets.push_back(at < set.sets.size() ? set.sets[at] : "");
      errors.push_back(rounding * source.before);
      unabsorbed.push_back(source.unabsorbed);
    }
    columns.values = SharedMatrix(values_, rows_, width()).part(first, static_cast<Index>(errors.size()));
    if (rounding > 0) {
      columns.rounding = Eigen::Map<const Vector>(errors.data(), static_cast<Index>(errors.size()));
      columns.unabsorbed = Eigen::Map<const Vector>(unabsorbed.data(), columns.rounding.size());
    }
    return columns;
  }
  [[nodiscard]] SharedVector outcome() const { return {values_, rows_}; }

 private:
  double* data(Index j) { return values_.get() + j * rows_; }

  Moments gather_block(Index j, Index block) {
    const Index first = block * moment_rows, rows = std::min(moment_rows, rows_ - first);
    double* const to = data(j) + first;
    load(j, first, rows, to);
    if (j == 0 && frame_.offset.size() > 0)
      for (Index i = 0; i < rows; ++i) to[i] -= frame_.offset(first + i);
    return moments_of_block(to, weights_.size() > 0 ? weights_.data() + first : nullptr, rows);
  }
  void let_go(Index j) {
    const Source& source = sources_[static_cast<std::size_t>(j)];
    for (FrameColumns* set : {&released_->exogenous, &released_->endogenous, &released_->instruments})
      if (set == source.set) set->values.let_go(source.column);
  }
  void load(Index j, Index first, Index rows, double* to) const {
    const Source& source = sources_[static_cast<std::size_t>(j)];
    const double* const from = source.set == nullptr
                                   ? frame_.outcome.data() + first
                                   : source.set->values.load(source.column, first, rows, to);
    if (from != to) std::copy_n(from, rows, to);
  }

  const Context& context_;
  const ModelFrame& frame_;
  ModelFrame* released_;
  const Vector& weights_;
  Index rows_;
  std::vector<Source> sources_;
  std::shared_ptr<double[]> values_;
};

// Its squares leave the range of numbers: nothing can be said of such a column.
void check_range(const std::string& name, const Moments& moments) {
  if (std::isfinite(moments.square)) return;
  throw Error(
      "estimate.not_finite",
      fmt::format("the numbers of `{}` are too large to compute with: their squares leave the range of "
                  "numbers",
                  name),
      "measure the variable in other units, so that it lies between 1e-100 and 1e100");
}

// Reports and removes constant columns; notes the variation of the others.
void remove_constants(WorkingColumns& columns, const std::vector<Moments>& moments, Preparation& prepared,
                      bool centred) {
  std::vector<bool> gone(moments.size(), false);
  for (Index j = 1; j < columns.width(); ++j) {
    const Moments& own = moments[static_cast<std::size_t>(j)];
    check_range(columns.name(j), own);
    const double size = std::sqrt(own.square);
    const double varies = centred && !(prepared.intercept && j == 1) ? std::sqrt(own.variation) : size;
    columns.sources()[static_cast<std::size_t>(j)].before = varies;
    prepared.means[columns.name(j)] = own.mean;
    if (!(varies <= constant_share * size)) continue;
    gone[static_cast<std::size_t>(j)] = true;
    prepared.dropped.push_back({columns.name(j), "constant", {}});
  }
  columns.remove(gone);
}

// Where the norm of an absorbed column lies: it is at most what is left, and less by at most what absorption left of
// the effects.
enum class Left { something, nothing, undecided };

Left left_of(const WorkingColumns::Source& source, double square) {
  const double highest = std::sqrt(square), lowest = highest - source.unabsorbed;
  const double limit = absorbed_share * source.before;
  if (highest <= limit) return Left::nothing;
  return lowest > limit ? Left::something : Left::undecided;
}

bool undecided(WorkingColumns& columns, const Matrix& products) {
  for (Index j = 1; j < columns.width(); ++j) {
    if (left_of(columns.sources()[static_cast<std::size_t>(j)], products(j, j)) == Left::undecided)
      return true;
  }
  return false;
}

void remove_absorbed(const Context& context, WorkingColumns& columns, Preparation& prepared,
                     const ModelFrame& frame) {
  std::vector<bool> gone(static_cast<std::size_t>(columns.width()), false);
  std::vector<Index> kept = {0};
  std::vector<AbsorbedColumn> absorbed;
  for (Index j = 1; j < columns.width(); ++j) {
    const WorkingColumns::Source& source = columns.sources()[static_cast<std::size_t>(j)];
    if (left_of(source, prepared.products(j, j)) != Left::nothing) {
      kept.push_back(j);
      continue;
    }
    gone[static_cast<std::size_t>(j)] = true;
    absorbed.push_back({columns.name(j), columns.given(j), absorbed_share * source.before});
  }
  if (!absorbed.empty() && columns.are_released() && frame.effects.size() > 1) throw RegressorsNeeded{};
  for (DroppedTerm& term : absorbed_terms(context, factors_of(frame), prepared.weights, absorbed))
    prepared.dropped.push_back(std::move(term));
  columns.remove(gone);
  prepared.products = Matrix(prepared.products(kept, kept));
}

void check_convergence(const AbsorbReport& report) {
  if (report.converged) return;
  throw Error(
      "estimate.not_converged",
      fmt::format("the fixed effects did not converge in {} iterations: a column may be off by {:.1e} of "
                  "its norm",
                  report.iterations, report.error_bound),
      "allow more error with `--tolerance 1e-8`, or drop the effect that links few rows");
}

void absorb_columns(const Context& context, Preparation& prepared, WorkingColumns& columns,
                    double tolerance) {
  prepared.convergence = prepared.absorber->absorb(context, columns.matrix(), tolerance);
  check_convergence(prepared.convergence);
  for (std::size_t j = 0; j < prepared.convergence.errors.size(); ++j)
    columns.sources()[j].unabsorbed = prepared.convergence.errors[j];
  prepared.products = gram(context, columns.matrix(), prepared.weights);
}

void absorb_all(const Context& context, const ModelFrame& frame, Preparation& prepared,
                const EstimateOptions& options, WorkingColumns& columns) {
  prepared.absorber =
      std::make_shared<Absorber>(context, factors_of(frame), prepared.weights, options.absorb);
  absorb_columns(context, prepared, columns, options.absorb.tolerance);
  if (undecided(columns, prepared.products))
    absorb_columns(context, prepared, columns, deciding_tolerance * options.absorb.tolerance);
  remove_absorbed(context, columns, prepared, frame);
}

}  // namespace

PreparedColumns only(const PreparedColumns& columns, const std::vector<Index>& kept) {
  if (static_cast<Index>(kept.size()) == columns.values.cols()) return columns;
  PreparedColumns rest;
  for (const Index j : kept) {
    rest.names.push_back(columns.names[static_cast<std::size_t>(j)]);
    rest.sets.push_back(columns.sets[static_cast<std::size_t>(j)]);
  }
  rest.values = Matrix(columns.values(Eigen::all, kept));
  if (columns.rounding.size() > 0) rest.rounding = columns.rounding(kept);
  if (columns.unabsorbed.size() > 0) rest.unabsorbed = columns.unabsorbed(kept);
  return rest;
}

PreparedColumns side_by_side(const std::vector<const PreparedColumns*>& parts) {
  PreparedColumns together;
  Index width = 0;
  for (const PreparedColumns* part : parts) {
    together.names.insert(together.names.end(), part->names.begin(), part->names.end());
    together.sets.insert(together.sets.end(), part->sets.begin(), part->sets.end());
    width += part->values.cols();
  }
  Matrix values(parts.front()->values.rows(), width);
  together.rounding = together.unabsorbed = Vector::Zero(width);
  Index next = 0;
  for (const PreparedColumns* part : parts) {
    values.middleCols(next, part->values.cols()) = part->values;
    if (part->rounding.size() > 0) together.rounding.segment(next, part->values.cols()) = part->rounding;
    if (part->unabsorbed.size() > 0)
      together.unabsorbed.segment(next, part->values.cols()) = part->unabsorbed;
    next += part->values.cols();
  }
  together.values = std::move(values);
  return together;
}

DroppedTerm collinear_term(const std::vector<std::string>& names, Index column,
                           const std::vector<Index>& depends_on) {
  DroppedTerm term{names[static_cast<std::size_t>(column)], "collinear", {}};
  for (const Index j : depends_on) term.with.push_back(names[static_cast<std::size_t>(j)]);
  return term;
}

LeastSquaresOptions solver_options(const Preparation& prepared, const EstimateOptions& options,
                                   const Vector& rounding) {
  LeastSquaresOptions solver;
  solver.collinear_tolerance = options.collinear_tolerance;
  solver.constant_column = prepared.intercept ? 0 : -1;
  solver.rounding = rounding;
  // Absorbed columns carry rounding of their own: more digits would be digits of that.
  if (prepared.absorber != nullptr) solver.refine_above_error = 1e-8;
  return solver;
}

namespace {

Preparation prepared_from(const Context& context, const ModelFrame& frame, const EstimateOptions& options,
                          ModelFrame* released) {
  if (frame.n() == 0) {
    throw Error("estimate.no_rows", "no rows are left to estimate with",
                "look at what `where` and missing values leave: `panelist data FILE`");
  }
  Preparation prepared;
  prepared.weights = weights_as_used(frame);
  prepared.intercept = frame.intercept;
  WorkingColumns columns(context, frame, prepared.weights, released);
  const std::vector<Moments> moments = columns.gather();
  prepared.outcome = moments.front();
  remove_constants(columns, moments, prepared, holds_constant(frame));
  if (!frame.effects.empty()) absorb_all(context, frame, prepared, options, columns);
  const double rounding = frame.effects.empty() ? 0 : absorption_rounding;
  prepared.y = columns.outcome();
  prepared.y_rounding = rounding * std::sqrt(prepared.outcome.variation);
  prepared.y_unabsorbed = columns.sources().front().unabsorbed;
  prepared.exogenous = columns.part(frame.exogenous, rounding);
  prepared.endogenous = columns.part(frame.endogenous, rounding);
  prepared.instruments = columns.part(frame.instruments, rounding);
  return prepared;
}

}  // namespace

Preparation prepare(const Context& context, const ModelFrame& frame, const EstimateOptions& options) {
  return prepared_from(context, frame, options, nullptr);
}

Preparation prepare_releasing(const Context& context, ModelFrame& frame, const EstimateOptions& options) {
  return prepared_from(context, frame, options, &frame);
}

}  // namespace panelist
