// SPDX-License-Identifier: Apache-2.0
// Strict reading of one table of the study file: typed access, and a complaint for each key nobody may write.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "formula/expression.h"
#include "study/parse/document.h"
#include "study/study.h"

namespace panelist::study {

class Section {
 public:
  // `name` is the catalog's section; `open` allows keys that are not in the catalog (names chosen by the user).
  Section(const Node& table, std::string name, Diagnostics& diagnostics, bool open = false);

  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] std::optional<Spanned> text(std::string_view key) const;
  [[nodiscard]] std::vector<Spanned> texts(std::string_view key) const;          // a list of texts
  [[nodiscard]] std::vector<Spanned> text_or_texts(std::string_view key) const;  // "a" or ["a", "b"]
  [[nodiscard]] std::optional<double> number(std::string_view key) const;
  [[nodiscard]] std::optional<long long> integer(std::string_view key) const;
  [[nodiscard]] std::optional<bool> flag(std::string_view key) const;
  [[nodiscard]] const Node* table(std::string_view key) const;
  [[nodiscard]] std::vector<const Node*> tables(std::string_view key) const;
  [[nodiscard]] std::optional<Spanned> choice(std::string_view key,
                                              const std::vector<std::string>& legal) const;
  Expression expression(std::string_view key, std::string* text_out) const;
  std::optional<VcovSpec> vcov(std::string_view key) const;

  [[nodiscard]] Diagnostics& diagnostics() const { return diagnostics_; }
  void wrong_type(const Node& node, std::string_view wanted) const;

 private:
  void check_keys() const;
  const Node& table_;
  std::string name_;
  Diagnostics& diagnostics_;
};

// "unknown key" with the nearest legal one.
void report_unknown(const std::string& what, const std::string& word, const Span& span,
                    const std::vector<std::string>& legal, const std::string& code, Diagnostics& diagnostics);
std::vector<std::string> plain(const std::vector<Spanned>& texts);

}  // namespace panelist::study
