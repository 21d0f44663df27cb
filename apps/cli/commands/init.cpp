// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/diagnostic.h"
#include "base/file.h"
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/session.h"
#include "study/study.h"

namespace panelist::cli {
namespace {

int run_init(Session& session, const Arguments& arguments) {
  const std::string folder = arguments.positional().empty() ? "." : arguments.positional().front();
  const std::string path = join_path(folder, "study.toml");
  if (file_exists(path))
    throw Error("output.exists", fmt::format("`{}` is already there and is left as it is", path),
                "name another folder: panelist init DIR");
  const std::string text = starter_study(arguments.text("from"), folder);
  FileTransaction transaction(folder);
  transaction.write("study.toml", text);
  transaction.commit();
  session.print(fmt::format("{} is written\n", path));
  session.say(fmt::format("next: edit it, then `panelist check {}`\n", path));
  return 0;
}

}  // namespace

Command init_command() {
  return {.name = "init",
          .usage = "[DIR] [--from DATA]",
          .summary = "write a commented study.toml to start from",
          .description = "Guesses the panel keys of the data file. Never overwrites.",
          .examples = {{"init --from data.xlsx", "a study of data.xlsx in this folder"},
                       {"init paper", "an example study in the folder paper"}},
          .options = {{"from", "DATA", "the data file"}},
          .least_arguments = 0,
          .most_arguments = 1,
          .run = run_init};
}

}  // namespace panelist::cli
