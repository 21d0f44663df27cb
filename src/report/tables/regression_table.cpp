// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include "report/tables/difference_rows.h"
#include "report/tables/labels.h"
#include "report/tables/regression_view.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

class RegressionBuild {
 public:
  explicit RegressionBuild(const RegressionTableSpec& spec)
      : spec_(spec),
        style_(entry_of(spec.style)),
        lang_(spec.style.lang),
        views_(column_views(spec, style_)),
        plan_(plan_terms(views_, spec)),
        stats_(stats_asked()) {}

  PublicationTable build() {
    start();
    add_heads();
    std::size_t foot = table_.rows.size();
    for (const std::string& block : style_.order) {
      add_block(block);
      if (block == "terms" || block == "controls" || block == "constant") foot = table_.rows.size();
    }
    if (foot < table_.rows.size() && style_.rule_over_foot) table_.rows[foot].rule_above = Rule::thin;
    if (style_.notes) table_.notes = regression_notes(spec_, style_, views_, plan_, stats_);
    return std::move(table_);
  }

 private:
  void add_block(std::string_view block) {
    if (block == "terms")
      for (const std::string& term : plan_.shown) add_term(term);
    if (block == "controls")
      for (const TermBlock& folded : plan_.folded) add_folded(folded);
    if (block == "constant") add_constant();
    if (block == "effects") add_effects();
    if (block == "stats")
      for (const std::string& stat : stats_) add_stat(stat_row(stat));
    if (block == "tests") add_requested_tests();
    if (block == "differences")
      for (TableRow& row : difference_rows(spec_)) table_.rows.push_back(std::move(row));
  }

  std::vector<std::string> stats_asked() const {
    std::vector<std::string> names = spec_.style.stats.empty() ? usual_stats() : spec_.style.stats;
    put_chi2_beside_f(names);
    return names;
  }

  // Columns of the normal distribution have a chi2 in place of an F.
  static void put_chi2_beside_f(std::vector<std::string>& names) {
    const auto f = std::find(names.begin(), names.end(), "f");
    if (f != names.end() && std::find(names.begin(), names.end(), "chi2") == names.end())
      names.insert(f + 1, "chi2");
  }

  std::vector<std::string> usual_stats() const {
    std::vector<std::string> names;
    const bool iv = std::any_of(views_.begin(), views_.end(),
                                [](const ColumnView& view) { return !view.estimation->iv.tests.empty(); });
    if (iv) names.assign(style_.iv_stats.begin(), style_.iv_stats.end());
    names.insert(names.end(), style_.stats.begin(), style_.stats.end());
    ask_for_likelihood(names);
    return names;
  }

  // Columns of a family have a pseudo R2 and a likelihood in place of an R2.
  void ask_for_likelihood(std::vector<std::string>& names) const {
    const auto has_family = [](const ColumnView& view) { return view.estimation->fit->glm != nullptr; };
    if (std::none_of(views_.begin(), views_.end(), has_family)) return;
    if (std::all_of(views_.begin(), views_.end(), has_family))
      std::erase_if(names, [](const std::string& name) { return name.starts_with("r2"); });
    for (const char* name : {"pseudo_r2", "deviance", "log_likelihood"}) names.emplace_back(name);
  }

  void start() {
    table_.id = spec_.id;
    table_.number = spec_.number;
    table_.title = spec_.title;
    table_.decimals = spec_.style.decimals;
    table_.lang = lang_;
    table_.style = spec_.style.name;
    table_.look = look_of(spec_.style);
  }

  std::string words(std::string_view key) const { return word_of(style_, key, lang_); }

  TableRow& add_row(const std::string& label) {
    table_.rows.emplace_back();
    table_.rows.back().cells.push_back(Cell::of_text(label));
    return table_.rows.back();
  }

  // --- heads
  void add_heads() {
    std::size_t levels = 0;
    for (const ColumnView& view : views_) levels = std::max(levels, view.column->spanners.size());
    for (std::size_t level = 0; level < levels; ++level)
      add_spanner([level](const ColumnView& view) {
        return level < view.column->spanners.size() ? view.column->spanners[level] : std::string();
      });
    add_spanner([](const ColumnView& view) { return view.group; });
    const std::string first = style_.first_head.empty() ? "" : words(style_.first_head);
    if (style_.numbers == NumbersPlace::above) add_numbers("");
    add_outcomes(style_.numbers == NumbersPlace::below ? "" : first);
    if (style_.numbers == NumbersPlace::below) add_numbers(first);
  }

  // One cell over neighbours of the same text; nothing when no column has one.
  void add_spanner(const std::function<std::string(const ColumnView&)>& text) {
    if (std::all_of(views_.begin(), views_.end(), [&](const ColumnView& v) { return text(v).empty(); }))
      return;
    TableRow& row = add_row("");
    row.header = row.rule_under_spans = true;
    for (std::size_t i = 0; i < views_.size();) {
      std::size_t end = i + 1;
      while (end < views_.size() && text(views_[end]) == text(views_[i])) ++end;
      row.cells.push_back(Cell::of_text(text(views_[i]), static_cast<int>(end - i), Alignment::center));
      i = end;
    }
  }

  void add_numbers(std::string_view head) {
    TableRow& row = add_row(std::string(head));
    row.header = true;
    for (std::size_t i = 0; i < views_.size(); ++i)
      row.cells.push_back(Cell::of_text(fmt::format("({})", i + 1), 1, Alignment::center));
  }

  std::string heading(const ColumnView& view) const {
    return view.column->heading.empty() ? term_label(view.outcome, spec_.labels) : view.column->heading;
  }

  void add_outcomes(const std::string& first) {
    TableRow& row = add_row(first);
    row.header = true;
    for (std::size_t i = 0; i < views_.size();) {
      std::size_t end = i + 1;
      while (style_.merges_outcomes && end < views_.size() && heading(views_[end]) == heading(views_[i]) &&
             views_[end].group == views_[i].group)
        ++end;
      row.cells.push_back(Cell::of_text(heading(views_[i]), static_cast<int>(end - i), Alignment::center));
      if (end > i + 1) row.rule_under_spans = true;
      i = end;
    }
  }

  // --- coefficients
  Cell estimate_cell(const ColumnView& view, const Coefficient& coefficient) const {
    Cell cell = Cell::of_number(CellKind::estimate, coefficient.estimate);
    cell.stars = stars_of(coefficient.p_value, spec_.style.stars);
    cell.source = view.pointer_of(coefficient, "estimate");
    return cell;
  }

  Cell below_cell(const ColumnView& view, const Coefficient& coefficient, std::size_t position) const {
    const std::string& below = spec_.style.below[position];
    if (below == "ci") {
      Cell cell = Cell::of_number(CellKind::interval, coefficient.conf_low);
      cell.value2 = coefficient.conf_high;
      cell.bracket = Bracket::square;
      cell.source = view.pointer_of(coefficient, "conf_low");
      cell.source2 = view.pointer_of(coefficient, "conf_high");
      return cell;
    }
    Cell cell = below == "t" ? Cell::of_number(CellKind::statistic, coefficient.statistic, style_.t_decimals)
                : below == "p" ? Cell::of_number(CellKind::p_value, coefficient.p_value)
                               : Cell::of_number(CellKind::std_error, coefficient.std_error);
    cell.bracket = bracket_of(spec_.style, position);
    cell.source = view.pointer_of(coefficient, below == "t"   ? "statistic"
                                               : below == "p" ? "p_value"
                                                              : "std_error");
    return cell;
  }

  void add_pair(const std::string& label, const std::vector<const Coefficient*>& coefficients) {
    TableRow& estimates = add_row(label);
    for (std::size_t i = 0; i < views_.size(); ++i)
      estimates.cells.push_back(coefficients[i] == nullptr ? Cell{}
                                                           : estimate_cell(views_[i], *coefficients[i]));
    for (std::size_t position = 0; position < spec_.style.below.size(); ++position) {
      TableRow& below = add_row("");
      for (std::size_t i = 0; i < views_.size(); ++i)
        below.cells.push_back(coefficients[i] == nullptr ? Cell{}
                                                         : below_cell(views_[i], *coefficients[i], position));
      const bool says_nothing = std::all_of(below.cells.begin(), below.cells.end(), [](const Cell& cell) {
        return cell.kind == CellKind::empty || std::isnan(cell.value);
      });
      if (says_nothing) table_.rows.pop_back();
    }
  }

  void add_term(const std::string& term) {
    std::vector<const Coefficient*> coefficients;
    for (const ColumnView& view : views_) coefficients.push_back(view.find(term));
    add_pair(term_label(term, spec_.labels), coefficients);
  }

  void add_folded(const TermBlock& folded) {
    TableRow& row = add_row(folded.label);
    for (const ColumnView& view : views_)
      row.cells.push_back(
          Cell::of_flag(std::any_of(folded.terms.begin(), folded.terms.end(),
                                    [&](const std::string& term) { return view.find(term) != nullptr; })));
  }

  void add_constant() {
    if (!spec_.style.constant) return;
    std::vector<const Coefficient*> constants;
    for (const ColumnView& view : views_)
      constants.push_back(view.constant_of_xtreg ? &*view.estimation->xtreg_constant
                          : view.constant        ? view.find(std::string(intercept_term))
                                                 : nullptr);
    if (std::all_of(constants.begin(), constants.end(), [](const Coefficient* c) { return c == nullptr; }))
      return;
    add_pair(words("constant"), constants);
  }

  // --- effects and statistics
  std::string effect_name(const ColumnView& view, const FrameEffect& effect) const {
    return effect_label(effect, view.estimation->fit->frame->unit.name, spec_.labels, style_, lang_);
  }

  void add_effects() {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> of_column;
    for (const ColumnView& view : views_) {
      of_column.emplace_back();
      if (view.estimation->fit->frame == nullptr) continue;
      for (const FrameEffect& effect : view.estimation->fit->frame->effects) {
        of_column.back().push_back(effect_name(view, effect));
        if (std::find(names.begin(), names.end(), of_column.back().back()) == names.end())
          names.push_back(of_column.back().back());
      }
    }
    for (const std::string& name : names) {
      TableRow& row = add_row(name);
      for (const std::vector<std::string>& own : of_column)
        row.cells.push_back(Cell::of_flag(std::find(own.begin(), own.end(), name) != own.end()));
    }
  }

  std::string stat_label(const StatRow& stat) const {
    const auto& own = lang_ == "zh" ? style_.words_zh : style_.words_en;
    if (const auto place = own.find(stat.name); place != own.end()) return place->second;
    return lang_ == "zh" ? stat.zh : stat.en;
  }

  Cell stat_cell(const StatRow& stat, const StatValue& value, const ColumnView& view) const {
    if (std::isnan(value.value)) return {};
    Cell cell = value.text.empty() ? Cell::of_number(stat.kind, value.value, stat.decimals)
                                   : Cell::of_text(value.text);
    if (!std::isnan(value.p)) cell.stars = stars_of(value.p, spec_.style.stars);
    if (stat.name == "stock_yogo" || stat.name == "effective_f_critical") cell.bracket = Bracket::square;
    cell.source = source_of(view, value.pointer.empty() ? stat.pointer : value.pointer);
    return cell;
  }

  static std::string source_of(const ColumnView& view, std::string_view pointer) {
    const std::string& column = view.column->source;
    return column.empty() || pointer.empty() ? "" : column + std::string(pointer);
  }

  // Tests that were asked for and are no rows of their own yet, in the order asked.
  void add_requested_tests() {
    std::vector<std::string> added = stats_;
    for (const ColumnView& view : views_) {
      for (const RequestedTest& asked : view.estimation->requested) {
        if (std::find(added.begin(), added.end(), asked.name) != added.end()) continue;
        added.push_back(asked.name);
        for (const StatRow& row : rows_of_test(asked.name)) add_stat(row);
      }
    }
  }

  void add_stat(const StatRow& stat) {
    const std::string& name = stat.name;
    std::vector<StatValue> values;
    for (const ColumnView& view : views_) values.push_back(stat.value(view.stat_source));
    const auto some = [&](double StatValue::* part) {
      return std::any_of(values.begin(), values.end(),
                         [&](const StatValue& value) { return !std::isnan(value.*part); });
    };
    if (!some(&StatValue::value)) return;
    TableRow& row = add_row(stat_label(stat));
    for (std::size_t i = 0; i < views_.size(); ++i)
      row.cells.push_back(stat_cell(stat, values[i], views_[i]));
    const bool own_row = std::find(stats_.begin(), stats_.end(), "stock_yogo") != stats_.end();
    if (!some(&StatValue::below)) return;
    const bool f_statistic = name == "kp_f" || name == "cragg_donald_f";
    if (f_statistic && !own_row) add_critical("/tests/" + name + "/stock_yogo/10%", values);
    const bool effective = std::find(stats_.begin(), stats_.end(), "effective_f_critical") != stats_.end();
    if (name == "effective_f" && !effective) add_critical("/tests/effective_f/critical/10%", values);
  }

  void add_critical(const std::string& pointer, const std::vector<StatValue>& values) {
    TableRow& row = add_row("");
    for (std::size_t i = 0; i < values.size(); ++i) {
      row.cells.emplace_back();
      if (std::isnan(values[i].below)) continue;
      Cell& cell = row.cells.back();
      cell = Cell::of_number(CellKind::statistic, values[i].below, 2, source_of(views_[i], pointer));
      cell.bracket = Bracket::square;
    }
  }

  const RegressionTableSpec& spec_;
  const StyleEntry& style_;
  const std::string lang_;
  std::vector<ColumnView> views_;
  TermPlan plan_;
  std::vector<std::string> stats_;
  PublicationTable table_;
};

}  // namespace

PublicationTable regression_table(const RegressionTableSpec& spec) { return RegressionBuild(spec).build(); }

}  // namespace panelist
