// SPDX-License-Identifier: Apache-2.0
// The words after a command, read strictly against its entry.
// Errors  usage.unknown_option (with the nearest) usage.missing_value usage.unexpected_value
//         usage.repeated_option usage.missing_argument usage.unexpected_argument usage.bad_value
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/brackets.h"
#include "cli/command.h"

namespace panelist::cli {

class Arguments {
 public:
  Arguments(const Command& command, const std::vector<std::string>& words);

  [[nodiscard]] const std::vector<std::string>& positional() const { return positional_; }
  [[nodiscard]] bool has(std::string_view option) const;
  [[nodiscard]] std::optional<std::string> find(std::string_view option) const;
  [[nodiscard]] std::string text(std::string_view option, std::string_view otherwise = "") const;
  // The texts between commas that stand in no bracket: "wald(a,b),vif" gives two.
  [[nodiscard]] std::vector<std::string> list(std::string_view option) const;
  [[nodiscard]] double number(std::string_view option, double otherwise) const;
  [[nodiscard]] long long integer(std::string_view option, long long otherwise, long long least) const;
  // One of `choices`, the first when not given.
  [[nodiscard]] std::string choice(std::string_view option, const std::vector<std::string>& choices) const;
  // --help was among the words: the counts of arguments were not checked.
  [[nodiscard]] bool wants_help() const { return has("help"); }

 private:
  std::size_t read_option(const Command& command, const std::vector<std::string>& words, std::size_t at);
  void check_counts(const Command& command) const;

  std::vector<std::string> positional_;
  std::map<std::string, std::string, std::less<>> options_;
};

}  // namespace panelist::cli
