// SPDX-License-Identifier: Apache-2.0
// Any text as a formula: formulas or diagnostics whose places lie inside the text; canonical text parses again.
#include <cstdint>
#include <string>

#include "formula/formula.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const panelist::FormulaSets sets = {{"controls", {"x1", "log(x2)"}}};
  panelist::Diagnostics diagnostics;
  const auto formulas = panelist::parse_formula(text, {"formula", 0, size}, sets, diagnostics);
  for (const auto& diagnostic : diagnostics.items())
    if (diagnostic.span.end > size || diagnostic.span.begin > diagnostic.span.end) __builtin_trap();
  if (diagnostics.has_errors()) return 0;
  for (const auto& formula : formulas) {
    panelist::Diagnostics again;
    panelist::parse_formula(formula.text, {"formula", 0, formula.text.size()}, sets, again);
    if (again.has_errors()) __builtin_trap();
  }
  return 0;
}
