// SPDX-License-Identifier: Apache-2.0
#include "index/stream.h"

#include "index/column_sums.h"
#include "index/diagnose.h"
#include "index/tree.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

Index block_count(Index rows) { return (rows + rows_per_block - 1) / rows_per_block; }

// Calls body(block, first row, number of rows).
template <typename Body>
void for_each_stretch(const Context& context, Index rows, Body body) {
  for_each_block(context, block_count(rows), [&](std::int64_t block) {
    const Index first = block * rows_per_block;
    body(block, first, std::min(rows_per_block, rows - first));
  });
}

bool learns_from_sums(const PoolPlan& plan) {
  const bool one_pool = plan.conventions.pool == "all" || plan.conventions.pool.rfind("base:", 0) == 0;
  const bool one_step = plan.conventions.levels == "one-step" ||
                        (plan.conventions.levels == "two-step" && dimensions_of(plan.system).size() < 2);
  return one_pool && one_step && arithmetic_throughout(plan.conventions) &&
         find_normalisation(plan.conventions.normalise)->by_extremes && plan.weighting.of_sums != nullptr;
}

bool streams(const PoolPlan& plan) {
  const bool filled = std::any_of(plan.system.indicators.begin(), plan.system.indicators.end(),
                                  [](const Indicator& indicator) { return !indicator.imputed.empty(); });
  if (filled || treats(plan.conventions) || plan.weighting.weigh == nullptr || plan.weighting.by_row)
    return false;
  if (plan.frozen != nullptr) return plan.frozen->pools.empty() && !plan.frozen->components;
  return learns_from_sums(plan);
}

// 2 x m: the smallest and the largest cell of each column; nothing when a cell is missing.
std::optional<Matrix> extremes_of(const Context& context, const CellReader& reader) {
  const Index m = reader.columns(), blocks = block_count(reader.rows());
  Matrix low(m, blocks), high(m, blocks);
  for_each_stretch(context, reader.rows(), [&](Index block, Index first, Index count) {
    Vector cells(count);
    for (Index j = 0; j < m; ++j) {
      const Eigen::Map<const Vector> seen = reader.view(j, first, cells);
      const bool complete = seen.allFinite();
      low(j, block) = complete ? seen.minCoeff() : missing_value;
      high(j, block) = complete ? seen.maxCoeff() : missing_value;
    }
  });
  if (!low.allFinite()) return std::nullopt;
  Matrix extremes(2, m);
  extremes << low.rowwise().minCoeff().transpose(), high.rowwise().maxCoeff().transpose();
  return extremes;
}

// One index being built: the cells, what is learned of them, and what fills the result.
class Stream {
 public:
  Stream(const Context& context, const IndexData& data, const PoolPlan& plan, const IndexExtras& extras)
      : context_(context), data_(data), plan_(plan), extras_(extras), reader_(data) {}

  std::optional<IndexResult> build() {
    const std::optional<Matrix> extremes = extremes_of(context_, reader_);
    if (!extremes) return std::nullopt;
    extremes_ = *extremes;
    IndexResult result = started_result(data_, plan_.conventions, extremes_);
    const std::vector<Pool> pools =
        make_pools(plan_.frozen != nullptr ? "all" : plan_.conventions.pool, data_);
    if (plan_.frozen != nullptr)
      learned_ = *plan_.frozen;
    else
      learn(pools.front());
    for (Index j = 0; j < reader_.columns(); ++j)
      take_scale(learned_.scale[at(j)], "", result.indicators[at(j)], result);
    for (IndicatorResult& each : result.indicators) each.entropy = 0;
    take_weights(learned_.weights, 1, result);
    score(result);
    report_pool(pools.front(), learned_.weights, result);
    result.learned = std::make_shared<LearnedIndex>(std::move(learned_));
    finish_result(context_, data_, result);
    return result;
  }

 private:
  static std::size_t at(Index j) { return static_cast<std::size_t>(j); }
  [[nodiscard]] const Indicator& indicator(Index j) const { return plan_.system.indicators[at(j)]; }

  void learn(const Pool& pool) {
    const bool whole = pool.reference.size() == pool.members.size();
    std::vector<std::size_t> rows;
    if (!whole)
      for (const Index i : pool.reference) rows.push_back(data_.rows[at(i)]);
    const IndexData reference{data_.system, data_.table, data_.panel, whole ? data_.rows : rows};
    const CellReader reader(reference);
    const Matrix extremes = whole ? extremes_ : *extremes_of(context_, reader);
    const Normalisation& normalisation = *find_normalisation(plan_.conventions.normalise);
    for (Index j = 0; j < extremes.cols(); ++j)
      learned_.scale.push_back(normalisation.learn(extremes.col(j), indicator(j)));
    learn_weights_of(reader);
    learned_.treatment.resize(at(extremes.cols()));
    learned_.node_weights = plan_.system.node_weights;
    learned_.comparisons = plan_.system.comparisons;
  }

  [[nodiscard]] NormalisedColumn normalised(const CellReader& reader, Index j, Index first,
                                            Vector& cells) const {
    return scaled(*find_normalisation(plan_.conventions.normalise), learned_.scale[at(j)],
                  reader.view(j, first, cells), indicator(j), plan_.conventions.cap);
  }

  void learn_weights_of(const CellReader& reader) {
    std::vector<Index> kept;
    for (Index j = 0; j < reader.columns(); ++j)
      if (!learned_.scale[at(j)].constant) kept.push_back(j);
    const IndexSystem part = part_of(plan_.system, kept);
    WeightingSums sums{reader.rows(), {}, {}, part};
    if (plan_.weighting.zero_rule) add_up(reader, kept, sums);
    learned_.weights =
        weights_of_columns(kept, kept.empty() ? WeightingOutput{} : plan_.weighting.of_sums(sums),
                           {plan_.system, plan_.conventions, plan_.weighting});
  }

  void add_up(const CellReader& reader, const std::vector<Index>& kept, WeightingSums& sums) const {
    const ZeroRule rule = zero_rule(plan_.conventions.zero).value_or(ZeroRule{});
    const auto m = static_cast<Index>(kept.size());
    Matrix z(m, block_count(reader.rows())), z_log = z, least = z;
    for_each_stretch(context_, reader.rows(), [&](Index block, Index first, Index count) {
      Vector cells(count);
      for (Index k = 0; k < m; ++k) {
        const Vector x = normalised(reader, kept[at(k)], first, cells).values;
        const ColumnSums part = rule.shift == 0 && rule.slope == 1
                                    ? sums_of(x)
                                    : sums_of(Vector(rule.shift + rule.slope * x.array()));
        z(k, block) = part.z;
        z_log(k, block) = part.z_log;
        least(k, block) = x.minCoeff();
      }
    });
    for (Index k = 0; k < m; ++k) refuse_negative(least.row(k).minCoeff(), indicator(kept[at(k)]).code);
    sums.z = sums.z_log = Vector::Zero(m);
    for (Index block = 0; block < z.cols(); ++block) {
      sums.z += z.col(block);
      sums.z_log += z_log.col(block);
    }
  }

  // Cells beyond goalposts and rows with a zero, by block.
  struct Counts {
    std::vector<Index> moved, outside;
    Index zeros = 0;
  };

  void score(IndexResult& result) {
    const Index n = reader_.rows(), m = reader_.columns();
    if (extras_.cells) result.stages = started_stages(n, m);
    std::vector<Counts> counts(at(block_count(n)));
    std::vector<Matrix> squares(extras_.correlations ? counts.size() : 0);
    if (extras_.correlations) centre_ = centres();
    for_each_stretch(context_, n, [&](Index block, Index first, Index count) {
      const bool keeps_raw = extras_.correlations || result.stages.size() > 1;
      Matrix raw(keeps_raw ? count : 0, m), x(count, m);
      counts[at(block)] = read_block(first, raw, x);
      take_block(first, x, result);
      for (IndexStage& stage : result.stages)
        stage.values.middleRows(first, count) = stage.name == "normalised" ? x : raw;
      if (extras_.correlations) squares[at(block)] = centred_squares(raw);
    });
    warn_of(counts, result);
    if (extras_.correlations) result.diagnostics = diagnostics_of(squares);
  }

  [[nodiscard]] std::vector<IndexStage> started_stages(Index n, Index m) const {
    std::vector<IndexStage> stages;
    const bool denominated =
        std::any_of(plan_.system.indicators.begin(), plan_.system.indicators.end(),
                    [](const Indicator& indicator) { return !indicator.denominator.empty(); });
    if (denominated) stages.push_back({"denominated", Matrix(n, m)});
    stages.push_back({"normalised", Matrix(n, m)});
    return stages;
  }

  Counts read_block(Index first, Matrix& raw, Matrix& x) const {
    Counts counts{std::vector<Index>(at(x.cols())), std::vector<Index>(at(x.cols()))};
    Vector cells(x.rows());
    for (Index j = 0; j < x.cols(); ++j) {
      const NormalisedColumn column = normalised(reader_, j, first, cells);
      if (raw.rows() > 0) raw.col(j) = reader_.view(j, first, cells);
      x.col(j) = column.values;
      if (plan_.conventions.normalise == "max")
        refuse_lost(reader_.view(j, first, cells), column.values, indicator(j).code, "normalised value");
      counts.moved[at(j)] = column.moved;
      counts.outside[at(j)] = column.outside;
    }
    if (means_of_ratios(plan_.conventions)) counts.zeros = (x.array() == 0).rowwise().any().count();
    return counts;
  }

  void take_block(Index first, const Matrix& x, IndexResult& result) const {
    const PoolScores scores = score_rows(x, learned_.weights, plan_.system, plan_.conventions);
    result.score.segment(first, x.rows()) = scores.score;
    for (std::size_t k = 0; k < result.nodes.size(); ++k) {
      result.nodes[k].contribution.segment(first, x.rows()) = scores.contribution.col(static_cast<Index>(k));
      result.nodes[k].score.segment(first, x.rows()) = scores.part.col(static_cast<Index>(k));
    }
  }

  void warn_of(const std::vector<Counts>& counts, IndexResult& result) const {
    Index zeros = 0;
    for (Index j = 0; j < reader_.columns(); ++j) {
      Index moved = 0, outside = 0;
      for (const Counts& block : counts) {
        moved += block.moved[at(j)];
        outside += block.outside[at(j)];
      }
      warn_of_cells_beyond(moved, outside, indicator(j).code, plan_, result);
    }
    for (const Counts& block : counts) zeros += block.zeros;
    warn_of_zeros(zeros, result);
  }

  // Means of the oriented cells.
  [[nodiscard]] Vector centres() const {
    const Index m = reader_.columns();
    Matrix sums(m, block_count(reader_.rows()));
    for_each_stretch(context_, reader_.rows(), [&](Index block, Index first, Index count) {
      Vector cells(count);
      for (Index j = 0; j < m; ++j) {
        sums(j, block) = oriented(reader_.view(j, first, cells), indicator(j)).sum();
      }
    });
    return sums.rowwise().sum() / static_cast<double>(reader_.rows());
  }

  [[nodiscard]] Matrix centred_squares(const Matrix& raw) const {
    Matrix centred(raw.rows(), raw.cols());
    for (Index j = 0; j < raw.cols(); ++j)
      centred.col(j) = oriented(raw.col(j), indicator(j)).array() - centre_(j);
    return gram(Context{}, centred, Vector());
  }

  // Centred squares of a column that does not vary are what rounding leaves.
  [[nodiscard]] bool varies(Index j, double squares) const {
    const double n = static_cast<double>(reader_.rows()), smallest = 1e-13 * std::abs(centre_(j));
    return !is_constant(extremes_(0, j), extremes_(1, j)) && squares > n * smallest * smallest;
  }

  [[nodiscard]] IndexDiagnostics diagnostics_of(const std::vector<Matrix>& squares) const {
    Matrix sum = Matrix::Zero(reader_.columns(), reader_.columns());
    for (const Matrix& square : squares) sum += square;
    std::vector<Index> varying_ones;
    std::vector<std::string> codes;
    for (Index j = 0; j < sum.cols(); ++j) {
      if (!varies(j, sum(j, j))) continue;
      varying_ones.push_back(j);
      codes.push_back(indicator(j).code);
    }
    const Matrix kept = sum(varying_ones, varying_ones);
    const Vector scale = kept.diagonal().cwiseSqrt().cwiseInverse();
    return diagnose_correlations(scale.asDiagonal() * kept * scale.asDiagonal(), reader_.rows(), codes);
  }

  const Context& context_;
  const IndexData& data_;
  const PoolPlan& plan_;
  const IndexExtras& extras_;
  CellReader reader_;
  Matrix extremes_;
  Vector centre_;  // of the oriented cells
  LearnedIndex learned_;
};

}  // namespace

std::optional<IndexResult> streamed_index(const Context& context, const IndexData& data, const PoolPlan& plan,
                                          const IndexExtras& extras) {
  if (!streams(plan)) return std::nullopt;
  return Stream(context, data, plan, extras).build();
}

}  // namespace panelist
