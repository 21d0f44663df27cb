// SPDX-License-Identifier: Apache-2.0
#include "study/run/outputs.h"

#include "base/hash.h"
#include "base/text.h"
#include "report/result_json.h"

namespace panelist::study {

using nlohmann::ordered_json;

namespace {

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string dump(const ordered_json& json) {
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

std::vector<OutputFile> table_files(const Study& study, const std::vector<BuiltTable>& tables) {
  std::vector<OutputFile> files;
  for (const BuiltTable& built : tables)
    for (const std::string& format : study.formats)
      files.push_back({two_digits(built.table.number) + "-" + built.table.id + "." + format,
                       find_table_writer(format)->write(built.table)});
  return files;
}

namespace {

// Mean and quartiles of the scores by time.
TrendFigure score_trend(const Workspace& work, const IndexResult& index, const std::string& title) {
  std::map<std::int64_t, std::vector<double>> by_time;
  for (std::size_t i = 0; i < index.rows.size(); ++i)
    by_time[work.panel.time[index.rows[i]]].push_back(index.score[static_cast<Eigen::Index>(i)]);
  const bool zh = work.study->lang == "zh";
  TrendFigure figure{title, work.panel.keys.time, zh ? "指数" : "score", {}};
  TrendLine mean{zh ? "均值" : "mean", {}, {}}, low{zh ? "下四分位" : "lower quartile", {}, {}},
      high{zh ? "上四分位" : "upper quartile", {}, {}};
  for (const auto& [time, scores] : by_time) {
    const Summary summary = summarise("", scores);
    const auto at = static_cast<double>(time);
    for (auto& [line, value] :
         {std::pair<TrendLine*, double>{&mean, summary.mean}, {&low, summary.p25}, {&high, summary.p75}}) {
      line->x.push_back(at);
      line->y.push_back(value);
    }
  }
  figure.lines = {mean, low, high};
  return figure;
}

// Those the study asks for, else a trend of each index.
std::vector<TrendFigure> figures_of(const Workspace& work) {
  std::vector<TrendFigure> figures;
  const auto add = [&](const std::string& name, const std::string& title) {
    if (const auto place = work.indices.find(name); place != work.indices.end())
      figures.push_back(score_trend(work, place->second, title));
  };
  for (const FigureEntry& figure : work.study->figures)
    for (const Spanned& index : figure.trend)
      add(index.text, figure.title.empty()       ? index.text
                      : figure.trend.size() == 1 ? figure.title
                                                 : figure.title + " (" + index.text + ")");
  if (work.study->figures.empty())
    for (const IndexEntry& entry : work.study->indices) add(entry.system.name, entry.system.name);
  return figures;
}

}  // namespace

OutputFile report_file(const Workspace& work, const std::vector<BuiltTable>& tables) {
  ReportPage page{work.study->title, work.study->lang, {}, {}, {}};
  for (const BuiltTable& built : tables) page.tables.push_back(built.table);
  page.figures = figures_of(work);
  for (const Diagnostic& note : work.notes.items())
    if (note.severity == Severity::warning) page.remarks.push_back(note.message);
  return {"report.html", write_report_html(page)};
}

namespace {

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  return "\"" + replace_all(text, "\"", "\"\"") + "\"";
}

std::string index_csv(const Workspace& work, const IndexResult& index) {
  std::string out = csv_field(work.panel.keys.unit) + "," + csv_field(work.panel.keys.time) + ",score,rank";
  for (const NodeResult& node : index.nodes)
    if (node.level == 1) out += "," + csv_field(node.code) + "," + csv_field(node.code + ":contribution");
  out += "\n";
  for (std::size_t i = 0; i < index.rows.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    const std::size_t row = index.rows[i];
    out += csv_field(work.table.at(work.panel.keys.unit).text_at(row)) + "," +
           csv_field(work.table.at(work.panel.keys.time).text_at(row)) + "," + shortest(index.score[at]) +
           "," + std::to_string(index.rank[i]);
    for (const NodeResult& node : index.nodes)
      if (node.level == 1) out += "," + shortest(node.score[at]) + "," + shortest(node.contribution[at]);
    out += "\n";
  }
  return out;
}

}  // namespace

std::vector<OutputFile> index_files(const Workspace& work) {
  std::vector<OutputFile> files;
  for (const auto& [name, index] : work.indices)
    files.push_back({"index-" + name + ".csv", index_csv(work, index)});
  return files;
}

ordered_json results_json(const Workspace& work, const std::vector<BuiltTable>& tables) {
  ordered_json json;
  json["study"] = work.study->title;
  json["program"] = std::string("panelist ") + PANELIST_VERSION;
  json["rows"] = work.sample.size();
  json["tables"] = ordered_json::array();
  for (const BuiltTable& built : tables) json["tables"].push_back(built.json);
  json["indices"] = ordered_json::object();
  for (const auto& [name, index] : work.indices)
    json["indices"][name] = to_json(index, work.table, work.panel, false);
  json["notes"] = ordered_json::array();
  for (const Diagnostic& note : work.notes.items())
    json["notes"].push_back({{"code", note.code}, {"message", note.message}});
  return json;
}

OutputFile lock_file(const Workspace& work, const std::vector<BuiltTable>& tables,
                     const std::vector<OutputFile>& files) {
  ordered_json lock;
  lock["program"] = std::string("panelist ") + PANELIST_VERSION;
  lock["study"] = sha256(work.study->source.text);
  for (const InputFile& input : work.inputs) lock["inputs"][input.path] = input.digest;
  for (const BuiltTable& built : tables) lock["tables"][built.table.id] = sha256(built.json.dump());
  for (const OutputFile& file : files) lock["files"].push_back(file.name);
  return {"study.lock", dump(lock)};
}

namespace {

void compare(const ordered_json& before, const ordered_json& now, const std::string& part,
             std::vector<std::string>& found) {
  const ordered_json old_part = before.value(part, ordered_json::object());
  const ordered_json new_part = now.value(part, ordered_json::object());
  for (const auto& [name, digest] : new_part.items()) {
    const std::string subject = part == "tables" ? "table `" + name + "`" : "input `" + name + "`";
    if (!old_part.contains(name))
      found.push_back(subject + " is new");
    else if (old_part[name] != digest)
      found.push_back(subject + " changed");
  }
  for (const auto& [name, digest] : old_part.items())
    if (!new_part.contains(name))
      found.push_back((part == "tables" ? "table `" : "input `") + name + "` is gone");
}

}  // namespace

std::vector<std::string> drift(const std::string& before, const std::string& now) {
  const ordered_json old_lock = ordered_json::parse(before, nullptr, false);
  const ordered_json new_lock = ordered_json::parse(now, nullptr, false);
  if (!old_lock.is_object()) return {"study.lock cannot be read"};
  std::vector<std::string> found;
  if (old_lock.value("program", "") != new_lock.value("program", ""))
    found.push_back("made by " + old_lock.value("program", "an unknown program") + ", now " +
                    new_lock.value("program", ""));
  if (old_lock.value("study", "") != new_lock.value("study", "")) found.push_back("the study file changed");
  compare(old_lock, new_lock, "inputs", found);
  compare(old_lock, new_lock, "tables", found);
  return found;
}

std::vector<std::string> locked_files(const std::string& lock) {
  const ordered_json json = ordered_json::parse(lock, nullptr, false);
  std::vector<std::string> names;
  if (!json.is_object()) return names;
  for (const auto& name : json.value("files", ordered_json::array()))
    if (name.is_string()) names.push_back(name.get<std::string>());
  return names;
}

}  // namespace panelist::study
