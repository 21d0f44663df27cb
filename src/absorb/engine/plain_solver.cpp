// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/plain_solver.h"

namespace panelist::engine {
namespace {

// Forming the matrix pays when it has no more entries than the cells, and building it touches few times as many.
constexpr double products_per_cell = 40.0;
// It is formed at once when it takes about as many products as there are cells.
constexpr double products_to_form_at_once = 2.5;

}  // namespace

PlainSolver::PlainSolver(const Context& context, const Layout& layout, const Cells& cells,
                         const SmallBlock& small)
    : layout_(layout), cells_(cells), A_(context, layout, cells, small) {
  if (forms_at_once()) A_.form_matrix(context);
  M_ = Preconditioner(A_);
}

bool PlainSolver::forms_at_once() const {
  double products = 0.0, entries = 0.0;
  for (Index e = 0; e < layout_.eliminated.levels; ++e) {
    double d = 0.0;
    for (std::size_t q = 0; q < layout_.iterated.size(); ++q) {
      d += static_cast<double>(cells_.parts[q].starts()[e + 1] - cells_.parts[q].starts()[e]);
    }
    products += d * d;
    entries += d;
  }
  return products <= products_to_form_at_once * entries;
}

double PlainSolver::cell_entries() const {
  double entries = 0.0;
  for (std::size_t q = 0; q < layout_.iterated.size(); ++q)
    entries += static_cast<double>(cells_.parts[q].entries());
  return entries;
}

// Not yet formed, and worth forming.
bool PlainSolver::forms_matrix() const {
  return !A_.has_matrix() && size_.entries <= cell_entries() &&
         size_.products <= products_per_cell * cell_entries();
}

Solver::Price PlainSolver::price_of_factors() {
  if (!sized_) size_ = size_of_schur(layout_, cells_);
  sized_ = true;
  const bool with_matrix = A_.has_matrix() || forms_matrix();
  const double edges = with_matrix ? 0.5 * size_.entries : cell_entries();
  const double forming = forms_matrix() ? 2.0 * size_.products : 0.0;
  return {entries_per_edge * edges + forming, 3.0 * edges + (with_matrix ? size_.entries : A_.cost())};
}

void PlainSolver::add_factors(const Context& context) {
  if (forms_matrix()) A_.form_matrix(context);
  M_.add_factors(context, layout_, cells_, A_);
}

void PlainSolver::before_reweight() {
  if (M_.has_factors()) wear_.before_reweight(layout_.w, layout_.n);
}

void PlainSolver::reweight(const Context& context) {
  A_.reweight(context);
  M_.renew_diagonal(A_);
  if (M_.has_factors() && wear_.after_reweight(layout_.w, layout_.n)) renew_factors(context);
}

void PlainSolver::renew_factors(const Context& context) {
  M_ = Preconditioner(A_);
  M_.add_factors(context, layout_, cells_, A_);
  wear_.renewed();
}

bool PlainSolver::renew_worn_factors(const Context& context) {
  if (!wear_.worn_out()) return false;
  renew_factors(context);
  return true;
}

}  // namespace panelist::engine
