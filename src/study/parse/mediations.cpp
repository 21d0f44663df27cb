// SPDX-License-Identifier: Apache-2.0
// [[table]] mediation = { ... }
#include "mechanism/multiplicity.h"
#include "study/parse/sections.h"

namespace panelist::study {
namespace {

void say(const Section& section, const char* key, const std::string& message, const std::string& hint) {
  section.diagnostics().error("study.shape", message, section.find(key)->span, hint);
}

void say_missing(const Section& section, const char* key, const std::string& message,
                 const std::string& hint) {
  section.diagnostics().error("study.missing_key", message, section.find(key)->span, hint);
}

// What moves the paths: groups, or a number.
void read_moderator(const Section& section, MediationEntry& entry) {
  entry.by = section.text("by");
  entry.moderator = section.text("moderator");
  if (const auto stage = section.choice("stage", {"first", "second", "both"})) entry.stage = stage->text;
  entry.at = numbers_of(section, "at");
  for (const char* key : {"stage", "at"})
    if (!entry.moderator && section.find(key) != nullptr)
      say_missing(section, key, "`" + std::string(key) + "` is said of a moderator", "add moderator = \"W\"");
  if (entry.moderator && entry.by)
    say(section, "by", "a mediation has groups or a numeric moderator, not both", "make two tables of it");
}

void read_correction(const Section& section, MediationEntry& entry) {
  const auto written = section.text("correction");
  if (!written) return;
  entry.correction = written->text;
  if (entry.mode != "channel")
    say_missing(section, "correction", "p-values are corrected over channels alone",
                "add mode = \"channel\"");
  if (find_correction(entry.correction) == nullptr)
    report_unknown("correction", entry.correction, written->span, correction_names(), "study.unknown_value",
                   section.diagnostics());
}

void read_mode(const Section& section, MediationEntry& entry) {
  if (const auto mode = section.choice("mode", {"parallel", "serial", "channel"})) entry.mode = mode->text;
  entry.contrasts = section.flag("contrasts");
  read_correction(section, entry);
  if (entry.mode == "channel") {
    for (const char* key : {"boot", "draws", "by", "moderator", "contrasts"})
      if (section.find(key) != nullptr)
        say(section, key, "`" + std::string(key) + "` does nothing with mode = \"channel\"",
            "channels are regressions of the mediators alone: there is no indirect effect");
  }
  if (entry.mode == "serial" && entry.moderator)
    say(section, "moderator", "a moderator moves mediators in parallel", "take mode = \"serial\" out");
}

void read_sensitivity(const Section& section, MediationEntry& entry) {
  entry.sensitivity = section.flag("sensitivity").value_or(false);
  if (entry.sensitivity && (entry.by || entry.moderator || entry.mode != "parallel"))
    say(section, "sensitivity",
        "the sensitivity to correlated errors is of mediators in parallel, without groups",
        "ask it of a table of its own");
}

}  // namespace

std::optional<MediationEntry> read_mediation(const Node* node, const Study& study, Diagnostics& diagnostics) {
  if (node == nullptr) return std::nullopt;
  const Section section(*node, "table.mediation", diagnostics);
  MediationEntry entry;
  entry.span = node->span;
  entry.through = section.text_or_texts("through");
  if (const auto of = section.text("of")) {
    std::vector<ColumnEntry> models = resolve_columns(*of, study, diagnostics);
    if (!models.empty()) entry.of = models.front();
  } else {
    diagnostics.error("study.missing_key", "mediation says of which model: of = \"main\"", node->span);
  }
  if (entry.through.empty())
    diagnostics.error("study.missing_key", "mediation says through which mediators: through = \"M\"",
                      node->span);
  if (const auto boot = section.integer("boot")) entry.boot = static_cast<int>(std::max(0LL, *boot));
  entry.x = main_term(entry.of.formula);
  if (const auto x = section.text("x")) entry.x = x->text;
  entry.draws = whole_number(section, "draws", 0, 10'000'000, 0);
  read_moderator(section, entry);
  read_mode(section, entry);
  read_sensitivity(section, entry);
  return entry;
}

}  // namespace panelist::study
