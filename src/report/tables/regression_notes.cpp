// SPDX-License-Identifier: Apache-2.0
// Notes that write themselves: what the brackets hold, how standard errors were made, what was left out and why.

#include "base/text.h"
#include "report/tables/by_column.h"
#include "report/tables/labels.h"
#include "report/tables/regression_view.h"
#include "report/tables/test_notes.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

std::string count_text(double value) { return shortest(value); }

class RegressionNotes {
 public:
  RegressionNotes(const RegressionTableSpec& spec, const StyleEntry& style,
                  const std::vector<ColumnView>& views, const TermPlan& plan,
                  const std::vector<std::string>& stats)
      : spec_(spec), style_(style), views_(views), plan_(plan), stats_(stats), lang_(spec.style.lang) {}

  std::vector<std::string> write() {
    say_brackets();
    say_legend();
    say_distribution();
    say_families();
    say_weights();
    say_outcome();
    say_constant();
    say_r2();
    say_tests();
    say_differences();
    say_hidden_terms();
    say_by_column([this](const ColumnView& view, int i, ByColumn& out) { drops(view, i, out); });
    say_by_column([this](const ColumnView& view, int i, ByColumn& out) { omitted(view, i, out); });
    say_by_column([](const ColumnView& view, int i, ByColumn& out) {
      for (const std::string& remark : view.column->remarks) out.add(remark, i);
    });
    say_by_column([this](const ColumnView& view, int i, ByColumn& out) { warnings(view, i, out); });
    return std::move(notes_);
  }

 private:
  // --- standard errors
  // Counts that differ name the columns they belong to.
  std::string cluster_words(const std::vector<std::string>& by, const std::vector<int>& columns) const {
    std::vector<std::string> names, parts;
    for (const std::string& name : by) names.push_back(group_label(name, spec_.labels));
    ByColumn counts;
    for (const int column : columns) {
      std::vector<std::string> own;
      for (const double count : vcov_of(column).n_clusters) own.push_back(count_text(count));
      counts.add(join(own, " × "), column);
    }
    if (counts.remarks().size() == 1)
      return format_words("vcov_cluster", lang_, enumerate(names, lang_), counts.remarks().front().first);
    for (const auto& [count, with] : counts.remarks())
      parts.push_back(format_words("clusters_in", lang_, count, column_words(with, lang_)));
    return format_words("vcov_cluster_columns", lang_, enumerate(names, lang_),
                        join(parts, word("list", lang_)));
  }

  bool names_columns(const std::vector<int>& columns) const {
    return is_cluster(vcov_of(columns.front())) &&
           std::any_of(columns.begin(), columns.end(), [&](int column) {
             return vcov_of(column).n_clusters != vcov_of(columns.front()).n_clusters;
           });
  }

  const Vcov& vcov_of(int column) const {
    return views_[static_cast<std::size_t>(column - 1)].estimation->vcov;
  }

  // Standard errors from the coefficients of periods have words of their own.
  static std::string vcov_name(const Estimation& estimation) {
    if (estimation.fit->periods == nullptr) return estimation.vcov.kind;
    return estimation.vcov.kind == "iid" ? "periods" : "periods_" + estimation.vcov.kind;
  }

  static bool is_cluster(const Vcov& vcov) { return !vcov.by.empty() && !vcov.n_clusters.empty(); }

  std::string vcov_words(const std::vector<int>& columns, const VcovSpec& asked) const {
    const Vcov& vcov = vcov_of(columns.front());
    if (is_cluster(vcov)) {
      const std::string kind = vcov.kind == "cluster" ? "" : std::string(word("suffix_" + vcov.kind, lang_));
      return cluster_words(vcov.by, columns) + kind;
    }
    if (vcov.kind.starts_with("hc")) {
      std::string name = vcov.kind;
      name[0] = 'H', name[1] = 'C';
      return format_words("vcov_hc", lang_, name);
    }
    const std::string key =
        "vcov_" + vcov_name(*views_[static_cast<std::size_t>(columns.front() - 1)].estimation);
    if (!vcov.details.empty())
      return format_words(key, lang_, shortest(vcov.details.front().second),
                          word("kernel_" + vcov.option, lang_));
    if (word(key, lang_) != key) return std::string(word(key, lang_));
    return format_words("vcov_other", lang_, asked.text.empty() ? vcov.kind : asked.text);
  }

  // Columns of the same kind and variables share a phrase; several phrases name their columns.
  std::string all_vcov_words() const {
    std::vector<std::pair<std::string, std::vector<int>>> kinds;
    for (std::size_t i = 0; i < views_.size(); ++i) {
      const Vcov& vcov = views_[i].estimation->vcov;
      std::string key = vcov_name(*views_[i].estimation) + "(" + join(vcov.by, ",") + ")" + vcov.option;
      for (const auto& [name, value] : vcov.details)
        if (name == "lags" || name == "kilometres") key += " " + shortest(value);
      auto known =
          std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.first == key; });
      if (known == kinds.end()) known = kinds.insert(kinds.end(), {key, {}});
      known->second.push_back(static_cast<int>(i) + 1);
    }
    std::vector<std::string> phrases;
    for (const auto& [key, columns] : kinds) {
      const Estimation& first = *views_[static_cast<std::size_t>(columns.front() - 1)].estimation;
      std::string phrase = vcov_words(columns, first.vcov_spec);
      if (kinds.size() > 1 && !names_columns(columns)) phrase += " (" + column_words(columns, lang_) + ")";
      phrases.push_back(phrase);
    }
    return enumerate(phrases, lang_);
  }

  bool all_robust() const {
    return std::all_of(views_.begin(), views_.end(), [&](const ColumnView& view) {
      const Vcov& vcov = view.estimation->vcov;
      return is_cluster(vcov) || (vcov.kind.starts_with("hc") && lang_ != "zh");
    });
  }

  void say_brackets() {
    if (views_.empty()) return;
    std::vector<std::string> sentences = {words_of_first()};
    const std::vector<std::string>& below = spec_.style.below;
    for (std::size_t i = 1; i < below.size(); ++i)
      if (first_in_its_brackets(i)) sentences.push_back(words_beside(i));
    notes_.push_back(join(sentences, lang_ == "zh" ? "" : " "));
  }

  std::string place_of(std::size_t position) const {
    return std::string(bracket_words(bracket_of(spec_.style, position), lang_));
  }

  std::string level() const { return shortest(100 * views_[0].estimation->inference.level); }

  // What stands first under the estimates; it says how standard errors were made.
  std::string words_of_first() const {
    const std::string& below = spec_.style.below.front();
    const std::string text =
        below == "se"
            ? format_words(style_.says_robust && all_robust() ? "robust_se_in_brackets" : "se_in_brackets",
                           lang_, all_vcov_words(), place_of(0))
            : format_words(below + "_in_brackets", lang_, all_vcov_words(), place_of(0), level());
    return below == "se" && lang_ != "zh" ? capitalised(text) : text;
  }

  // Brackets that several rows share are said once, for all of them.
  bool first_in_its_brackets(std::size_t position) const {
    for (std::size_t i = 1; i < position; ++i)
      if (bracket_of(spec_.style, i) == bracket_of(spec_.style, position)) return false;
    return true;
  }

  std::string words_beside(std::size_t position) const {
    std::vector<std::string> names;
    for (std::size_t i = position; i < spec_.style.below.size(); ++i)
      if (bracket_of(spec_.style, i) == bracket_of(spec_.style, position))
        names.push_back(format_words("below_" + spec_.style.below[i], lang_, level()));
    const bool as_first = bracket_of(spec_.style, position) == bracket_of(spec_.style, 0);
    const std::string text = format_words(as_first           ? "beside_as_first"
                                          : names.size() > 1 ? "beside_in_order"
                                                             : "beside",
                                          lang_, place_of(position), enumerate(names, lang_));
    const bool symbol = text.starts_with("p-") || text.starts_with("t ");  // p-values stay small
    return lang_ == "zh" || symbol ? text : capitalised(text);
  }

  void say_legend() {
    const std::string legend = star_legend(spec_.style.stars, style_, lang_);
    const std::string head = word_of(style_, "note_head", lang_);
    if (notes_.empty()) return;
    if (lang_ != "zh") {
      if (!legend.empty()) notes_.push_back(legend);
      notes_.front() = head + notes_.front();
      return;
    }
    // Chinese tables say it in one paragraph: 注：括号内为…标准误；***、**、* 分别表示 1%、5%、10% 显著性水平。
    std::string& first = notes_.front();
    first = head + (legend.empty() ? first : replace_all(first, "。", "；") + legend);
  }

  void say_distribution() {
    ByColumn distributions;
    for (std::size_t i = 0; i < views_.size(); ++i) {
      const Vcov& vcov = views_[i].estimation->vcov;
      const double df = vcov.df;
      distributions.add(vcov.term_df.size() > 0 ? std::string(word("df_satterthwaite", lang_))
                        : std::isfinite(df) ? format_words(df == 1 ? "df_t_one" : "df_t", lang_, shortest(df))
                                            : std::string(word("df_normal", lang_)),
                        static_cast<int>(i) + 1);
    }
    append(distributions.sentences(views_.size(), lang_));
  }

  // --- what the rows mean
  static std::string words_of_method(const std::string& method) {
    if (find_family(method) != nullptr) return "family_" + method;
    return method == "ols" ? "family_none" : "method_" + method.substr(0, method.find('('));
  }

  void say_families() {
    ByColumn families;
    bool any = false;
    for (std::size_t i = 0; i < views_.size(); ++i) {
      const std::string& method = views_[i].estimation->fit->method;
      const std::string key = words_of_method(method);
      any = any || (key != "family_none" && key != "method_2sls");
      families.add(std::string(word(key, lang_)), static_cast<int>(i) + 1);
    }
    if (any) append(families.sentences(views_.size(), lang_));
  }

  // Weights of a likelihood, which R's programs take as given and these do not.
  void say_weights() {
    ByColumn weights;
    for (std::size_t i = 0; i < views_.size(); ++i) {
      const Fit& fit = *views_[i].estimation->fit;
      if (fit.glm == nullptr || fit.frame == nullptr || fit.frame->weights.size() == 0) continue;
      const bool counts = fit.frame->weight_type == WeightType::frequency;
      if (!counts) weights.add(std::string(word("weights_of_mean_one", lang_)), static_cast<int>(i) + 1);
    }
    append(weights.sentences(views_.size(), lang_));
  }

  void say_outcome() {
    ByColumn outcomes;
    for (std::size_t i = 0; i < views_.size(); ++i) {
      const ColumnView& view = views_[i];
      const std::string label = term_label(view.outcome, spec_.labels);
      if (!view.column->heading.empty() && view.column->heading != label && !label.empty())
        outcomes.add(label, static_cast<int>(i) + 1);
    }
    for (const auto& [label, columns] : outcomes.remarks())
      notes_.push_back(columns.size() == views_.size() ? format_words("dependent_variable", lang_, label)
                                                       : format_words("dependent_variable_in", lang_, label,
                                                                      column_words(columns, lang_)));
  }

  void say_constant() {
    const bool shown =
        spec_.style.constant &&
        std::any_of(views_.begin(), views_.end(), [](const auto& view) { return view.constant_of_xtreg; });
    if (shown) notes_.emplace_back(word("xtreg_constant", lang_));
  }

  bool asks(std::string_view stat) const {
    return std::find(stats_.begin(), stats_.end(), stat) != stats_.end();
  }

  void say_r2() {
    if (asks("r2_xtreg")) say_r2_xtreg();
    const bool effects = std::any_of(views_.begin(), views_.end(), [](const ColumnView& view) {
      return view.column->first_stage < 0 && view.estimation->fit->frame != nullptr &&
             !view.estimation->fit->frame->effects.empty();
    });
    if (!effects || !(asks("r2") || asks("r2_within"))) return;
    notes_.emplace_back(word(!asks("r2_within") ? "r2_whole"
                             : asks("r2")       ? "r2_whole_and_within"
                                                : "r2_net",
                             lang_));
  }

  void say_r2_xtreg() {
    ByColumn kinds;
    for (std::size_t i = 0; i < views_.size(); ++i) {
      const ColumnView& view = views_[i];
      std::string text;
      if (view.column->first_stage >= 0)
        text = word("r2_is_first_stage", lang_);
      else if (absorbs_unit(*view.estimation))
        text = format_words("r2_is_within", lang_,
                            group_label(view.estimation->fit->frame->unit.name, spec_.labels));
      else
        text = word("r2_is_overall", lang_);
      kinds.add(text, static_cast<int>(i) + 1);
    }
    append(kinds.sentences(views_.size(), lang_));
  }

  void say_tests() {
    for (const std::string_view name : {"kp_f", "cragg_donald_f", "stock_yogo"}) {
      if (!asks(name)) continue;
      const StatRow& stat = stat_row(name);
      const bool own_row = name == "stock_yogo";
      if (std::any_of(views_.begin(), views_.end(), [&](const ColumnView& view) {
            const StatValue value = stat.value(view.stat_source);
            return !std::isnan(own_row ? value.value : value.below);
          })) {
        notes_.emplace_back(word("stock_yogo_note", lang_));
        break;
      }
    }
    const StatRow& effective = stat_row("effective_f");
    const bool has_effective = std::any_of(views_.begin(), views_.end(), [&](const ColumnView& view) {
      return !std::isnan(effective.value(view.stat_source).below);
    });
    if (has_effective && (asks("effective_f") || asks("effective_f_critical")))
      notes_.emplace_back(word("effective_f_note", lang_));
  }

  // Of each split: what its differences are.
  void say_differences() {
    ByColumn remarks;
    for (const SplitComparison& comparison : spec_.comparisons)
      for (const std::string& note : comparison.notes)
        for (std::size_t i = comparison.begin; i < comparison.end; ++i)
          remarks.add(note, static_cast<int>(i) + 1);
    append(remarks.sentences(views_.size(), lang_));
  }

  void say_hidden_terms() {
    if (plan_.hidden.empty()) return;
    std::vector<std::string> names;
    for (const std::string& term : plan_.hidden) names.push_back(term_label(term, spec_.labels));
    notes_.push_back(format_words("not_shown", lang_, enumerate(names, lang_)));
  }

  // --- what happened to each column
  template <typename Read>
  void say_by_column(const Read& read) {
    ByColumn remarks;
    for (std::size_t i = 0; i < views_.size(); ++i) read(views_[i], static_cast<int>(i) + 1, remarks);
    append(remarks.sentences(views_.size(), lang_));
  }

  void drops(const ColumnView& view, int column, ByColumn& out) const {
    if (view.estimation->fit->frame == nullptr) return;
    const DroppedRows& dropped = view.estimation->fit->frame->dropped;
    const std::pair<std::string_view, std::size_t> reasons[] = {{"dropped_missing", dropped.missing},
                                                                {"dropped_singleton", dropped.singleton},
                                                                {"dropped_weight", dropped.weight},
                                                                {"dropped_separated", dropped.separated}};
    for (const auto& [key, rows] : reasons)
      if (rows > 0) out.add(format_words(key, lang_, rows), column);
  }

  void omitted(const ColumnView& view, int column, ByColumn& out) const {
    for (const DroppedTerm& term : view.estimation->fit->dropped)
      out.add(format_words("omitted_" + term.code, lang_, term_label(term.term, spec_.labels)), column);
  }

  void warnings(const ColumnView& view, int column, ByColumn& out) const {
    for (const auto& [code, message] : view.estimation->warnings) {
      if (code == "infer.test_left_out") continue;
      if (const std::string text = warning_words(code, message, lang_, spec_.labels); !text.empty())
        out.add(text, column);
    }
    for (const std::string& note : notes_of_tests(view, stats_, spec_.style.stats, lang_))
      out.add(note, column);
  }

  void append(const std::vector<std::string>& sentences) {
    notes_.insert(notes_.end(), sentences.begin(), sentences.end());
  }

  const RegressionTableSpec& spec_;
  const StyleEntry& style_;
  const std::vector<ColumnView>& views_;
  const TermPlan& plan_;
  const std::vector<std::string>& stats_;
  const std::string lang_;
  std::vector<std::string> notes_;
};

}  // namespace

std::vector<std::string> regression_notes(const RegressionTableSpec& spec, const StyleEntry& style,
                                          const std::vector<ColumnView>& views, const TermPlan& plan,
                                          const std::vector<std::string>& stats) {
  return RegressionNotes(spec, style, views, plan, stats).write();
}

}  // namespace panelist
