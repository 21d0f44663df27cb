// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"
#include "cli/print/mechanism_text.h"

namespace panelist::cli {
namespace {

constexpr int every = 4;  // of the points of the curve, a fifth apart

std::string head_of(const CorrelatedErrors& one) {
  std::string text = fmt::format(
      "indirect by {}: zero where the errors correlate by {}; products of R2 there {} of what is left, {} "
      "of the whole variances\n",
      one.mediator, fixed(one.rho_at_zero, 3), fixed(one.residual_product, 3), fixed(one.total_product, 3));
  if (one.rho_significant > 0)
    text += fmt::format("  its interval excludes zero up to a correlation of +-{}\n",
                        fixed(one.rho_significant, 2));
  return text;
}

}  // namespace

std::string correlated_errors_text(const std::vector<CorrelatedErrors>& all) {
  std::string text = "\n";
  for (const CorrelatedErrors& one : all) {
    AlignedText lines("  ", "rrrrr");
    lines.add({"rho", "indirect", "std. error", "low", "high"});
    for (std::size_t i = 3; i < one.curve.size(); i += every) {
      const IndirectAt& at = one.curve[i];
      lines.add({fixed(at.rho, 2), number_text(at.estimate), number_text(at.std_error), number_text(at.low),
                 number_text(at.high)});
    }
    text += head_of(one) + lines.text();
  }
  return text;
}

}  // namespace panelist::cli
