// SPDX-License-Identifier: Apache-2.0
#include "formula/frame/design.h"

#include <cmath>

#include "base/text.h"
#include "formula/frame/grouping.h"
#include "formula/frame/term_column.h"
#include "formula/syntax/term_reader.h"

namespace panelist {
namespace {

constexpr std::size_t most_dummies = 10000;

// The columns one factor of a term gives: a number, its powers, or dummies.
struct FactorColumns {
  std::vector<std::string> names;
  const Value* value = nullptr;
  Levels level;              // dummies: per row
  std::vector<Level> shown;  // dummies: level of each column
  bool powers = false;

  // The factor as it stands in one column.
  [[nodiscard]] TermFactor at(std::size_t column) const {
    if (shown.empty()) return number_factor(*value, powers ? static_cast<int>(column) + 1 : 1);
    TermFactor dummy;
    dummy.level = level;
    dummy.shown = shown[column];
    return dummy;
  }
};

std::string identity_of(const std::vector<FormulaFactor>& factors, std::size_t without) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (i != without) parts.push_back(factors[i].expression.text());
  }
  std::sort(parts.begin(), parts.end());
  return join(parts, ":");
}

// The level to drop: the one given, else the first; a given one that the sample lost is replaced, with a note.
Level reference_level(const FormulaFactor& factor, const Grouping& levels, const Value& value,
                      DesignContext& context) {
  if (!factor.has_reference) return 0;
  const auto number = parse_number(factor.reference);
  const std::string wanted = number && !value.is_text() ? shortest(*number) : factor.reference;
  const std::vector<std::string> names = levels.names.all();
  const auto found = std::find(names.begin(), names.end(), wanted);
  if (found != names.end()) return static_cast<Level>(found - names.begin());
  const auto& words = value.dictionary();
  const bool elsewhere = value.is_text()
                             ? std::find(words.begin(), words.end(), wanted) != words.end()
                             : number && std::find(value.number_data().begin(), value.number_data().end(),
                                                   *number) != value.number_data().end();
  const std::string label = factor.expression.label();
  if (elsewhere && !names.empty()) {
    context.notes.push_back("the reference " + wanted + " of " + label +
                            " is not in the sample: " + names[0] + " stands in");
    return 0;
  }
  Diagnostic diagnostic;
  diagnostic.code = "formula.unknown_level";
  diagnostic.message = "`" + label + "` has no level `" + wanted + "`";
  diagnostic.span = factor.span;
  diagnostic.subject = "variable " + label;
  const std::string close = nearest(wanted, names);
  std::vector<std::string> some(names.begin(), names.begin() + std::min<Level>(levels.size(), 8));
  diagnostic.hint = close.empty() ? "the levels are " + join(some, ", ") : "did you mean `" + close + "`?";
  throw Error(std::move(diagnostic));
}

FactorColumns dummies(const FormulaFactor& factor, const Value& value, bool drop, DesignContext& context) {
  const std::string label = factor.expression.label();
  const Grouping levels = context.codes.grouping(label, {&value});
  const Level reference = reference_level(factor, levels, value, context);
  FactorColumns columns;
  columns.value = &value;
  for (Level level = 0; level < levels.size(); ++level) {
    if (drop && level == reference) continue;
    columns.shown.push_back(level);
    columns.names.push_back(label + "::" + levels.names[static_cast<std::size_t>(level)]);
  }
  if (columns.shown.empty()) context.notes.push_back(label + " has one level in the sample and is left out");
  if (columns.shown.size() > most_dummies) {
    Diagnostic diagnostic;
    diagnostic.code = "formula.too_many_levels";
    diagnostic.message =
        "`" + label + "` has " + std::to_string(levels.size()) + " levels, too many for dummies";
    diagnostic.span = factor.span;
    diagnostic.hint = "absorb it as an effect: y ~ x | " + factor.expression.text();
    throw Error(std::move(diagnostic));
  }
  columns.level = levels.level;
  return columns;
}

FactorColumns factor_columns(const FormulaTerm& term, std::size_t which, DesignContext& context) {
  const FormulaFactor& factor = term.factors[which];
  const bool categories = factor.kind == FormulaFactor::Kind::categories;
  if (factor.kind == FormulaFactor::Kind::polynomial) {
    FactorColumns columns;
    columns.value = &context.values.number(factor.expression, "the variable of poly()");
    columns.powers = true;
    for (int degree = 1; degree <= factor.degree; ++degree) {
      columns.names.push_back(factor_text(factor, false) + std::to_string(degree));
    }
    return columns;
  }
  const Value& value = context.values.value(factor.expression);
  if (categories || value.is_text()) {
    const std::string rest = identity_of(term.factors, which);
    const bool margin = rest.empty() ? context.constant_spanned : context.terms.count(rest) > 0;
    const bool drop = factor.has_reference || margin || (categories && !rest.empty());
    // Without an intercept the first factor alone spans it; those after it drop their reference.
    if (rest.empty()) context.constant_spanned = true;
    return dummies(factor, value, drop, context);
  }
  FactorColumns columns;
  columns.value = &value;
  columns.names = {factor.expression.label()};
  return columns;
}

struct TermColumns {
  std::vector<FactorColumns> factors;
  std::string set;
  [[nodiscard]] std::size_t count() const {
    std::size_t product = 1;
    for (const auto& factor : factors) product *= factor.names.size();
    return product;
  }
};

// The column `which` of a term: one column of each factor, the first factor's varying slowest.
std::vector<std::size_t> chosen_columns(const TermColumns& term, std::size_t which) {
  std::vector<std::size_t> chosen(term.factors.size());
  for (std::size_t f = term.factors.size(); f-- > 0;) {
    const std::size_t size = term.factors[f].names.size();
    chosen[f] = which % size;
    which /= size;
  }
  return chosen;
}

// A number alone in its term is its variable as it is.
bool is_plain(const TermColumns& term) {
  return term.factors.size() == 1 && !term.factors[0].powers && term.factors[0].shown.empty();
}

std::shared_ptr<const ColumnSource> column_of(const TermColumns& term, const std::vector<std::size_t>& chosen,
                                              const DesignContext& context) {
  std::vector<TermFactor> factors;
  for (std::size_t f = 0; f < term.factors.size(); ++f) factors.push_back(term.factors[f].at(chosen[f]));
  return std::make_shared<const TermColumn>(context.rows, std::move(factors));
}

void append(const TermColumns& term, const DesignContext& context, FrameColumns& columns) {
  const std::size_t count = term.count();
  for (std::size_t which = 0; which < count; ++which) {
    const auto chosen = chosen_columns(term, which);
    std::vector<std::string> names;
    for (std::size_t f = 0; f < term.factors.size(); ++f) names.push_back(term.factors[f].names[chosen[f]]);
    if (is_plain(term) && context.rows.all())
      columns.values.append(used_numbers(context.run, *term.factors[0].value, context.rows));
    else
      columns.values.append(column_of(term, chosen, context));
    columns.names.push_back(join(names, ":"));
    columns.sets.push_back(term.set);
  }
}

}  // namespace

std::set<std::string> term_identities(const Formula& formula) {
  std::set<std::string> identities;
  for (const auto* terms : {&formula.regressors, &formula.endogenous}) {
    for (const auto& term : *terms) identities.insert(identity_of(term.factors, term.factors.size()));
  }
  return identities;
}

FrameColumns design_columns(const std::vector<FormulaTerm>& terms, bool intercept, DesignContext& context) {
  FrameColumns columns;
  const auto n = static_cast<Index>(context.rows.size());
  columns.values = SharedColumns(n);
  if (intercept) {
    columns.names.emplace_back("(Intercept)");
    columns.sets.emplace_back();
    columns.values.append(std::make_shared<const TermColumn>(context.rows, std::vector<TermFactor>()));
  }
  for (const auto& term : terms) {
    TermColumns part;
    part.set = term.set;
    for (std::size_t which = 0; which < term.factors.size(); ++which) {
      part.factors.push_back(factor_columns(term, which, context));
    }
    append(part, context, columns);
  }
  return columns;
}

}  // namespace panelist
