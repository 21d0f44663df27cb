// SPDX-License-Identifier: Apache-2.0
// A formula bound to a table, step by step: see build_model_frame at the end.
#include "formula/model_frame.h"

#include <cmath>
#include <numeric>
#include <optional>

#include "base/text.h"
#include "formula/expression/inspect.h"
#include "formula/frame/design.h"
#include "formula/frame/grouping.h"

namespace panelist {
namespace {

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

// "a^b" is a and b crossed, unless a column has that very name.
std::vector<std::string> crossed_names(const Table& table, const std::string& name) {
  if (table.has(name)) return {name};
  std::vector<std::string> parts = split(name, '^');
  for (auto& part : parts) part = std::string(trim(part));
  return parts;
}

class FrameBuilder {
 public:
  struct Source {
    const Formula& formula;
    const Table& table;
    const Panel* panel;
  };
  FrameBuilder(const Context& context, const Source& source, const FrameOptions& options, Diagnostics& notes)
      : context_(context),
        formula_(source.formula),
        table_(source.table),
        panel_(source.panel),
        options_(options),
        notes_(notes),
        codes_(context, frame_.rows) {
    frame_.formula = formula_.text;
    frame_.table_rows = table_.rows();
    frame_.weight_type = options.weight_type;
    frame_.drops_singletons = options.drop_singletons;
  }

  void check_names() {
    Diagnostics unknown;
    check_columns(formula_, table_.names(), unknown);
    check_columns(options_.where, table_.names(), unknown);
    check_columns(options_.weights, table_.names(), unknown);
    check_columns(options_.exposure, table_.names(), unknown);
    for (const auto& cluster : options_.clusters) {
      for (const auto& name : crossed_names(table_, cluster)) check_name(name, unknown);
    }
    for (const auto& name : options_.needed_columns) check_name(name, unknown);
    if (!unknown.has_errors()) return;
    Diagnostic first = unknown.items().front();
    for (std::size_t i = 1; i < unknown.size(); ++i) {
      const auto& other = unknown.items()[i];
      first.notes.push_back(other.message + (other.hint.empty() ? "" : "; " + other.hint));
    }
    throw Error(std::move(first));
  }

  void find_panel() {
    if (panel_ != nullptr && panel_->unit.size() != table_.rows()) {
      throw Error("internal.panel_of_another_table", "the panel has " + std::to_string(panel_->unit.size()) +
                                                         " rows, the table " + std::to_string(table_.rows()));
    }
    if (panel_ != nullptr || options_.panel.empty()) return;
    own_panel_ = make_panel(table_, options_.panel);
    panel_ = &*own_panel_;
  }

  // The lags inside terms run on the whole table; `where` only chooses among their rows.
  void apply_where() {
    frame_.rows = UsedRows::first(table_.rows());
    if (!options_.where.empty()) {
      inside_ = evaluate_condition(options_.where, {table_, panel_}, notes_);
      frame_.dropped.where = frame_.rows.keep(inside_);
    }
    if (frame_.rows.empty()) throw_no_rows();
  }

  void bind_variables() {
    evaluator_.emplace(ExpressionData{table_, panel_}, notes_, inside_.empty() ? nullptr : &inside_);
    values_.emplace(*evaluator_);
    values_->number(formula_.outcome, "the outcome");
    for (const auto* terms : {&formula_.regressors, &formula_.endogenous, &formula_.instruments}) {
      for (const auto& term : *terms) {
        for (const auto& factor : term.factors) values_->value(factor.expression);
      }
    }
    for (const auto& effect : formula_.effects) {
      for (const auto& name : effect.factors) values_->column(name, effect.span);
      for (const auto& slope : effect.slopes) values_->number(slope, "the slope variable");
    }
    for (const auto& cluster : options_.clusters) bind_crossed(cluster);
    if (!options_.weights.empty()) values_->number(options_.weights, "the weight");
    if (!formula_.offset.empty()) values_->number(formula_.offset, "the offset");
    if (!options_.exposure.empty()) values_->number(options_.exposure, "the exposure");
    for (const auto& name : options_.needed_columns)
      values_->number(column_expression(name, {}), "the column");
  }

  void drop_missing() {
    std::vector<bool> keep;
    for (const auto& [label, value] : values_->all()) {
      if (all_present(context_, *value, frame_.rows)) continue;
      keep.resize(frame_.rows.size(), true);
      std::size_t count = 0;
      for (std::size_t i = 0; i < keep.size(); ++i) {
        const std::size_t row = frame_.rows[i];
        const bool present = value->is_text() ? value->code(row) >= 0 : std::isfinite(value->number(row));
        if (present) continue;
        keep[i] = false;
        ++count;
      }
      if (count > 0) missing_.emplace_back(label, count);
    }
    if (!keep.empty()) frame_.dropped.missing = frame_.rows.keep(keep);
    if (frame_.dropped.missing > 0) {
      frame_.notes.push_back(counted(frame_.dropped.missing, "row") + " left out for missing values (" +
                             missing_words() + ")");
    }
    if (frame_.rows.empty()) throw_no_rows();
  }

  void apply_weights() {
    if (options_.weights.empty()) return;
    const Value& weights = values_->number(options_.weights, "the weight");
    const Refusal weight{options_.weights, "the weight", weights};
    refuse(weight, "data.weights_negative", "negative", [](double w) { return w < 0; });
    if (options_.weight_type == WeightType::frequency) {
      refuse(weight, "data.weights_not_integer", "no whole number",
             [](double w) { return w != std::floor(w); });
    }
    std::vector<bool> keep(frame_.rows.size());
    for (std::size_t i = 0; i < keep.size(); ++i) keep[i] = weights.number(frame_.rows[i]) > 0;
    frame_.dropped.weight = frame_.rows.keep(keep);
    if (frame_.dropped.weight > 0) {
      frame_.notes.push_back(counted(frame_.dropped.weight, "row") + " left out for zero weight");
    }
    if (frame_.rows.empty()) throw_no_rows();
  }

  void drop_singletons() {
    if (!options_.drop_singletons || formula_.effects.empty()) return;
    std::vector<Levels> groups;
    bool lone = false;
    for (const auto& effect : formula_.effects) {
      if (!effect.intercept) continue;
      const Coding& coding = codes_.of(effect_values(effect));
      groups.push_back(coding.level);
      lone = lone || coding.lone;
    }
    if (!lone) return;
    std::vector<double> counts;
    if (options_.weight_type == WeightType::frequency && !options_.weights.empty()) {
      const SharedVector weights = vector_of(values_->number(options_.weights, "the weight"));
      counts.assign(weights.begin(), weights.end());
    }
    const auto keep = kept_rows(groups, frame_.rows.size(), counts.empty() ? nullptr : &counts);
    frame_.dropped.singleton = frame_.rows.keep(keep);
    if (frame_.dropped.singleton > 0) codes_.forget();
    if (frame_.dropped.singleton > 0) {
      frame_.notes.push_back(counted(frame_.dropped.singleton, "singleton") + " of the effects left out");
    }
    if (frame_.rows.empty()) throw_no_rows();
  }

  void fill_variables() {
    frame_.outcome_name = formula_.outcome_text;
    frame_.outcome = vector_of(values_->number(formula_.outcome, "the outcome"));
    if (!options_.weights.empty())
      frame_.weights = vector_of(values_->number(options_.weights, "the weight"));
    if (!formula_.offset.empty()) frame_.offset = vector_of(values_->number(formula_.offset, "the offset"));
    if (!options_.exposure.empty()) add_exposure();
    frame_.extra.values = SharedColumns(frame_.n());
    for (const auto& name : options_.needed_columns) {
      frame_.extra.values.append(vector_of(values_->number(column_expression(name, {}), "the column")));
      frame_.extra.names.push_back(name);
      frame_.extra.sets.emplace_back();
    }
  }

  void fill_terms() {
    const bool absorbed = std::any_of(formula_.effects.begin(), formula_.effects.end(),
                                      [](const FormulaEffect& effect) { return effect.intercept; });
    frame_.intercept = formula_.intercept && !absorbed;
    DesignContext context{
        context_,    *values_, frame_.rows, codes_, term_identities(formula_), frame_.intercept || absorbed,
        frame_.notes};
    frame_.exogenous = design_columns(formula_.regressors, frame_.intercept, context);
    context.constant_spanned = true;
    frame_.endogenous = design_columns(formula_.endogenous, false, context);
    frame_.instruments = design_columns(formula_.instruments, false, context);
  }

  void fill_groups() {
    for (const auto& effect : formula_.effects) {
      FrameEffect filled;
      filled.group = codes_.grouping(crossed_label(effect.factors), effect_values(effect));
      filled.intercept = effect.intercept;
      filled.slopes.resize(frame_.n(), static_cast<Index>(effect.slopes.size()));
      for (const auto& slope : effect.slopes) {
        filled.slopes.col(static_cast<Index>(filled.slope_names.size())) =
            vector_of(values_->number(slope, "the slope variable"));
        filled.slope_names.push_back(slope.label());
      }
      frame_.effects.push_back(std::move(filled));
    }
    for (const auto& cluster : options_.clusters) {
      frame_.clusters.push_back(codes_.grouping(cluster, bind_crossed(cluster)));
    }
  }

  void fill_panel() {
    if (panel_ == nullptr) return;
    std::vector<Level> place(panel_->unit_names.size(), -1);
    for (const std::size_t row : frame_.rows) place[static_cast<std::size_t>(panel_->unit[row])] = 0;
    std::vector<std::string> names;
    for (std::size_t unit = 0; unit < place.size(); ++unit) {
      if (place[unit] < 0) continue;
      place[unit] = static_cast<Level>(names.size());
      names.push_back(panel_->unit_names[unit]);
    }
    std::vector<Level> level(frame_.rows.size());
    frame_.time.resize(frame_.rows.size());
    for (std::size_t i = 0; i < level.size(); ++i) {
      const std::size_t row = frame_.rows[i];
      level[i] = place[static_cast<std::size_t>(panel_->unit[row])];
      frame_.time[i] = panel_->time[row];
    }
    frame_.unit = {panel_->keys.unit, std::move(level), std::move(names)};
    frame_.time_step = panel_->step;
  }

  ModelFrame take() { return std::move(frame_); }

 private:
  void check_name(const std::string& name, Diagnostics& unknown) const {
    if (!table_.has(name)) report_unknown_column(name, {}, table_.names(), unknown);
  }

  std::vector<const Value*> bind_crossed(const std::string& cluster) {
    std::vector<const Value*> values;
    for (const auto& name : crossed_names(table_, cluster)) values.push_back(&values_->column(name, {}));
    return values;
  }

  std::vector<const Value*> effect_values(const FormulaEffect& effect) {
    std::vector<const Value*> values;
    for (const auto& name : effect.factors) values.push_back(&values_->column(name, effect.span));
    return values;
  }

  void add_exposure() {
    const Value& exposure = values_->number(options_.exposure, "the exposure");
    refuse({options_.exposure, "the exposure", exposure}, "data.exposure_not_positive", "not positive",
           [](double e) { return !(e > 0); });
    const Vector logarithm = vector_of(exposure).array().log();
    frame_.offset = frame_.offset.size() > 0 ? Vector(frame_.offset + logarithm) : logarithm;
  }

  static std::string crossed_label(const std::vector<std::string>& names) { return join(names, "^"); }

  [[nodiscard]] SharedVector vector_of(const Value& value) const {
    return used_numbers(context_, value, frame_.rows);
  }

  struct Refusal {
    const Expression& expression;
    std::string role;
    const Value& value;
  };

  template <typename Bad>
  void refuse(const Refusal& from, const std::string& code, const std::string& what, const Bad& bad) const {
    std::vector<std::string> first;
    std::size_t count = 0;
    for (const std::size_t row : frame_.rows) {
      if (!bad(from.value.number(row))) continue;
      if (count++ < 3) first.push_back(evaluator_->row_name(row) + ": " + shortest(from.value.number(row)));
    }
    if (count == 0) return;
    Diagnostic diagnostic;
    diagnostic.code = code;
    diagnostic.message =
        from.role + " `" + from.expression.label() + "` is " + what + " in " + counted(count, "row");
    diagnostic.span = from.expression.node().span;
    diagnostic.subject = from.role.substr(4) + " " + from.expression.label();
    diagnostic.notes = std::move(first);
    diagnostic.hint = "leave these rows out with where";
    throw Error(std::move(diagnostic));
  }

  // The variables that cost most rows first.
  [[nodiscard]] std::string missing_words() const {
    auto sorted = missing_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::string> words;
    for (std::size_t i = 0; i < sorted.size() && i < 5; ++i) {
      words.push_back(sorted[i].first + ": " + std::to_string(sorted[i].second));
    }
    if (sorted.size() > 5) words.push_back("and " + std::to_string(sorted.size() - 5) + " more variables");
    return join(words, ", ");
  }

  [[noreturn]] void throw_no_rows() const {
    const DroppedRows& dropped = frame_.dropped;
    Diagnostic diagnostic;
    diagnostic.code = "data.no_rows";
    diagnostic.message = "no row of " + std::to_string(table_.rows()) + " is left";
    diagnostic.span = formula_.span;
    diagnostic.subject = "formula " + formula_.text;
    if (dropped.where > 0) diagnostic.notes.push_back("where left out " + std::to_string(dropped.where));
    if (dropped.missing > 0) {
      diagnostic.notes.push_back("missing values left out " + std::to_string(dropped.missing) + " (" +
                                 missing_words() + ")");
    }
    if (dropped.weight > 0)
      diagnostic.notes.push_back("zero weights left out " + std::to_string(dropped.weight));
    if (dropped.singleton > 0)
      diagnostic.notes.push_back("singletons left out " + std::to_string(dropped.singleton));
    if (dropped.singleton > 0) {
      diagnostic.hint = "keep singletons, or absorb coarser effects";
    } else if (dropped.missing > 0) {
      diagnostic.hint = "leave out the variable with most missing values";
    } else {
      diagnostic.hint = table_.rows() == 0 ? "the data have no rows" : "widen where";
    }
    throw Error(std::move(diagnostic));
  }

  const Context& context_;
  const Formula& formula_;
  const Table& table_;
  const Panel* panel_;
  const FrameOptions& options_;
  Diagnostics& notes_;
  std::optional<Panel> own_panel_;
  std::vector<bool> inside_;
  std::optional<Evaluator> evaluator_;
  std::optional<BoundValues> values_;
  std::vector<std::pair<std::string, std::size_t>> missing_;
  ModelFrame frame_;
  FactorCodes codes_;
};

}  // namespace

double ModelFrame::observations() const {
  const bool counts = weight_type == WeightType::frequency && weights.size() > 0;
  return counts ? weights.sum() : static_cast<double>(outcome.size());
}

ModelFrame build_model_frame(const Context& context, const Formula& formula, const Table& table,
                             const Panel* panel, const FrameOptions& options, Diagnostics& notes) {
  FrameBuilder builder(context, {formula, table, panel}, options, notes);
  builder.check_names();
  builder.find_panel();
  builder.apply_where();
  builder.bind_variables();
  context.stop_if_asked();
  builder.drop_missing();
  builder.apply_weights();
  builder.drop_singletons();
  context.stop_if_asked();
  builder.fill_variables();
  builder.fill_terms();
  builder.fill_groups();
  builder.fill_panel();
  return builder.take();
}

}  // namespace panelist
