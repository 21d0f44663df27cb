// SPDX-License-Identifier: Apache-2.0
#include "infer/tests/arguments.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/brackets.h"
#include "base/text.h"

namespace panelist {
namespace {

constexpr std::int64_t most_replicates = 10'000'000;

[[noreturn]] void throw_bad_value(const TestRequest& request, const std::string& what,
                                  const std::string& hint) {
  throw Error("usage.bad_value", fmt::format("in `{}`: {}", request.written, what), hint, "option --tests");
}

// After the first hypothesis a word that is nearly an option's is one, misspelt.
void require_no_misspelt_option(const TestRequest& request, std::string_view key,
                                const std::vector<std::string_view>& keys) {
  const std::string near = nearest(key, std::vector<std::string>(keys.begin(), keys.end()));
  if (key.empty() || near.empty()) return;
  throw_bad_value(request, fmt::format("there is no option `{}`", key),
                  fmt::format("did you mean `{}=`?", near));
}

}  // namespace

std::string TestArguments::text(std::string_view key, std::string_view otherwise) const {
  const auto found = options.find(key);
  return found == options.end() ? std::string(otherwise) : found->second;
}

TestArguments read_arguments(const TestRequest& request, const std::vector<std::string_view>& keys) {
  TestArguments arguments;
  for (const std::string& part : split_outside_brackets(request.argument)) {
    const std::size_t equals = part.find('=');
    const std::string_view key =
        equals == std::string::npos ? "" : trim(std::string_view(part).substr(0, equals));
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      if (!arguments.hypotheses.empty()) require_no_misspelt_option(request, key, keys);
      arguments.hypotheses.push_back(part);
      continue;
    }
    if (!arguments.options.emplace(key, trim(std::string_view(part).substr(equals + 1))).second)
      throw_bad_value(request, fmt::format("`{}` is given twice", key), "keep one of them");
  }
  if (arguments.hypotheses.empty())
    throw_bad_value(request, "no term is named", fmt::format("write {}(TERM, ...)", request.name));
  return arguments;
}

std::string word_among(const TestRequest& request, const TestArguments& arguments, std::string_view key,
                       const std::vector<std::string_view>& words) {
  const std::string word = arguments.text(key, words.front());
  if (std::find(words.begin(), words.end(), word) != words.end()) return word;
  throw_bad_value(request, fmt::format("`{}={}` is not known", key, word),
                  fmt::format("write {}= one of {}", key, fmt::join(words, ", ")));
}

std::int64_t replicates_asked(const TestRequest& request, const TestArguments& arguments,
                              std::int64_t otherwise) {
  const std::string text = arguments.text("reps", "");
  if (text.empty()) return otherwise;
  const auto number = parse_integer(text);
  if (number && *number >= 1 && *number <= most_replicates) return *number;
  throw_bad_value(request, fmt::format("`reps={}` is no number of replicates", text),
                  fmt::format("write a whole number from 1 to {}", most_replicates));
}

std::vector<std::string> columns_named(const TestArguments& arguments,
                                       const std::vector<std::string_view>& keys) {
  std::vector<std::string> columns;
  for (const std::string_view key : keys)
    if (const std::string name = arguments.text(key, ""); !name.empty()) columns.push_back(name);
  return columns;
}

const Grouping& grouping_asked(const Fit& fit, const VcovSpec& vcov, const TestRequest& request,
                               const std::string& name) {
  if (name.empty() && vcov.columns.size() != 1)
    throw Error(
        "usage.missing_option",
        vcov.columns.empty()
            ? fmt::format("`{}` draws clusters, and the vcov `{}` names none", request.name, vcov.text)
            : fmt::format("`{}` draws the groups of one column, and the vcov names several", request.name),
        fmt::format("write {}(..., by=COLUMN)", request.name), "option --tests");
  VcovSpec one;
  one.columns = {name.empty() ? vcov.columns.front() : name};
  return *cluster_groups(fit, one).front();
}

}  // namespace panelist
