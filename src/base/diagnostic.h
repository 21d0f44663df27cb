// SPDX-License-Identifier: Apache-2.0
// What the program says when something is wrong, and where.
//
// A Diagnostic is one clear statement: a code in words ("formula.unknown_column"), a severity, a message, a
// place, further notes and one next step (hint). Two channels:
//   Diagnostics  readers of what the user wrote (study, formula, csv) collect and carry on
//   Error        everything else that cannot go on throws this one exception; it holds one Diagnostic with a
//                subject ("column gdp") and usually no span. The outer layer that knows the span adds it.
// The part of the code before the first dot decides the exit code (exit_code_of):
//   usage.*                      2   command line: unknown option, missing --vcov
//   formula.* vcov.* expression.* 2 on the command line, 3 when the span lies in a study file
//   study.* index.*              3   study file
//   data.*                       4   unreadable file, unknown column, duplicate keys
//                                    (data.no_rows is 5: nothing is left to estimate on)
//                                    (formula.unknown_column counts as data on the command line)
//   estimate.* infer.* mechanism.* 5 estimation impossible
//   output.*                     6   output cannot be written
//   internal.*                   70
#pragma once
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

// Half-open byte range [begin, end) in a text known by name. An empty file name means "no place".
struct Span {
  std::string file;
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] bool known() const { return !file.empty(); }
};

enum class Severity { error, warning, note };

struct Diagnostic {
  std::string code;
  Severity severity = Severity::error;
  std::string message;             // one sentence, no trailing period, names in `backquotes`
  Span span;                       // where, when known
  std::string subject;             // what, when there is no span: "column gdp", "option --by"
  std::vector<std::string> notes;  // further facts, one line each
  std::string hint;                // one next step
};

// The one exception type of the program.
class Error : public std::exception {
 public:
  explicit Error(Diagnostic diagnostic);
  Error(std::string code, std::string message, std::string hint = "", std::string subject = "");
  [[nodiscard]] const Diagnostic& diagnostic() const { return diagnostic_; }
  [[nodiscard]] Diagnostic& diagnostic() { return diagnostic_; }
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

 private:
  Diagnostic diagnostic_;
  std::string text_;
};

// An ordered collection of diagnostics.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic);
  void error(std::string code, std::string message, Span span = {}, std::string hint = "");
  void warning(std::string code, std::string message, Span span = {}, std::string hint = "");
  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }
  void append(const Diagnostics& other);
  // Throws Error with the first error, if there is one.
  void throw_first_error() const;

 private:
  std::vector<Diagnostic> items_;
};

// A text with a name, to turn byte offsets into line and column and to draw the caret.
struct SourceText {
  std::string name;
  std::string text;
};

// 1-based. Column counts code points.
struct LineColumn {
  std::size_t line = 0;
  std::size_t column = 0;
};
LineColumn line_column(std::string_view text, std::size_t offset);

// The diagnostic in words for a terminal: code, message, place, source line with a caret, notes, hint.
// `sources` are searched by Span::file; a span in none of them prints without the line.
std::string render(const Diagnostic& diagnostic, const std::vector<SourceText>& sources, bool color = false);
// {"code","severity","message","file","line","column","hint","notes","subject"} as JSON text.
std::string render_json(const Diagnostic& diagnostic, const std::vector<SourceText>& sources);

int exit_code_of(const Diagnostic& diagnostic);

// "a", "b" -> nearest candidate to `word` (Damerau-Levenshtein, at most a third of the length off), or "".
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace panelist
