// SPDX-License-Identifier: Apache-2.0
#include "formula/syntax/effect_reader.h"

namespace panelist {

std::vector<Options<FormulaEffect>> EffectReader::all() {
  std::vector<Options<FormulaEffect>> items;
  while (true) {
    try {
      items.push_back(item());
      if (!cursor_.at_end() && !cursor_.at("+")) cursor_.unexpected("`+` between effects");
    } catch (const SyntaxStop&) {
      cursor_.skip_to("+");
    }
    if (cursor_.at_end()) return items;
    cursor_.take();
  }
}

Options<FormulaEffect> EffectReader::item() {
  if (at_stepwise(cursor_)) return stepwise<FormulaEffect>(cursor_, [this] { return sum(); });
  return {one()};
}

std::vector<FormulaEffect> EffectReader::sum() {
  std::vector<FormulaEffect> effects;
  do {
    auto more = one();
    effects.insert(effects.end(), more.begin(), more.end());
  } while (cursor_.accept("+"));
  return effects;
}

std::vector<FormulaEffect> EffectReader::one() {
  if (cursor_.at("{")) return set_effects();
  const Token& token = cursor_.peek();
  if (token.kind == TokenKind::number && token.value == 0) {
    cursor_.take();
    return {};
  }
  return {effect()};
}

// The terms of the set must be plain columns.
std::vector<FormulaEffect> EffectReader::set_effects() {
  std::vector<FormulaEffect> effects;
  for (const auto& term : TermReader(cursor_, sets_).sum_of_one()) {
    FormulaEffect effect;
    for (const auto& factor : term.factors) {
      const bool plain =
          factor.kind == FormulaFactor::Kind::expression && factor.expression.node().kind == NodeKind::name;
      if (!plain)
        cursor_.stop("`" + term.text + "` is no column to absorb", term.span, "derive it as a column first");
      effect.factors.push_back(factor.expression.node().word);
    }
    effect.span = term.span;
    effect.text = effect_text(effect, false);
    effects.push_back(std::move(effect));
  }
  return effects;
}

FormulaEffect EffectReader::effect() {
  const std::size_t begin = cursor_.peek().begin;
  FormulaEffect effect;
  effect.factors.push_back(column());
  while (cursor_.accept("^") || cursor_.accept(":")) effect.factors.push_back(column());
  if (cursor_.at("[")) slopes(effect);
  effect.span = cursor_.since(begin);
  effect.text = effect_text(effect, false);
  return effect;
}

std::string EffectReader::column() {
  if (cursor_.peek().kind != TokenKind::name) {
    if (cursor_.at_end()) cursor_.unexpected("an effect, or 0 for none");
    cursor_.stop("an effect is the name of a column", cursor_.here(), "derive it as a column first");
  }
  if (cursor_.at("(", 1)) {
    cursor_.stop("an effect is the name of a column", cursor_.here(), "derive it as a column first");
  }
  return cursor_.take().word;
}

// [x] or [[x]], also several: [x, z]
void EffectReader::slopes(FormulaEffect& effect) {
  cursor_.take();
  effect.intercept = !cursor_.accept("[");
  do {
    effect.slopes.emplace_back(ExpressionParser(cursor_).sum());
  } while (cursor_.accept(","));
  cursor_.expect("]", "after the slope variable");
  if (!effect.intercept) cursor_.expect("]", "to close `[[`");
}

}  // namespace panelist
