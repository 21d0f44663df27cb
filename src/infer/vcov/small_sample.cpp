// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/text.h"
#include "infer/vcov.h"

namespace panelist {
namespace {

using Parameters = SmallSample::Parameters;
using Groups = SmallSample::Groups;
using Reference = SmallSample::Reference;

// One line a preset; the order of the fields is that of SmallSample.
const std::vector<SmallSample>& presets() {
  static const std::vector<SmallSample> list = {
      {"fixest", Parameters::nonnested, Groups::min, Reference::min},
      {.name = "reghdfe", .exact_rank = true, .nested_counts_one = true},
      {.name = "xtreg", .exact_rank = true, .constant_counts = true, .keeps_singletons = true},
      {.name = "areg", .k = Parameters::full, .exact_rank = true, .keeps_singletons = true},
      {.name = "stata", .k = Parameters::full, .exact_rank = true},
      {.name = "ivreg2",
       .k = Parameters::none,
       .g = Groups::none,
       .df = Reference::normal,
       .exact_rank = true,
       .large_sample_iid = true},
      {.name = "ivreg2-small", .exact_rank = true},
      {.name = "none", .k = Parameters::none, .g = Groups::none, .large_sample_iid = true},
  };
  return list;
}

const SmallSample* find_preset(std::string_view name) {
  for (const SmallSample& preset : presets())
    if (preset.name == name) return &preset;
  return nullptr;
}

constexpr std::array<std::pair<std::string_view, Parameters>, 3> parameter_words = {
    {{"full", Parameters::full}, {"nonnested", Parameters::nonnested}, {"none", Parameters::none}}};
constexpr std::array<std::pair<std::string_view, Groups>, 3> group_words = {
    {{"min", Groups::min}, {"conventional", Groups::conventional}, {"none", Groups::none}}};
constexpr std::array<std::pair<std::string_view, Reference>, 3> reference_words = {
    {{"min", Reference::min}, {"residual", Reference::residual}, {"normal", Reference::normal}}};

template <typename Words, typename Value>
bool set_by_word(const Words& words, std::string_view word, Value& value) {
  for (const auto& [name, meaning] : words) {
    if (name != word) continue;
    value = meaning;
    return true;
  }
  return false;
}

// "k=full": the part is known and its value too.
bool set_part(std::string_view part, SmallSample& rules) {
  const std::size_t equals = part.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view key = trim(part.substr(0, equals));
  const std::string_view word = trim(part.substr(equals + 1));
  if (key == "k") {
    const bool known = set_by_word(parameter_words, word, rules.k);
    rules.large_sample_iid = known && rules.k == Parameters::none;
    rules.constant_counts = rules.constant_counts && rules.k == Parameters::nonnested;
    return known;
  }
  if (key == "g") return set_by_word(group_words, word, rules.g);
  if (key == "df") return set_by_word(reference_words, word, rules.df);
  return false;
}

}  // namespace

std::vector<std::string> small_sample_presets() {
  std::vector<std::string> names;
  for (const SmallSample& preset : presets()) names.push_back(preset.name);
  return names;
}

SmallSample parse_small_sample(std::string_view text, const Span& place, Diagnostics& diagnostics) {
  const std::string lower = lower_ascii(trim(text));
  SmallSample rules;
  bool first = true;
  for (const std::string& raw : split(lower, ',')) {
    const std::string part(trim(raw));
    const SmallSample* preset = first ? find_preset(part) : nullptr;
    if (preset != nullptr) {
      rules = *preset;
    } else if (!set_part(part, rules)) {
      const std::string near = nearest(part, small_sample_presets());
      const std::string legal = fmt::format(
          "write one of {}, or parts: k=full|nonnested|none, g=min|conventional|none, "
          "df=min|residual|normal",
          join(small_sample_presets(), ", "));
      diagnostics.error("vcov.small_sample", fmt::format("`{}` is no small-sample rule", part), place,
                        near.empty() ? legal : fmt::format("did you mean `{}`? {}", near, legal));
      return {};
    }
    first = false;
  }
  rules.name = lower;
  return rules;
}

}  // namespace panelist
