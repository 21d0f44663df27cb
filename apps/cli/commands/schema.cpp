// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/session.h"
#include "study/study.h"

namespace panelist::cli {
namespace {

int run_schema(Session& session, const Arguments& arguments) {
  const std::string format = arguments.text("format");
  if (!format.empty() && format != "json" && format != "md")
    throw Error("usage.bad_value", "there is no format `" + format + "` of the schema", "use json or md",
                "option --format");
  session.print(format == "md" ? study_reference() : study_schema());
  return 0;
}

}  // namespace

Command schema_command() {
  return {.name = "schema",
          .usage = "[--format json|md]",
          .summary = "keys of the study file: JSON schema, or reference page",
          .description = "",
          .examples = {{"schema > study.schema.json", "the schema as a file, for editors"},
                       {"schema --format md", "every key with type, default, meaning and example"}},
          .options = {{"format", "F", "json (default) or md"}},
          .run = run_schema};
}

}  // namespace panelist::cli
