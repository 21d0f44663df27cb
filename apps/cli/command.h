// SPDX-License-Identifier: Apache-2.0
// A command of the program as data: help, manual page, shell completion and the strict reading of options
// all come from its entry. Adding a command = one file under commands/ and one line in commands/catalog.cpp.
#pragma once
#include <string_view>
#include <vector>

namespace panelist::cli {

class Arguments;
struct Session;

struct Option {
  std::string_view name;   // without the dashes
  std::string_view value;  // what stands after it, "" for a switch
  std::string_view summary;
};

struct Example {
  std::string_view arguments;  // after "panelist "
  std::string_view summary;
};

struct Command {
  std::string_view name;
  std::string_view usage;  // arguments, as printed after the name
  std::string_view summary;
  std::string_view description;
  std::vector<Example> examples;
  std::vector<Option> options;
  std::size_t least_arguments = 0;
  std::size_t most_arguments = 0;
  int (*run)(Session&, const Arguments&) = nullptr;  // returns the exit code
};

const std::vector<Command>& commands();
const Command* find_command(std::string_view name);

// Options every command takes.
const std::vector<Option>& global_options();
// `parts` one after the other.
std::vector<Option> joined(const std::vector<std::vector<Option>>& parts);

}  // namespace panelist::cli
