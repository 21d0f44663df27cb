// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/session.h"
#include "study/study.h"

namespace panelist::cli {
namespace {

int run_schema(Session& session, const Arguments&) {
  session.print(study_schema());
  return 0;
}

}  // namespace

Command schema_command() {
  return {.name = "schema",
          .usage = "",
          .summary = "JSON schema of the study file, for editors",
          .description = "",
          .examples = {{"schema > study.schema.json", "the schema as a file"}},
          .options = {},
          .run = run_schema};
}

}  // namespace panelist::cli
