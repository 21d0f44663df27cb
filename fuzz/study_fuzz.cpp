// SPDX-License-Identifier: Apache-2.0
// Any text as a study file: a study or diagnostics with places inside the text, and every diagnostic can be drawn.
#include <cstdint>
#include <string>

#include "study/study.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  panelist::Diagnostics diagnostics;
  panelist::parse_study_text("study.toml", text, diagnostics);
  for (const auto& diagnostic : diagnostics.items()) {
    if (diagnostic.span.end > size || diagnostic.span.begin > diagnostic.span.end) __builtin_trap();
    panelist::render(diagnostic, {{"study.toml", text}});
  }
  return 0;
}
