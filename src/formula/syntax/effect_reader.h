// SPDX-License-Identifier: Apache-2.0
// Reads the effects part: f1 + f1^f2 + fe[x] + fe[[x]] + {set} + sw(f1, f2), or 0.
#pragma once
#include <vector>

#include "formula/syntax/term_reader.h"

namespace panelist {

class EffectReader {
 public:
  EffectReader(TokenCursor& cursor, const FormulaSets& sets) : cursor_(cursor), sets_(sets) {}
  // To the end of the text; mistakes are told and passed over.
  std::vector<Options<FormulaEffect>> all();

 private:
  Options<FormulaEffect> item();
  std::vector<FormulaEffect> sum();
  std::vector<FormulaEffect> one();
  std::vector<FormulaEffect> set_effects();
  FormulaEffect effect();
  std::string column();
  void slopes(FormulaEffect& effect);

  TokenCursor& cursor_;
  const FormulaSets& sets_;
};

}  // namespace panelist
