// SPDX-License-Identifier: Apache-2.0
#include "study/run/readings.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/table_words.h"
#include "study/run/result_numbers.h"

namespace panelist::study {

using nlohmann::ordered_json;

namespace {

constexpr double level = 0.05;

std::string minus(const std::string& text) { return replace_all(text, "-", "−"); }

std::string short_number(double value) { return minus(significant(value, 4)); }

std::string p_text(double p) { return p < 0.001 ? "< 0.001" : "= " + fixed(p, 3); }

std::string labelled(const std::string& name, const Labels& labels) { return term_label(name, labels); }

const ordered_json* main_term(const ordered_json& column) {
  for (const ordered_json& coefficient : column.at("coefficients")) {
    const std::string term = coefficient.value("term", "");
    if (term != "(Intercept)" && term != "_cons") return &coefficient;
  }
  return nullptr;
}

std::string outcome_of(const ordered_json& column, const Labels& labels) {
  const std::string formula = column.value("formula", "");
  return labelled(std::string(trim(formula.substr(0, formula.find('~')))), labels);
}

// The products that hold the term as a factor: "DT:treat".
std::string products_with(const std::string& term, const ordered_json& column) {
  for (const ordered_json& coefficient : column.at("coefficients")) {
    const std::string other = coefficient.value("term", "");
    if (other.starts_with(term + ":") || other.ends_with(":" + term)) return other;
  }
  return "";
}

std::string statistic_name(const ordered_json& column) {
  const ordered_json vcov = column.value("vcov", ordered_json::object());
  const double df = number_at(vcov, "df");
  return std::isnan(df) ? "z" : "t(" + (df == std::floor(df) ? shortest(df) : significant(df, 3)) + ")";
}

std::string instruments_of(const ordered_json& column, const Labels& labels, const std::string& lang) {
  const std::string formula = column.value("formula", "");
  const std::size_t last = formula.rfind('~');
  if (last == formula.find('~')) return "";
  std::vector<std::string> names;
  for (const std::string& name : split(formula.substr(last + 1), '+'))
    names.push_back(labelled(std::string(trim(name)), labels));
  return enumerated(names, lang);
}

const char* sentence_for(const ordered_json& column, const std::string& term) {
  if (term.find("::") != std::string::npos) return "reading_group";
  return column.contains("deviance") ? "reading_index" : "reading_one";
}

}  // namespace

std::string reading_of(const ordered_json& column, const Labels& labels, const std::string& lang) {
  const ordered_json* found = main_term(column);
  if (found == nullptr) return "";
  const std::string term = found->value("term", ""), name = labelled(term, labels);
  const double estimate = number_at(*found, "estimate"), p = number_at(*found, "p_value");
  if (std::isnan(estimate) || std::isnan(p)) return "";
  std::string text = table_words(sentence_for(column, term), lang,
                                 {name, short_number(estimate), outcome_of(column, labels)});
  text +=
      table_words("reading_test", lang,
                  {short_number(number_at(*found, "conf_low")), short_number(number_at(*found, "conf_high")),
                   statistic_name(column), minus(fixed(number_at(*found, "statistic"), 2)), p_text(p),
                   shortest(number_at(column, "n"))});
  if (const std::string instruments = instruments_of(column, labels, lang); !instruments.empty())
    text += table_words("reading_instrumented", lang, {name, instruments});
  if (const std::string product = products_with(term, column); !product.empty())
    text += table_words("reading_interaction", lang, {labelled(product, labels)});
  text += table_words(p < level ? "reading_against" : "reading_for", lang, {});
  return lang == "zh" ? spaced_chinese(text) : text;
}

}  // namespace panelist::study
