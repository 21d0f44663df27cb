// SPDX-License-Identifier: Apache-2.0
#include "figure/drawing/script_engine.h"

#include <duktape.h>

#include "base/diagnostic.h"
#include "base/shared_library.h"

namespace panelist::figure {

// Functions only: Duktape's macros call these.
struct ScriptEngine::Library {
  SharedLibrary file{"libduktape.so.207", "libduktape207"};
  decltype(duk_create_heap)* create_heap = file.function<decltype(duk_create_heap)>("duk_create_heap");
  decltype(duk_destroy_heap)* destroy_heap = file.function<decltype(duk_destroy_heap)>("duk_destroy_heap");
  decltype(duk_eval_raw)* eval_raw = file.function<decltype(duk_eval_raw)>("duk_eval_raw");
  decltype(duk_push_lstring)* push_text = file.function<decltype(duk_push_lstring)>("duk_push_lstring");
  decltype(duk_get_global_string)* get_global =
      file.function<decltype(duk_get_global_string)>("duk_get_global_string");
  decltype(duk_pcall)* call = file.function<decltype(duk_pcall)>("duk_pcall");
  decltype(duk_safe_to_lstring)* safe_text =
      file.function<decltype(duk_safe_to_lstring)>("duk_safe_to_lstring");
  decltype(duk_pop)* pop = file.function<decltype(duk_pop)>("duk_pop");

  std::string take_text(duk_context* heap) const {
    duk_size_t length = 0;
    const char* text = safe_text(heap, -1, &length);
    std::string taken(text, length);
    pop(heap);
    return taken;
  }
};

namespace {

[[noreturn]] void throw_failed(const std::string& words) {
  throw Error(
      "figure.drawing_failed", "the chart library could not draw this figure: " + words,
      "this is a fault of the program or of a style file: leave out options of your own and try again");
}

}  // namespace

ScriptEngine::ScriptEngine()
    : library_([]() -> const Library& {
        static const Library library;
        return library;
      }()) {
  heap_ = library_.create_heap(nullptr, nullptr, nullptr, nullptr, nullptr);
  if (heap_ == nullptr) throw_failed("no memory for its engine");
}

ScriptEngine::~ScriptEngine() { library_.destroy_heap(static_cast<duk_context*>(heap_)); }

void ScriptEngine::run(std::string_view script, const char* name) {
  auto* heap = static_cast<duk_context*>(heap_);
  library_.push_text(heap, name, std::char_traits<char>::length(name));
  const int failed =
      library_.eval_raw(heap, script.data(), script.size(), 1 | DUK_COMPILE_SAFE | DUK_COMPILE_NOSOURCE);
  const std::string words = library_.take_text(heap);
  if (failed != 0) throw_failed(words);
}

std::string ScriptEngine::call(const char* function, const std::vector<std::string_view>& arguments) {
  auto* heap = static_cast<duk_context*>(heap_);
  library_.get_global(heap, function);
  for (const std::string_view text : arguments) library_.push_text(heap, text.data(), text.size());
  const int failed = library_.call(heap, static_cast<duk_idx_t>(arguments.size()));
  std::string words = library_.take_text(heap);
  if (failed != 0) throw_failed(words);
  return words;
}

}  // namespace panelist::figure
