// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/program.h"
#include "cli/session.h"
#include "study/run.h"

namespace panelist::cli {
namespace {

// "05-baseline.docx", "05-baseline.tex" -> one line "05-baseline  docx tex".
std::string files_by_table(const std::vector<std::string>& files) {
  std::vector<std::string> order;
  std::map<std::string, std::string> formats;
  for (const std::string& file : files) {
    const std::string extension = extension_of(file);
    const std::string stem = file.substr(0, file.size() - (extension.empty() ? 0 : extension.size() + 1));
    if (!formats.contains(stem)) order.push_back(stem);
    formats[stem] += (formats[stem].empty() ? "" : " ") + extension;
  }
  AlignedText lines("  ");
  for (const std::string& stem : order) lines.add({stem, formats[stem]});
  return lines.text();
}

// What stopped the run, with the warnings around it; empty when nothing did.
Diagnostics errors_only(const Diagnostics& notes) { return notes.has_errors() ? notes : Diagnostics{}; }

int report_drift(const Session& session, const RunOutcome& outcome) {
  if (outcome.drift.empty()) {
    session.print(fmt::format("no differences from study.lock in {}\n", outcome.out));
    session.show(outcome.notes);
    return 0;
  }
  for (const std::string& line : outcome.drift) session.print(line + "\n");
  write_to_stderr(fmt::format("{} {} from study.lock; nothing was written\n", outcome.drift.size(),
                              outcome.drift.size() == 1 ? "difference" : "differences"));
  return exit_findings;
}

void report_files(const Session& session, const RunOutcome& outcome) {
  session.print(files_by_table(outcome.files));
  session.show(outcome.notes);
  session.print(fmt::format("{} files in {}\n", outcome.files.size(), outcome.out));
  session.say(fmt::format("{:.2f} seconds\n", outcome.seconds));
}

int run_run(Session& session, const Arguments& arguments) {
  Diagnostics mistakes;
  Study study = parse_study(arguments.positional().front(), mistakes);
  session.sources.push_back(study.source);
  session.sources.push_back(study.style_source);
  if (mistakes.has_errors()) mistakes.append(check_study_names(session.context, study, session.sources));
  session.stop_on_mistakes(mistakes);
  if (arguments.has("lang")) study.lang = session.lang;
  RunOptions options;
  options.tables.assign(arguments.positional().begin() + 1, arguments.positional().end());
  options.out = arguments.text("out");
  options.frozen = arguments.has("frozen");
  const RunOutcome outcome = run_study(session.context, study, options);
  session.sources.insert(session.sources.end(), outcome.sources.begin(), outcome.sources.end());
  session.stop_on_mistakes(errors_only(outcome.notes));
  if (session.json) {
    session.show(outcome.notes);
    session.print(outcome.results_json);
    return outcome.drift.empty() ? 0 : exit_findings;
  }
  if (options.frozen) return report_drift(session, outcome);
  report_files(session, outcome);
  return 0;
}

}  // namespace

Command run_command() {
  return {.name = "run",
          .usage = "STUDY [TABLE...] [--out DIR] [--frozen] [--json] [--threads N]",
          .summary = "build the tables of a study",
          .description =
              "Each file appears whole or not at all; a run that fails leaves the former results as they "
              "were. TABLE is an id or a number.",
          .examples = {{"run study.toml", "all tables, into results/ beside the study"},
                       {"run study.toml baseline --out draft", "one table, into the folder draft"},
                       {"run study.toml --frozen",
                        "exit code 1 when a number or a file differs from study.lock"}},
          .options = {{"out", "DIR", "folder of the results (default: results beside the study)"},
                      {"frozen", "", "write nothing; exit code 1 when results differ from study.lock"},
                      {"threads", "N", "threads to use; results never depend on it"},
                      {"json", "", "every number as JSON on stdout"}},
          .least_arguments = 1,
          .most_arguments = 1000,
          .run = run_run};
}

}  // namespace panelist::cli
