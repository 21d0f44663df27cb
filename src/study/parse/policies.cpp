// SPDX-License-Identifier: Apache-2.0
// Tables of policies: event studies, decompositions, placebos.
#include <cmath>

#include "policy/event_study.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

constexpr long long most_draws = 1'000'000;
constexpr double farthest = 10'000;  // relative time

// A list of whole numbers.
std::vector<int> whole_numbers(const Section& section, std::string_view key) {
  std::vector<int> out;
  const Node* node = section.find(key);
  if (node == nullptr) return out;
  if (node->kind != Node::Kind::array) {
    section.wrong_type(*node, "a list of whole numbers");
    return out;
  }
  for (const Node& item : node->items) {
    const bool whole = item.is_number() && item.number == std::floor(item.number);
    if (whole && std::abs(item.number) <= farthest)
      out.push_back(static_cast<int>(item.number));
    else
      section.wrong_type(item, "a whole number");
  }
  return out;
}

void read_timing(const Section& section, PolicyEntry& entry) {
  entry.cohort = section.text("cohort");
  entry.treated = section.text("treated");
  if (entry.cohort.has_value() == entry.treated.has_value())
    section.diagnostics().error(
        "study.missing_key", "a policy's timing is one column: cohort or treated", entry.span,
        "cohort = \"first_year\" (time of first treatment) or treated = \"did\" (0, then 1)");
}

void read_window(const Section& section, PolicyEntry& entry) {
  const std::vector<int> window = whole_numbers(section, "window");
  if (const auto reference = section.integer("reference")) entry.reference = static_cast<int>(*reference);
  if (section.find("window") == nullptr) return;
  const bool usable =
      window.size() == 2 && window[0] <= entry.reference && window[1] >= 0 && entry.reference < 0;
  if (!usable)
    section.diagnostics().error("study.event_window",
                                "`window` is two relative times around the reference and the start",
                                section.find("window")->span, "for example window = [-4, 5]");
  else
    entry.window = {window[0], window[1]};
}

void read_methods(const Section& section, PolicyEntry& entry) {
  for (const Spanned& method : section.text_or_texts("methods")) {
    if (find_event_method(method.text) == nullptr)
      report_unknown("event study", method.text, method.span, event_method_names(), "study.unknown_value",
                     section.diagnostics());
    entry.methods.push_back(method.text);
  }
  if (const auto control = section.choice("control", {"never", "not_yet", "last"}))
    entry.control = control->text;
  entry.band = section.flag("band").value_or(false);
}

// A choice that concerns one estimator does nothing without it.
void read_choice_of(const Section& section, const PolicyEntry& entry, const char* key,
                    std::string_view estimator, std::string& into) {
  const auto choice = section.choice(key, event_choices(key));
  if (!choice) return;
  into = choice->text;
  if (std::find(entry.methods.begin(), entry.methods.end(), estimator) == entry.methods.end())
    section.diagnostics().error("study.table_kind", std::string("`") + key + "` does nothing in this table",
                                choice->span, "it belongs to the estimator " + std::string(estimator));
}

void read_choices(const Section& section, PolicyEntry& entry) {
  read_choice_of(section, entry, "adjust", "callaway_santanna", entry.adjust);
  read_choice_of(section, entry, "shares", "sun_abraham", entry.shares);
  read_choice_of(section, entry, "bootstrap", "callaway_santanna", entry.bootstrap);
  entry.draws = 999;
  const auto draws = section.integer("draws");
  if (!draws) return;
  const Span& place = section.find("draws")->span;
  if (entry.bootstrap.empty())
    section.diagnostics().error("study.table_kind", "`draws` does nothing in this table", place,
                                "it belongs to a bootstrap: bootstrap = \"mammen\"");
  else if (*draws < 2 || *draws > most_draws)
    section.diagnostics().error("study.event_window", "`draws` lies between 2 and 1000000", place,
                                "for example draws = 999");
  else
    entry.draws = static_cast<int>(*draws);
}

void read_draws(const Section& section, PolicyEntry& entry) {
  if (section.find("shifts") != nullptr) entry.shifts = whole_numbers(section, "shifts");
  for (const int shift : entry.shifts)
    if (shift < 1)
      section.diagnostics().error("study.event_window", "`shifts` are numbers of periods, at least 1",
                                  section.find("shifts")->span, "for example shifts = [1, 2, 3]");
  const auto draws = section.integer("draws");
  if (!draws) return;
  if (*draws < 0 || *draws > most_draws)
    section.diagnostics().error("study.event_window", "`draws` lies between 0 and 1000000",
                                section.find("draws")->span, "for example draws = 1000");
  else
    entry.draws = static_cast<int>(*draws);
}

}  // namespace

void read_policy(const Section& section, Study& study, TableEntry& table) {
  for (const char* key : {"event_study", "bacon", "placebo"}) {
    const Node* node = section.table(key);
    if (node == nullptr) continue;
    Diagnostics& diagnostics = section.diagnostics();
    const Section own(*node, std::string("table.") + key, diagnostics);
    PolicyEntry entry;
    entry.span = node->span;
    if (const auto of = own.text("of")) {
      std::vector<ColumnEntry> models = resolve_columns(*of, study, diagnostics);
      if (!models.empty()) entry.of = models.front();
    } else {
      diagnostics.error("study.missing_key", std::string(key) + " says of which model: of = \"main\"",
                        node->span);
    }
    read_timing(own, entry);
    if (key == std::string_view("event_study")) {
      read_window(own, entry);
      read_methods(own, entry);
      read_choices(own, entry);
    }
    if (key == std::string_view("placebo")) read_draws(own, entry);
    table.policy = std::move(entry);
  }
}

}  // namespace panelist::study
