// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/diagnostics_json.h"
#include "cli/program.h"
#include "cli/session.h"
#include "study/run.h"

namespace panelist::cli {
namespace {

struct Counts {
  std::size_t errors = 0, warnings = 0;
};

Counts count(const Diagnostics& findings) {
  Counts counts;
  for (const Diagnostic& item : findings.items()) {
    counts.errors += item.severity == Severity::error ? 1 : 0;
    counts.warnings += item.severity == Severity::warning ? 1 : 0;
  }
  return counts;
}

// A data expectation that fails is a finding (1); whatever keeps the study from running has its own code.
int exit_code_of_findings(const Diagnostics& findings) {
  int exit_code = 0;
  for (const Diagnostic& item : findings.items()) {
    if (item.severity != Severity::error) continue;
    if (item.code != "data.expectation") return exit_code_of(item);
    exit_code = exit_findings;
  }
  return exit_code;
}

std::string summary_line(const Study& study, const Counts& counts) {
  if (counts.errors > 0) return fmt::format("{} errors, {} warnings\n", counts.errors, counts.warnings);
  return fmt::format("ok: {} tables, {} indices, {} warnings\n", study.tables.size(), study.indices.size(),
                     counts.warnings);
}

int run_check(Session& session, const Arguments& arguments) {
  Diagnostics findings;
  const Study study = parse_study(arguments.positional().front(), findings);
  session.sources.push_back(study.source);
  session.sources.push_back(study.style_source);
  const auto rest = findings.has_errors() ? check_study_names : check_study;
  findings.append(rest(session.context, study, session.sources));
  findings.append(session.warnings);
  session.warnings = {};
  if (session.json) {
    session.print(fmt::format("{{\"diagnostics\": {}}}\n", diagnostics_json(findings, session.sources)));
  } else {
    for (const Diagnostic& item : findings.items())
      session.print(render(item, session.sources, session.color_result) + "\n");
    session.print(summary_line(study, count(findings)));
  }
  return exit_code_of_findings(findings);
}

}  // namespace

Command check_command() {
  return {.name = "check",
          .usage = "STUDY [--json]",
          .summary = "read a study, resolve its names, check its data; no estimation",
          .description =
              "Exit code 0: nothing wrong; 1: a data expectation does not hold; 3: the study file has "
              "errors; 4: its data have.",
          .examples = {{"check study.toml", "all mistakes in one go"}},
          .options = {{"json", "", "findings as JSON"}},
          .least_arguments = 1,
          .most_arguments = 1,
          .run = run_check};
}

}  // namespace panelist::cli
