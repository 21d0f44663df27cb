// SPDX-License-Identifier: Apache-2.0
// Top-level keys, [data], [sets], [derive], [model], [output].
#include "study/parse/sections.h"

#include "base/text.h"
#include "report/build_table.h"
#include "report/writer.h"
#include "study/parse/keys.h"

namespace panelist::study {

namespace {

void read_vcov(const Section& top, Study& study) {
  if (const auto vcov = top.vcov("vcov"))
    study.vcov = *vcov;
  else if (top.find("vcov") == nullptr)
    top.diagnostics().error("study.missing_vcov", "the study does not say which standard errors to use",
                            {study.source.name, 0, 1},
                            "add a line such as vcov = \"cluster(province)\" at the top");
  if (const auto ssc = top.text("ssc"))
    study.small_sample = parse_small_sample(ssc->text, ssc->span, top.diagnostics());
}

void read_version(const Section& top, const Study& study) {
  const auto version = top.integer("study");
  const Node* node = top.find("study");
  if (node == nullptr)
    top.diagnostics().error("study.missing_version", "the first line should be study = 1",
                            {study.source.name, 0, 1}, "add study = 1 at the top of the file");
  else if (version && *version != 1)
    top.diagnostics().error("study.version", "this program reads version 1 of the study file", node->span,
                            "write study = 1, or use a newer program");
}

}  // namespace

std::optional<std::vector<double>> read_stars(const Section& section) {
  const Node* node = section.find("stars");
  if (node == nullptr) return std::nullopt;
  std::vector<double> levels;
  for (const Node& item : node->items)
    if (item.is_number()) levels.push_back(item.number);
  const bool ordered = levels.size() == 3 && levels[0] > levels[1] && levels[1] > levels[2] && levels[2] > 0;
  const bool none = node->items.empty();
  if (node->kind == Node::Kind::array && (ordered || none)) return levels;
  section.diagnostics().error("study.stars", "`stars` should be three levels, largest first, or [] for none",
                              node->span, "for example stars = [0.1, 0.05, 0.01]");
  return std::nullopt;
}

std::optional<int> read_decimals(const Section& section) {
  const auto decimals = section.integer("decimals");
  if (!decimals) return std::nullopt;
  if (*decimals >= 0 && *decimals <= 15) return static_cast<int>(*decimals);
  section.diagnostics().error("study.decimals",
                              "decimals lie between 0 and 15, not at " + std::to_string(*decimals),
                              section.find("decimals")->span, "3 or 4 is usual");
  return std::nullopt;
}

void read_top(const Section& top, Study& study) {
  read_version(top, study);
  if (const auto title = top.text("title")) study.title = title->text;
  read_style(top, study);
  if (const auto lang = top.choice("lang", {"en", "zh"})) study.lang = lang->text;
  if (const auto seed = top.integer("seed")) study.seed = static_cast<std::uint64_t>(*seed);
  if (const auto decimals = read_decimals(top)) study.decimals = *decimals, study.says_decimals = true;
  if (const auto singletons = top.choice("singletons", {"drop", "keep"}))
    study.keep_singletons = singletons->text == "keep";
  if (const auto stars = read_stars(top)) study.stars = stars->empty() ? std::vector<double>(3, 0.0) : *stars;
  read_vcov(top, study);
}

namespace {

bool absolute_path(const std::string& path) {
  return path.starts_with('/') || path.starts_with('\\') || path.starts_with('~') ||
         (path.size() > 1 && path[1] == ':');
}

}  // namespace

void check_relative(const Spanned& path, Diagnostics& diagnostics) {
  if (absolute_path(path.text))
    diagnostics.error("study.absolute_path",
                      "a study names files relative to itself, so that it runs on any machine", path.span,
                      "put the file in a folder beside the study and write data/name.csv");
}

namespace {

void read_panel(const Section& data, Study& study) {
  const std::vector<Spanned> panel = data.texts("panel");
  const Node* node = data.find("panel");
  if (node == nullptr) {
    data.diagnostics().error(
        "study.missing_panel", "[data] does not say which columns are unit and time", study.data.span,
        "add panel = [\"province\", \"year\"]; rows of one survey: a column that numbers them and one "
        "that is the same in all");
    return;
  }
  study.data.panel_span = node->span;
  if (panel.size() == 2)
    study.data.panel = {panel[0].text, panel[1].text};
  else
    data.diagnostics().error("study.panel", "`panel` should name two columns, the unit and the time",
                             node->span, "for example panel = [\"province\", \"year\"]");
}

void read_files(const Section& data, Study& study) {
  study.data.files = data.texts("files");
  if (const auto file = data.text("file")) study.data.files.insert(study.data.files.begin(), *file);
  if (study.data.files.empty())
    data.diagnostics().error("study.missing_file", "[data] names no file", study.data.span,
                             "add file = \"data/provinces.csv\"");
  for (const Spanned& file : study.data.files) check_relative(file, data.diagnostics());
  if (const auto codebook = data.text("codebook")) {
    study.data.codebook = codebook;
    check_relative(*codebook, data.diagnostics());
  }
}

bool is_panel_key(const std::string& name, const Study& study) {
  return !name.empty() && (name == study.data.panel.unit || name == study.data.panel.time);
}

// Lags, joins and clusters have read the keys by then.
void refuse_panel_key(const Node& item, const std::string& code, const std::string& what, const Study& study,
                      Diagnostics& diagnostics) {
  if (is_panel_key(item.key, study))
    diagnostics.error(code, "`" + item.key + "` is a key of the panel: " + what, item.key_span,
                      "give the new column another name, or correct the data file");
}

void read_impute(const Section& data, Study& study) {
  const Node* table = data.table("impute");
  if (table == nullptr) return;
  for (const Node& item : table->items) {
    refuse_panel_key(item, "study.imputes_key", "its cells cannot be filled in", study, data.diagnostics());
    const auto method = item.kind == Node::Kind::string ? impute_method(item.text) : std::nullopt;
    if (method)
      study.data.impute.push_back({{item.key, item.key_span}, *method});
    else
      report_unknown("imputation method", item.text, item.span, impute_method_names(), "study.unknown_value",
                     data.diagnostics());
  }
}

SpannedExpression spanned_expression(const Section& section, std::string_view key) {
  SpannedExpression out;
  out.expression = section.expression(key, &out.text);
  if (const Node* node = section.find(key)) out.span = node->content;
  return out;
}

WeightType weight_type_of(const std::optional<Spanned>& word) {
  if (!word) return WeightType::analytic;
  return word->text == "f"   ? WeightType::frequency
         : word->text == "p" ? WeightType::probability
                             : WeightType::analytic;
}

}  // namespace

void read_data(const Node* node, Study& study, Diagnostics& diagnostics) {
  if (node == nullptr) {
    diagnostics.error("study.missing_data", "the study has no [data] section", {study.source.name, 0, 1},
                      "add [data] with file = \"...\" and panel = [\"unit\", \"time\"]");
    return;
  }
  const Section data(*node, "data", diagnostics);
  study.data.span = node->key_span;
  read_files(data, study);
  read_panel(data, study);
  if (const auto sheet = data.text("sheet")) study.data.read.sheet = sheet->text;
  if (const auto encoding = data.text("encoding")) study.data.read.encoding = encoding->text;
  study.data.read.missing = plain(data.texts("missing"));
  if (const auto units = data.choice("units", {"exact", "provinces"}))
    study.data.units = units->text == "provinces" ? UnitMatch::provinces : UnitMatch::exact;
  if (const auto shape = data.choice("shape", {"long", "wide"})) study.data.wide = shape->text == "wide";
  study.data.where = spanned_expression(data, "where");
  study.data.weights = spanned_expression(data, "weights");
  study.data.weight_type = weight_type_of(data.choice("weight_type", {"a", "f", "p"}));
  study.data.expect = data.texts("expect");
  read_impute(data, study);
}

void read_sets(const Node* node, Study& study, Diagnostics& diagnostics) {
  if (node == nullptr) return;
  const Section sets(*node, "sets", diagnostics, true);
  for (const Node& item : node->items) {
    if (item.kind != Node::Kind::array) sets.wrong_type(item, "a list of terms");
    study.sets[item.key] = plain(sets.texts(item.key));
  }
}

void read_derive(const Node* node, Study& study, Diagnostics& diagnostics) {
  if (node == nullptr) return;
  const Section derive(*node, "derive", diagnostics, true);
  for (const Node& item : node->items) {
    if (item.kind != Node::Kind::string) {
      derive.wrong_type(item, "an expression in quotes");
      continue;
    }
    refuse_panel_key(item, "study.derives_key", "it cannot be derived anew", study, diagnostics);
    SpannedExpression value{parse_expression(item.text, item.content, diagnostics), item.text, item.content};
    study.derive.push_back({{item.key, item.key_span}, std::move(value)});
  }
}

void read_models(const Node* node, Study& study, Diagnostics& diagnostics) {
  if (node == nullptr) return;
  const Section models(*node, "model", diagnostics, true);
  for (const Node& item : node->items) {
    if (item.kind != Node::Kind::string) {
      models.wrong_type(item, "a formula in quotes");
      continue;
    }
    study.models.push_back(
        {{item.key, item.key_span}, parse_formula(item.text, item.content, study.sets, diagnostics)});
  }
}

namespace {

void read_figure_formats(const Section& output, Study& study) {
  if (output.find("figures") == nullptr) return;
  static const std::vector<std::string> legal = {"svg", "pdf", "png"};
  study.figure_formats.clear();
  for (const Spanned& format : output.texts("figures"))
    if (std::find(legal.begin(), legal.end(), format.text) == legal.end())
      report_unknown("format", format.text, format.span, legal, "study.unknown_value", output.diagnostics());
    else
      study.figure_formats.push_back(format.text);
}

void read_reports(const Section& output, Study& study) {
  if (output.find("report") == nullptr) return;
  static const std::vector<std::string> legal = {"html", "docx"};
  study.html_report = study.docx_report = false;
  for (const Spanned& format : output.texts("report"))
    if (std::find(legal.begin(), legal.end(), format.text) == legal.end())
      report_unknown("format", format.text, format.span, legal, "study.unknown_value", output.diagnostics());
    else
      (format.text == "html" ? study.html_report : study.docx_report) = true;
}

}  // namespace

void read_output(const Node* node, Study& study, Diagnostics& diagnostics) {
  if (node == nullptr) return;
  const Section output(*node, "output", diagnostics);
  study.grey_figures = output.flag("grey").value_or(false);
  study.data_file = output.flag("data").value_or(false);
  read_figure_formats(output, study);
  read_reports(output, study);
  if (output.find("formats") == nullptr) return;
  study.formats.clear();
  for (const Spanned& format : output.texts("formats")) {
    std::vector<std::string> legal;
    for (const TableWriter& writer : table_writers()) legal.emplace_back(writer.name);
    if (find_table_writer(format.text) == nullptr)
      report_unknown("format", format.text, format.span, legal, "study.unknown_value", diagnostics);
    else
      study.formats.push_back(format.text);
  }
}

}  // namespace panelist::study
