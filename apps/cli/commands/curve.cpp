// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.h"
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/session.h"

namespace panelist::cli {
namespace {

[[noreturn]] int run_curve(Session&, const Arguments&) {
  throw Error("usage.not_available", "the specification curve is not in this version yet",
              "a [[table]] with `of` and `vary` shows a model under chosen changes");
}

}  // namespace

Command curve_command() {
  return {.name = "curve",
          .usage = "STUDY TERM [--json]",
          .summary = "specification curve (not in this version yet)",
          .description = "",
          .examples = {{"curve study.toml DT", "one coefficient under many specifications"}},
          .options = {{"json", "", "results as JSON"}},
          .least_arguments = 2,
          .most_arguments = 2,
          .run = run_curve};
}

}  // namespace panelist::cli
