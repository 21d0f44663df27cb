// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "formula/expression/functions.h"
#include "table/provinces.h"

namespace panelist {
namespace {

std::string scheme_of(const Evaluator& evaluator, const ExpressionNode& node) {
  const Value scheme = evaluator.value(node);
  const auto schemes = region_schemes();
  const std::string word = scheme.is_constant() && scheme.is_text() ? scheme.dictionary()[0] : "";
  if (std::find(schemes.begin(), schemes.end(), word) == schemes.end()) {
    expression_error("expression.arguments", "unknown region scheme `" + node_text(node, false) + "`", node,
                     "the schemes are '" + join(schemes, "', '") + "'");
  }
  return word;
}

void tell_unknown(const Evaluator& evaluator, const ExpressionNode& call,
                  const std::vector<std::string>& unknown) {
  if (unknown.empty()) return;
  Diagnostic diagnostic;
  diagnostic.code = "expression.unknown_province";
  diagnostic.severity = Severity::warning;
  diagnostic.message = std::to_string(unknown.size()) + " names in `" + node_text(call, false) +
                       "` are no province: their region is missing";
  diagnostic.span = call.span;
  for (std::size_t i = 0; i < unknown.size() && i < 3; ++i) diagnostic.notes.push_back(unknown[i]);
  evaluator.notes().add(std::move(diagnostic));
}

}  // namespace

Value apply_region_cn(const Evaluator& evaluator, const ExpressionNode& call) {
  const Value names = evaluator.value(*call.children[0]).as_text(evaluator.rows());
  const std::string scheme = scheme_of(evaluator, *call.children[1]);
  std::vector<std::string> regions;
  std::vector<std::string> unknown;
  std::vector<std::int32_t> region_code;
  for (const auto& name : names.dictionary()) {
    const auto region = region_of(name, scheme);
    if (!region) unknown.push_back(name);
    const auto place = std::find(regions.begin(), regions.end(), region.value_or(""));
    region_code.push_back(region ? static_cast<std::int32_t>(place - regions.begin()) : -1);
    if (region && place == regions.end()) regions.push_back(*region);
  }
  tell_unknown(evaluator, call, unknown);
  std::vector<std::int32_t> codes(evaluator.rows(), -1);
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (names.code(row) >= 0) codes[row] = region_code[names.code(row)];
  }
  return Value::texts(std::move(codes), std::move(regions));
}

}  // namespace panelist
