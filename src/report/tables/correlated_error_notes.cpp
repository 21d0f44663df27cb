// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "report/correlated_errors.h"
#include "report/tables/words.h"

namespace panelist {

std::vector<std::string> correlated_error_notes(const std::vector<CorrelatedErrors>& all,
                                                const Labels& labels, const std::string& lang) {
  std::vector<std::string> notes;
  for (const CorrelatedErrors& one : all) {
    const std::string name = term_label(one.mediator, labels);
    std::string note = format_words("errors_at_zero", lang, name, fixed(one.rho_at_zero, 3),
                                    fixed(one.residual_product, 3), fixed(one.total_product, 3));
    if (one.rho_significant > 0)
      note += format_words("errors_significant", lang, fixed(one.rho_significant, 2));
    notes.push_back(note);
  }
  return notes;
}

}  // namespace panelist
