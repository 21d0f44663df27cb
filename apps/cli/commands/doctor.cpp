// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <thread>

#include "base/shared_library.h"
#include "cli/aligned_text.h"
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/program.h"
#include "cli/session.h"

namespace panelist::cli {
namespace {

struct OptionalLibrary {
  const char* file;
  const char* package;
  const char* purpose;
};

constexpr OptionalLibrary optional_libraries[] = {
    {"libreadstat.so.1", "libreadstat1", "reads and writes Stata files (.dta)"},
    {"libxlsxwriter.so.4", "libxlsxwriter4", "writes Excel files (.xlsx)"},
    {"libzip.so.4", "libzip4", "reads Excel and writes Word files (.xlsx, .docx)"},
};

// "" when the library loads, else what to do.
std::string trouble_with(const OptionalLibrary& library) {
  try {
    const SharedLibrary loaded(library.file, library.package);
    return "";
  } catch (const Error& error) {
    return error.diagnostic().hint;
  }
}

int run_doctor(Session& session, const Arguments&) {
  AlignedText lines("");
  lines.add({"panelist", program_version, ""});
  lines.add({"compiler", fmt::format("{}", __VERSION__), ""});
  lines.add({"cores", fmt::format("{}", std::thread::hardware_concurrency()), ""});
  bool complete = true;
  for (const OptionalLibrary& library : optional_libraries) {
    const std::string trouble = trouble_with(library);
    complete = complete && trouble.empty();
    lines.add({library.package, trouble.empty() ? "found" : "missing",
               trouble.empty() ? library.purpose : fmt::format("{}; {}", library.purpose, trouble)});
  }
  session.print(lines.text());
  session.print(complete ? "All is well.\n" : "What is missing is needed for the formats named only.\n");
  return complete ? 0 : exit_findings;
}

}  // namespace

Command doctor_command() {
  return {.name = "doctor",
          .usage = "",
          .summary = "version, cores and the libraries loaded on use",
          .description = "",
          .examples = {{"doctor", "exit code 1 when a library is missing"}},
          .options = {},
          .run = run_doctor};
}

}  // namespace panelist::cli
