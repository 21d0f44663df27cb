// SPDX-License-Identifier: Apache-2.0
#include "report/tables/labels.h"

#include "base/text.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

// Position of a lone ':' (interaction), skipping "::" and backquotes; npos without one.
std::size_t interaction_at(const std::string& term) {
  bool quoted = false;
  for (std::size_t i = 0; i < term.size(); ++i) {
    if (term[i] == '`') quoted = !quoted;
    if (quoted || term[i] != ':') continue;
    if (i + 1 < term.size() && term[i + 1] == ':')
      ++i;
    else
      return i;
  }
  return std::string::npos;
}

// Length of a lag prefix: "L." "L2." "F." "D."; 0 without one.
std::size_t lag_prefix(const std::string& term) {
  if (term.empty() || std::string_view("LFD").find(term[0]) == std::string_view::npos) return 0;
  std::size_t i = 1;
  while (i < term.size() && term[i] >= '0' && term[i] <= '9') ++i;
  return i < term.size() && term[i] == '.' ? i + 1 : 0;
}

}  // namespace

std::string term_label(const std::string& term, const Labels& labels) {
  if (const auto own = labels.find(term); own != labels.end() && !own->second.empty()) return own->second;
  if (const std::size_t at = interaction_at(term); at != std::string::npos)
    return term_label(term.substr(0, at), labels) + " × " + term_label(term.substr(at + 1), labels);
  if (const std::size_t at = term.find("::"); at != std::string::npos)
    return term_label(term.substr(0, at), labels) + ": " + term.substr(at + 2);
  if (const std::size_t length = lag_prefix(term); length > 0 && length < term.size())
    return term.substr(0, length) + term_label(term.substr(length), labels);
  if (term.size() > 2 && term.front() == '`' && term.back() == '`') return term.substr(1, term.size() - 2);
  return term;
}

std::string group_label(const std::string& name, const Labels& labels) {
  std::vector<std::string> parts;
  for (const std::string& part : split(name, '^')) parts.push_back(term_label(part, labels));
  return join(parts, " × ");
}

std::string effect_label(const FrameEffect& effect, const std::string& unit, const Labels& labels,
                         const StyleEntry& style, const std::string& lang) {
  const std::string name = effect.group.name.substr(0, effect.group.name.find('['));
  std::vector<std::string> parts;
  for (const std::string& part : split(name, '^')) {
    const bool labelled = labels.count(part) > 0;
    parts.push_back(labelled ? term_label(part, labels) : capitalised(part));
  }
  if (!effect.slope_names.empty())
    return format_words("effect_slopes", lang, join(parts, " × "), enumerate(effect.slope_names, lang));
  if (lang == "zh" && parts.size() == 1 && labels.count(name) == 0) {
    if (name == unit) return word_of(style, "effect_unit", lang);
    if (name == "year") return word_of(style, "effect_year", lang);
  }
  return replace_all(word_of(style, "effect", lang), "{}", join(parts, " × "));
}

std::string set_label(const std::string& set, const Labels& labels, const std::string& lang) {
  if (const auto own = labels.find(set); own != labels.end() && !own->second.empty()) return own->second;
  return set == "controls" ? std::string(word("controls", lang)) : capitalised(set);
}

}  // namespace panelist
