// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"

#include <fmt/format.h>

#include "base/diagnostic.h"
#include "base/text.h"

namespace panelist::cli {
namespace {

bool looks_like_option(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && !parse_number(word).has_value();
}

std::vector<Option> options_of(const Command& command) { return joined({command.options, global_options()}); }

const Option* find_option(const std::vector<Option>& options, std::string_view name) {
  for (const Option& option : options)
    if (option.name == name) return &option;
  return nullptr;
}

[[noreturn]] void throw_unknown_option(const Command& command, const std::string& written) {
  std::vector<std::string> names;
  for (const Option& option : options_of(command)) names.push_back(fmt::format("--{}", option.name));
  const std::string near = nearest(written, names);
  throw Error("usage.unknown_option", fmt::format("`{}` has no option `{}`", command.name, written),
              near.empty() ? fmt::format("`panelist {} --help` lists the options", command.name)
                           : fmt::format("did you mean `{}`?", near));
}

[[noreturn]] void throw_bad_value(std::string_view option, const std::string& value,
                                  const std::string& wanted) {
  throw Error("usage.bad_value", fmt::format("`--{} {}`: {} is wanted", option, value, wanted), "",
              fmt::format("option --{}", option));
}

}  // namespace

std::vector<Option> joined(const std::vector<std::vector<Option>>& parts) {
  std::vector<Option> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

const std::vector<Option>& global_options() {
  static const std::vector<Option> options = {
      {"quiet", "", "no progress, notes or warnings on stderr"},
      {"color", "WHEN", "auto (default), always or never; NO_COLOR is honoured"},
      {"lang", "en|zh", "language of fixed words in tables"},
      {"help", "", "this text"},
      {"version", "", "the program's version"},
  };
  return options;
}

Arguments::Arguments(const Command& command, const std::vector<std::string>& words) {
  bool only_positional = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!only_positional && words[at] == "--")
      only_positional = true;
    else if (!only_positional && looks_like_option(words[at]))
      at = read_option(command, words, at);
    else
      positional_.push_back(words[at]);
  }
  if (!wants_help()) check_counts(command);
}

// Returns the place of the last word it took.
std::size_t Arguments::read_option(const Command& command, const std::vector<std::string>& words,
                                   std::size_t at) {
  const std::string& word = words[at];
  const std::size_t equals = word.find('=');
  const std::string written = word == "-h" ? "--help" : word.substr(0, equals);
  const std::vector<Option> options = options_of(command);
  const Option* option = written.starts_with("--") ? find_option(options, written.substr(2)) : nullptr;
  if (option == nullptr) throw_unknown_option(command, written);
  const std::string subject = fmt::format("option --{}", option->name);
  if (has(option->name))
    throw Error("usage.repeated_option", fmt::format("`--{}` is given twice", option->name),
                "give it once; several values are separated by commas", subject);
  const bool value_here = equals != std::string::npos;
  if (option->value.empty() && value_here)
    throw Error("usage.unexpected_value", fmt::format("`--{}` takes no value", option->name), "", subject);
  if (!option->value.empty() && !value_here && at + 1 >= words.size())
    throw Error("usage.missing_value", fmt::format("`--{}` needs a value", option->name),
                fmt::format("write `--{} {}`", option->name, option->value), subject);
  const bool value_next = !option->value.empty() && !value_here;
  options_[std::string(option->name)] = value_next   ? words[at + 1]
                                        : value_here ? word.substr(equals + 1)
                                                     : "";
  return value_next ? at + 1 : at;
}

void Arguments::check_counts(const Command& command) const {
  const std::string usage = fmt::format("usage: panelist {} {}", command.name, command.usage);
  if (positional_.size() < command.least_arguments)
    throw Error(
        "usage.missing_argument",
        fmt::format("`{}` needs {}", command.name,
                    command.least_arguments == 1 ? "an argument"
                                                 : fmt::format("{} arguments", command.least_arguments)),
        usage);
  if (positional_.size() > command.most_arguments)
    throw Error("usage.unexpected_argument",
                fmt::format("`{}` is one argument too many", positional_[command.most_arguments]),
                fmt::format("{}; quote a formula: 'y ~ x | unit + year'", usage));
}

bool Arguments::has(std::string_view option) const { return options_.find(option) != options_.end(); }

std::optional<std::string> Arguments::find(std::string_view option) const {
  const auto found = options_.find(option);
  return found == options_.end() ? std::nullopt : std::optional(found->second);
}

std::string Arguments::text(std::string_view option, std::string_view otherwise) const {
  return find(option).value_or(std::string(otherwise));
}

std::vector<std::string> Arguments::list(std::string_view option) const {
  const auto value = find(option);
  return value ? split_outside_brackets(*value) : std::vector<std::string>{};
}

double Arguments::number(std::string_view option, double otherwise) const {
  const auto value = find(option);
  if (!value) return otherwise;
  const auto number = parse_number(*value);
  if (!number) throw_bad_value(option, *value, "a number");
  return *number;
}

long long Arguments::integer(std::string_view option, long long otherwise, long long least) const {
  const auto value = find(option);
  if (!value) return otherwise;
  const auto number = parse_integer(*value);
  if (!number || *number < least)
    throw_bad_value(option, *value, fmt::format("an integer from {} up", least));
  return *number;
}

std::string Arguments::choice(std::string_view option, const std::vector<std::string>& choices) const {
  const auto value = find(option);
  if (!value) return choices.front();
  if (std::find(choices.begin(), choices.end(), *value) == choices.end())
    throw_bad_value(option, *value, fmt::format("one of {}", join(choices, ", ")));
  return *value;
}

}  // namespace panelist::cli
