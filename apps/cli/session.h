// SPDX-License-Identifier: Apache-2.0
// One run of the program as commands see it: the job's context, the two outputs and the named texts that
// carets point into. Results go to stdout, everything said about the work to stderr.
// Errors  output.cannot_write, output.disk_full when stdout cannot take the results
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/context.h"

namespace panelist::cli {

// The reader of stdout went away (`panelist ... | head`): not an error, the program ends quietly.
struct ReaderGone {};

// Several mistakes found in one reading, to be shown together.
struct Mistakes {
  Diagnostics items;
};

struct Session {
  Context context;
  Diagnostics warnings;  // what context.warn collected
  std::vector<SourceText> sources;
  std::string lang = "en";
  bool quiet = false;
  bool json = false;
  bool color = false;                   // stderr
  bool color_result = false;            // stdout
  mutable std::set<std::string> shown;  // warnings and notes that stderr has; each is said once

  // Writes results to stdout, whole, or throws.
  void print(std::string_view text) const;
  // Writes to stderr unless --quiet.
  void say(std::string_view text) const;
  // Warnings and notes in words on stderr, unless --quiet.
  void show(const Diagnostics& diagnostics) const;
  // In words, without the warnings and notes that were shown before.
  [[nodiscard]] std::string in_words(const std::vector<Diagnostic>& items) const;
  // Shows what context.warn collected since the last call.
  void show_warnings();
  // Registers a command-line text so that carets can point into it, and returns its place.
  Span place(const std::string& name, const std::string& text);
  // Throws Mistakes when there are errors; shows the warnings otherwise.
  void stop_on_mistakes(const Diagnostics& diagnostics) const;
};

void write_to_stderr(std::string_view text);

}  // namespace panelist::cli
