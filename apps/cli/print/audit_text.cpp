// SPDX-License-Identifier: Apache-2.0
#include "cli/print/audit_text.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "report/table_words.h"

namespace panelist::cli {
namespace {

std::string four(double value) { return std::isfinite(value) ? fixed(value, 4) : ""; }

std::size_t cells_of(const std::vector<ImputedCells>& found, const std::string& code) {
  for (const ImputedCells& each : found)
    if (each.code == code) return each.cells;
  return 0;
}

// What an indicator weighs, what part of the scores' variance it makes, and which of its cells are not observed.
std::string weights_text(const IndexResult& index, const IndexAudit& audit, bool zh) {
  AlignedText lines("  ", "lrrr");
  lines.add({"", zh ? "权重" : "weight", zh ? "有效权重" : "effective weight",
             zh ? "填补或缺失的单元格" : "cells filled or missing"});
  for (std::size_t j = 0; j < index.indicators.size(); ++j) {
    const std::string& code = index.indicators[j].indicator.code;
    const std::size_t cells =
        cells_of(index.diagnostics.imputed, code) + cells_of(index.diagnostics.unobserved, code);
    lines.add(
        {code, four(index.indicators[j].weight), four(audit.effective_weights[j]), fmt::format("{}", cells)});
  }
  return lines.text();
}

std::string correlations_text(const IndexDiagnostics& found) {
  if (!std::isfinite(found.alpha)) return "";
  return "  Cronbach alpha " + fixed(found.alpha, 3) +
         (std::isfinite(found.kmo) ? ", KMO " + fixed(found.kmo, 3) : "") +
         (std::isfinite(found.bartlett_p)
              ? fmt::format(", Bartlett chi2({}) = {}, p {}", fixed(found.bartlett_df, 0),
                            fixed(found.bartlett_chi2, 2),
                            found.bartlett_p < 0.0001 ? "< 0.0001" : "= " + fixed(found.bartlett_p, 4))
              : "") +
         "\n";
}

}  // namespace

std::string audit_text(const IndexResult& index, const AuditBetween& between, const std::string& lang) {
  const bool zh = lang == "zh";
  const IndexAudit audit = audit_index(index);
  std::string text =
      (zh ? "\n审查\n" : "\nAudit\n") + weights_text(index, audit, zh) + correlations_text(index.diagnostics);
  for (const auto* flags : {&audit.flags, &between.flags})
    for (const AuditFlag& flag : *flags)
      text += zh ? "  " + table_words("audit_" + flag.kind, lang, flag.parts) + "\n"
                 : "  " + flag.kind + ": " + replace_all(flag.message, "`", "") + "\n";
  return text;
}

}  // namespace panelist::cli
