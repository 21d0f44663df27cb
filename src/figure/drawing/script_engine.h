// SPDX-License-Identifier: Apache-2.0
// A JavaScript engine (Duktape) without files, network, clock or console: text in, text out.
// Errors  figure.drawing_failed with the script's own message
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace panelist::figure {

class ScriptEngine {
 public:
  ScriptEngine();
  ~ScriptEngine();
  ScriptEngine(const ScriptEngine&) = delete;
  ScriptEngine& operator=(const ScriptEngine&) = delete;

  void run(std::string_view script, const char* name);
  // A global function of texts that answers with a text.
  std::string call(const char* function, const std::vector<std::string_view>& arguments);

 private:
  struct Library;
  const Library& library_;
  void* heap_ = nullptr;
};

}  // namespace panelist::figure
