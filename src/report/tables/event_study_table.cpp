// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "report/tables/policy_cells.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

class EventStudyTable {
 public:
  EventStudyTable(const PolicyTableSpec& spec, const EventStudy& study)
      : spec_(spec),
        study_(study),
        lang_(spec.style.lang),
        table_(start_table(spec.id, spec.title, spec.number, spec.style)) {}

  PublicationTable build() {
    add_heads();
    add_times();
    add_summary_rows();
    add_notes();
    return std::move(table_);
  }

 private:
  [[nodiscard]] std::string say(std::string_view key) const { return std::string(word(key, lang_)); }

  void add_heads() {
    TableRow numbers = labelled_row("");
    numbers.header = true;
    std::vector<std::string> heads = {say("event_time")};
    for (std::size_t i = 0; i < study_.methods.size(); ++i) {
      const EventMethod* method = find_event_method(study_.methods[i].method);
      heads.emplace_back(lang_ == "zh" ? method->zh : method->en);
      numbers.cells.push_back(Cell::of_text(fmt::format("({})", i + 1), 1, Alignment::center));
    }
    table_.rows.push_back(std::move(numbers));
    table_.rows.push_back(head_row(heads));
  }

  [[nodiscard]] PlacedCoefficient at(std::size_t method, int time) const {
    const std::vector<EventTime>& times = study_.methods[method].times;
    for (std::size_t i = 0; i < times.size(); ++i) {
      const EventTime& one = times[i];
      if (one.time != time) continue;
      PlacedCoefficient placed;
      placed.coefficient = {"",          "",           one.estimate, one.std_error, one.statistic,
                            one.p_value, one.conf_low, one.conf_high};
      placed.place = fmt::format("/event_study/methods/{}/times/{}", method, i);
      placed.text = one.reference ? say("event_reference") : "";
      placed.present = true;
      return placed;
    }
    return {};
  }

  void add_times() {
    std::set<int> times;
    for (const EventEffects& effects : study_.methods)
      for (const EventTime& one : effects.times) times.insert(one.time);
    for (const int time : times) {
      std::vector<PlacedCoefficient> row;
      for (std::size_t m = 0; m < study_.methods.size(); ++m) row.push_back(at(m, time));
      add_effects(spec_, time < 0 ? fmt::format("−{}", -time) : std::to_string(time), row, table_);
    }
  }

  // A row of one cell a method.
  template <typename CellOf>
  void add_row(std::string_view label, const CellOf& cell_of) {
    TableRow row = labelled_row(say(label));
    for (std::size_t m = 0; m < study_.methods.size(); ++m)
      row.cells.push_back(cell_of(study_.methods[m], fmt::format("/event_study/methods/{}", m)));
    table_.rows.push_back(std::move(row));
  }

  void add_summary_rows() {
    const std::size_t first = table_.rows.size();
    std::vector<PlacedCoefficient> att;
    for (std::size_t m = 0; m < study_.methods.size(); ++m)
      att.push_back({study_.methods[m].att, fmt::format("/event_study/methods/{}/att", m), "", true});
    add_effects(spec_, say("event_att"), att, table_);
    table_.rows[first].rule_above = Rule::thin;
    const std::size_t tests = table_.rows.size();
    add_row("event_pre_trend", [](const EventEffects& effects, const std::string& place) {
      return effects.pre_trend ? Cell::of_number(CellKind::p_value, effects.pre_trend->p_value, -1,
                                                 place + "/pre_trend/p_value")
                               : Cell{};
    });
    table_.rows[tests].rule_above = Rule::thin;
    add_row("event_control", [&](const EventEffects& effects, const std::string&) {
      return Cell::of_text(say("event_" + effects.control), 1, Alignment::center);
    });
    add_row("event_observations", [](const EventEffects& effects, const std::string& place) {
      return Cell::of_number(CellKind::count, effects.n, -1, place + "/n");
    });
    add_row("event_units", [](const EventEffects& effects, const std::string& place) {
      return Cell::of_number(CellKind::count, static_cast<double>(effects.units), -1, place + "/units");
    });
  }

  [[nodiscard]] bool has(std::string_view method) const {
    return std::any_of(study_.methods.begin(), study_.methods.end(),
                       [&](const EventEffects& effects) { return effects.method == method; });
  }

  void add_notes() {
    std::vector<VcovPhrase> vcovs;
    for (const EventEffects& effects : study_.methods)
      vcovs.push_back({effects.vcov, effects.clusters, effects.n_clusters, study_.level});
    add_error_notes(spec_, vcovs, table_);
    table_.notes.front() = word_of(entry_of(spec_.style), "note_head", lang_) + table_.notes.front();
    table_.notes.push_back(format_words("event_note", lang_, label_in(spec_.labels, study_.outcome),
                                        std::to_string(-study_.reference)));
    if (has("imputation")) table_.notes.push_back(say("event_leads_of_imputation"));
    for (const EventEffects& effects : study_.methods) say_choices(effects);
    say_cohorts();
    say_band();
  }

  void say_choices(const EventEffects& effects) {
    if (!effects.adjust.empty()) table_.notes.push_back(say("event_adjust_" + effects.adjust));
    if (effects.shares == "estimated") table_.notes.push_back(say("event_shares"));
    if (!effects.bootstrap.empty())
      table_.notes.push_back(format_words("event_bootstrap", lang_, effects.bootstrap_draws,
                                          say("event_multipliers_" + effects.bootstrap)));
  }

  void say_cohorts() {
    std::vector<std::string> cohorts;
    for (const Cohort& cohort : study_.cohorts)
      cohorts.push_back(fmt::format("{} ({})", cohort.name, cohort.units));
    table_.notes.push_back(format_words("event_cohorts", lang_, join(cohorts, word("list", lang_)),
                                        std::to_string(study_.never)));
  }

  void say_band() {
    std::vector<std::string> factors;
    for (const EventEffects& effects : study_.methods)
      if (!std::isnan(effects.band_factor)) factors.push_back(fixed(effects.band_factor, 2));
    if (!factors.empty())
      table_.notes.push_back(format_words("event_band", lang_, shortest(100 * study_.level),
                                          join(factors, word("list", lang_))));
  }

  const PolicyTableSpec& spec_;
  const EventStudy& study_;
  std::string lang_;
  PublicationTable table_;
};

}  // namespace

PublicationTable event_study_table(const PolicyTableSpec& spec, const EventStudy& study) {
  return EventStudyTable(spec, study).build();
}

}  // namespace panelist
