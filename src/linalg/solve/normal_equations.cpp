// SPDX-License-Identifier: Apache-2.0
#include "linalg/solve/normal_equations.h"

#include "linalg/solve/double_double.h"

namespace panelist {
namespace {

// A square or rectangular array of double-doubles, column-major.
struct ExtendedMatrix {
  Index rows = 0, columns = 0;
  std::vector<DoubleDouble> values;
  ExtendedMatrix(Index rows_, Index columns_)
      : rows(rows_), columns(columns_), values(static_cast<std::size_t>(rows_ * columns_)) {}
  DoubleDouble& operator()(Index i, Index j) { return values[static_cast<std::size_t>(j * rows + i)]; }
  const DoubleDouble& operator()(Index i, Index j) const {
    return values[static_cast<std::size_t>(j * rows + i)];
  }
};

// [X(columns) Y] with each column scaled to a largest entry in [1, 2).
struct ScaledColumns {
  Index k = 0;
  std::vector<const double*> data;
  std::vector<int> exponent;
  Index rows = 0;
};

ScaledColumns scaled_columns(const WeightedProblem& problem, const std::vector<Index>& columns) {
  ScaledColumns scaled;
  scaled.k = static_cast<Index>(columns.size());
  scaled.rows = problem.X.rows();
  for (const Index column : columns) scaled.data.push_back(problem.X.col(column).data());
  for (Index j = 0; j < problem.Y.cols(); ++j) scaled.data.push_back(problem.Y.col(j).data());
  for (const double* data : scaled.data) {
    const double largest = Eigen::Map<const Vector>(data, scaled.rows).cwiseAbs().maxCoeff();
    scaled.exponent.push_back(largest > 0.0 ? std::ilogb(largest) : 0);
  }
  return scaled;
}

struct SplitColumn {
  std::vector<double> value, high, low;
  std::vector<double> rest;  // second half of w x when weighted, else empty
};

void push(SplitColumn& column, double value) {
  const DoubleDouble parts = split(value);
  column.value.push_back(value);
  column.high.push_back(parts.high);
  column.low.push_back(parts.low);
}

SplitColumn split_block(const double* data, int exponent, Index count) {
  SplitColumn column;
  const double factor = std::ldexp(1.0, -exponent);
  for (Index i = 0; i < count; ++i) push(column, data[i] * factor);
  return column;
}

SplitColumn weighted(const SplitColumn& plain, const double* w) {
  SplitColumn column;
  for (std::size_t i = 0; i < plain.value.size(); ++i) {
    const DoubleDouble product =
        two_product(plain.value[i], {plain.high[i], plain.low[i]}, w[i], split(w[i]));
    push(column, product.high);
    column.rest.push_back(product.low);
  }
  return column;
}

DoubleDouble dot(const SplitColumn& a, const SplitColumn& b) {
  CompensatedSum sum;
  for (std::size_t i = 0; i < a.value.size(); ++i) {
    DoubleDouble term = two_product(a.value[i], {a.high[i], a.low[i]}, b.value[i], {b.high[i], b.low[i]});
    if (!a.rest.empty()) term.low += a.rest[i] * b.value[i];
    sum.add(term);
  }
  return sum.result();
}

ExtendedMatrix block_gram(const ScaledColumns& columns, const VectorView& w, Index first) {
  const Index count = std::min(rows_per_block, columns.rows - first);
  const std::size_t width = columns.data.size();
  std::vector<SplitColumn> plain;
  for (std::size_t j = 0; j < width; ++j) {
    plain.push_back(split_block(columns.data[j] + first, columns.exponent[j], count));
  }
  ExtendedMatrix sum(columns.k, static_cast<Index>(width));
  for (Index i = 0; i < columns.k; ++i) {
    const SplitColumn& own = plain[static_cast<std::size_t>(i)];
    const SplitColumn left = w.size() > 0 ? weighted(own, w.data() + first) : own;
    for (Index j = i; j < sum.columns; ++j) sum(i, j) = dot(left, plain[static_cast<std::size_t>(j)]);
  }
  return sum;
}

ExtendedMatrix extended_gram(const Context& context, const ScaledColumns& columns, const VectorView& w) {
  const Index blocks = (columns.rows + rows_per_block - 1) / rows_per_block;
  const Index width = static_cast<Index>(columns.data.size());
  std::vector<ExtendedMatrix> parts(static_cast<std::size_t>(blocks), ExtendedMatrix(0, 0));
  for_each_block(context, blocks, [&](std::int64_t block) {
    parts[static_cast<std::size_t>(block)] = block_gram(columns, w, block * rows_per_block);
  });
  ExtendedMatrix sum(columns.k, width);
  for (const ExtendedMatrix& part : parts) {
    for (std::size_t i = 0; i < sum.values.size(); ++i) sum.values[i] = sum.values[i] + part.values[i];
  }
  return sum;
}

// G = L D L' in place: L below the diagonal, D on it. False when a pivot is not positive.
bool factorise(ExtendedMatrix& G) {
  for (Index j = 0; j < G.rows; ++j) {
    for (Index i = 0; i < j; ++i) G(j, i) = G(i, j);
  }
  for (Index j = 0; j < G.rows; ++j) {
    for (Index l = 0; l < j; ++l) G(j, j) = G(j, j) - G(j, l) * G(j, l) * G(l, l);
    if (!(G(j, j).high > 0.0)) return false;
    for (Index i = j + 1; i < G.rows; ++i) {
      for (Index l = 0; l < j; ++l) G(i, j) = G(i, j) - G(i, l) * G(j, l) * G(l, l);
      G(i, j) = G(i, j) / G(j, j);
    }
  }
  return true;
}

std::vector<DoubleDouble> solved(const ExtendedMatrix& LD, std::vector<DoubleDouble> b) {
  const std::size_t k = b.size();
  const auto at = [&](std::size_t i, std::size_t j) {
    return LD(static_cast<Index>(i), static_cast<Index>(j));
  };
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t l = 0; l < i; ++l) b[i] = b[i] - at(i, l) * b[l];
  }
  for (std::size_t i = 0; i < k; ++i) b[i] = b[i] / at(i, i);
  for (std::size_t i = k; i-- > 0;) {
    for (std::size_t l = i + 1; l < k; ++l) b[i] = b[i] - at(l, i) * b[l];
  }
  return b;
}

Matrix inverse_of(const ExtendedMatrix& LD, const std::vector<int>& exponent) {
  Matrix inverse(LD.rows, LD.rows);
  for (Index j = 0; j < LD.rows; ++j) {
    std::vector<DoubleDouble> unit(static_cast<std::size_t>(LD.rows));
    unit[static_cast<std::size_t>(j)] = {1.0, 0.0};
    const std::vector<DoubleDouble> column = solved(LD, std::move(unit));
    for (Index i = 0; i < LD.rows; ++i) {
      const int shift = -exponent[static_cast<std::size_t>(i)] - exponent[static_cast<std::size_t>(j)];
      inverse(i, j) = std::ldexp(column[static_cast<std::size_t>(i)].value(), shift);
    }
  }
  return 0.5 * (inverse + inverse.transpose());
}

std::vector<DoubleDouble> unscaled(std::vector<DoubleDouble> b, const std::vector<int>& exponent, int y) {
  for (std::size_t i = 0; i < b.size(); ++i) {
    b[i] = {std::ldexp(b[i].high, y - exponent[i]), std::ldexp(b[i].low, y - exponent[i])};
  }
  return b;
}

Vector extended_residuals(const ScaledColumns& columns, const std::vector<DoubleDouble>& b, const double* y) {
  Vector residuals(columns.rows);
  for (Index i = 0; i < columns.rows; ++i) {
    CompensatedSum sum;
    sum.add(y[i]);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const double x = columns.data[j][i];
      DoubleDouble term = two_product(x, b[j].high);
      term.low += x * b[j].low;
      sum.add(-term);
    }
    residuals(i) = sum.result().value();
  }
  return residuals;
}

}  // namespace

ExtendedSolution solve_in_double_double(const Context& context, const WeightedProblem& problem,
                                        const std::vector<Index>& columns) {
  const ScaledColumns scaled = scaled_columns(problem, columns);
  ExtendedMatrix G = extended_gram(context, scaled, problem.w);
  ExtendedSolution solution;
  solution.solved = factorise(G);
  if (!solution.solved) return solution;
  solution.bread = inverse_of(G, scaled.exponent);
  solution.coefficients.resize(scaled.k, problem.Y.cols());
  solution.residuals.resize(scaled.rows, problem.Y.cols());
  for (Index j = 0; j < problem.Y.cols(); ++j) {
    const auto right = G.values.begin() + (scaled.k + j) * scaled.k;
    std::vector<DoubleDouble> b = solved(G, {right, right + scaled.k});
    b = unscaled(std::move(b), scaled.exponent, scaled.exponent[static_cast<std::size_t>(scaled.k + j)]);
    for (Index i = 0; i < scaled.k; ++i) solution.coefficients(i, j) = b[static_cast<std::size_t>(i)].value();
    solution.residuals.col(j) = extended_residuals(scaled, b, problem.Y.col(j).data());
  }
  return solution;
}

}  // namespace panelist
