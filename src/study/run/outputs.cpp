// SPDX-License-Identifier: Apache-2.0
#include "study/run/outputs.h"

#include "study/run/index_audits.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "figure/drawing.h"
#include "report/result_json.h"
#include "study/run/figures.h"
#include "study/run/report.h"
#include "table/csv.h"

namespace panelist::study {

using nlohmann::ordered_json;

namespace {

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string dump(const ordered_json& json) {
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string program_name() { return std::string("panelist ") + PANELIST_VERSION; }

std::vector<OutputFile> table_files(const Study& study, const BuiltTable& built) {
  std::vector<OutputFile> files;
  for (const std::string& format : study.formats)
    files.push_back({two_digits(built.table.number) + "-" + built.table.id + "." + format,
                     find_table_writer(format)->write(built.table)});
  return files;
}

// Those of the data and indices, then each table's own, then those of figures.
ordered_json all_notes(const Workspace& work, const std::vector<BuiltTable>& tables) {
  ordered_json notes = ordered_json::array();
  for (std::size_t i = 0; i < work.notes_before_tables; ++i)
    notes.push_back(note_json(work.notes.items()[i]));
  for (const BuiltTable& built : tables)
    for (const ordered_json& note : built.json.at("notes"))
      if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
  for (std::size_t i = work.notes_of_figures; i < work.notes.size(); ++i)
    notes.push_back(note_json(work.notes.items()[i]));
  return notes;
}

bool asks_for(const Study& study, const char* format) {
  return std::find(study.figure_formats.begin(), study.figure_formats.end(), format) !=
         study.figure_formats.end();
}

constexpr double file_dots = 300, report_dots = 200;  // per inch

// The figures the study asks for; those of its own accord stand in report.html alone.
std::vector<PrintedFigure> printed_figures(Workspace& work, const std::vector<Figure>& figures) {
  const Study& study = *work.study;
  if (study.figures.empty()) return {};
  const double dots = asks_for(study, "png") ? file_dots : study.docx_report ? report_dots : 0.0;
  const PrintFormats formats{asks_for(study, "pdf"), dots};
  std::vector<PrintedFigure> printed = print_figures(work.context, figures, formats);
  if (formats.pdf || dots > 0) warn_of_fonts(work, printed);
  return printed;
}

std::string figure_file(const Figure& figure, const std::string& format) {
  return "figure-" + two_digits(figure.number) + "-" + figure.id + "." + format;
}

std::vector<OutputFile> figure_files(const Study& study, const std::vector<Figure>& figures,
                                     const std::vector<PrintedFigure>& printed) {
  std::vector<OutputFile> files;
  for (std::size_t i = 0; i < printed.size(); ++i) {
    for (const std::string& format : study.figure_formats)
      files.push_back({figure_file(figures[i], format), format == "svg"   ? printed[i].svg
                                                        : format == "pdf" ? printed[i].pdf
                                                                          : printed[i].png});
    files.push_back({figure_file(figures[i], "csv"), csv_bytes(figures[i].data)});
  }
  return files;
}

std::vector<OutputFile> report_files(const Workspace& work, const std::vector<BuiltTable>& tables,
                                     const std::vector<Figure>& figures,
                                     const std::vector<PrintedFigure>& printed) {
  ReportPage page = report_page(work, tables, figures);
  for (std::size_t i = 0; i < printed.size(); ++i) page.figure_data.push_back(figure_file(figures[i], "csv"));
  std::vector<OutputFile> files;
  if (work.study->html_report) files.push_back({"report.html", write_report_html(page)});
  for (const PrintedFigure& one : printed) page.pictures.push_back(one.png);
  if (work.study->docx_report) files.push_back({"report.docx", write_report_docx(page)});
  return files;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  return "\"" + replace_all(text, "\"", "\"\"") + "\"";
}

// What has no value stays empty: contributions where means are not arithmetic.
std::string csv_number(double value) { return std::isfinite(value) ? shortest(value) : ""; }

std::string index_csv(const Workspace& work, const IndexResult& index) {
  std::string out = csv_field(work.panel.keys.unit) + "," + csv_field(work.panel.keys.time) + ",score,rank";
  for (const NodeResult& node : index.nodes)
    if (node.level == 1) out += "," + csv_field(node.code) + "," + csv_field(node.code + ":contribution");
  out += "\n";
  for (std::size_t i = 0; i < index.rows.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    const std::size_t row = index.rows[i];
    out += csv_field(work.table.at(work.panel.keys.unit).text_at(row)) + "," +
           csv_field(work.table.at(work.panel.keys.time).text_at(row)) + "," + csv_number(index.score[at]) +
           "," + std::to_string(index.rank[i]);
    for (const NodeResult& node : index.nodes)
      if (node.level == 1) out += "," + csv_number(node.score[at]) + "," + csv_number(node.contribution[at]);
    out += "\n";
  }
  return out;
}

std::vector<OutputFile> index_files(const Workspace& work) {
  std::vector<OutputFile> files;
  for (const auto& [name, index] : work.indices)
    files.push_back({"index-" + name + ".csv", index_csv(work, index)});
  return files;
}

std::string results_json(const Workspace& work, const std::vector<BuiltTable>& tables) {
  ordered_json json;
  json["study"] = work.study->title;
  json["program"] = program_name();
  json["rows"] = work.sample.size();
  json["tables"] = ordered_json::array();
  for (const BuiltTable& built : tables) json["tables"].push_back(built.json);
  json["indices"] = ordered_json::object();
  for (const auto& [name, index] : work.indices)
    json["indices"][name] = to_json(index, work.table, work.panel, false);
  if (!work.indices.empty()) json["audit"] = audit_json(work);
  json["notes"] = all_notes(work, tables);
  return dump(json);
}

// Fingerprints: what the results are made of, the numbers of each table, the bytes of each file.
std::string lock_text(const Workspace& work, const std::vector<BuiltTable>& tables,
                      const std::vector<OutputFile>& files, const ordered_json& kept_files) {
  ordered_json lock;
  lock["program"] = program_name();
  lock["study"] = sha256(work.study->source.text);
  for (const InputFile& input : work.inputs) lock["inputs"][input.path] = input.digest;
  for (const BuiltTable& built : tables) lock["tables"][built.table.id] = sha256(built.json.dump());
  std::map<std::string, std::string> digests = kept_files;
  for (const OutputFile& file : files) digests[file.name] = sha256(file.bytes);
  lock["files"] = digests;
  return dump(lock);
}

std::vector<std::string> ids_of(const std::vector<BuiltTable>& tables) {
  std::vector<std::string> ids;
  for (const BuiltTable& built : tables) ids.push_back(built.table.id);
  return ids;
}

bool has_file(const std::vector<OutputFile>& files, const std::string& name) {
  return std::any_of(files.begin(), files.end(), [&](const OutputFile& file) { return file.name == name; });
}

void append(std::vector<OutputFile>& files, std::vector<OutputFile> more) {
  std::move(more.begin(), more.end(), std::back_inserter(files));
}

}  // namespace

OutputSet output_set(Workspace& work, std::vector<BuiltTable> built, EarlierResults earlier) {
  const std::vector<std::string> own = ids_of(built);
  std::vector<BuiltTable> all = merged(std::move(built), std::move(earlier.tables));
  place_tables(all);
  OutputSet set;
  ordered_json kept = ordered_json::object();
  for (const BuiltTable& table : all) {
    const std::string& id = table.table.id;
    if (std::find(own.begin(), own.end(), id) != own.end())
      append(set.files, table_files(*work.study, table));
    else
      kept.update(earlier.files_of_table(id));
  }
  work.notes_of_figures = work.notes.size();
  const std::vector<Figure> figures = build_figures(work, all);
  if (work.notes.has_errors()) return set;
  const std::vector<PrintedFigure> printed = printed_figures(work, figures);
  append(set.files, figure_files(*work.study, figures, printed));
  append(set.files, report_files(work, all, figures, printed));
  append(set.files, index_files(work));
  if (work.study->data_file) set.files.push_back({"data.csv", csv_bytes(work.table)});
  set.results = results_json(work, all);
  set.files.push_back({"results.json", set.results});
  const ordered_json before = earlier.files();
  for (const auto& [name, digest] : before.items())
    if (!kept.contains(name) && !has_file(set.files, name)) set.doomed.push_back(name);
  set.files.push_back({"study.lock", lock_text(work, all, set.files, kept)});
  return set;
}

namespace {

void compare(const ordered_json& before, const ordered_json& now, const std::string& part,
             const std::string& subject, std::vector<std::string>& found) {
  const ordered_json old_part = before.value(part, ordered_json::object());
  const ordered_json new_part = now.value(part, ordered_json::object());
  for (const auto& [name, digest] : new_part.items()) {
    if (!old_part.contains(name))
      found.push_back(subject + " `" + name + "` is new");
    else if (old_part[name] != digest)
      found.push_back(subject + " `" + name + "` changed");
  }
  for (const auto& [name, digest] : old_part.items())
    if (!new_part.contains(name)) found.push_back(subject + " `" + name + "` is gone");
}

void compare_origin(const ordered_json& before, const ordered_json& now, std::vector<std::string>& found) {
  if (before.value("program", "") != now.value("program", ""))
    found.push_back("made by " + before.value("program", "an unknown program") + ", now " +
                    now.value("program", ""));
  if (before.value("study", "") != now.value("study", "")) found.emplace_back("the study file changed");
  compare(before, now, "inputs", "input", found);
}

// Files of the folder that are no longer what the earlier run wrote.
void compare_folder(const std::string& out, const EarlierResults& earlier, std::vector<std::string>& found) {
  const ordered_json files = earlier.files();
  for (const auto& [name, digest] : files.items()) {
    const std::string path = join_path(out, name);
    if (!file_exists(path))
      found.push_back("file `" + name + "` is gone from " + out);
    else if (sha256(read_file(path)) != digest)
      found.push_back("file `" + name + "` in " + out + " was changed after the run");
  }
}

}  // namespace

std::vector<std::string> origin_changes(const ordered_json& lock, const OutputSet& now) {
  std::vector<std::string> found;
  compare_origin(lock, ordered_json::parse(now.files.back().bytes), found);
  return found;
}

std::vector<std::string> drift(const std::string& out, const EarlierResults& earlier, const OutputSet& now) {
  if (earlier.lock.is_null()) return {"there is no study.lock in " + out + ": run once without --frozen"};
  if (!earlier.lock.is_object()) return {"study.lock cannot be read"};
  const ordered_json lock = ordered_json::parse(now.files.back().bytes);
  std::vector<std::string> found;
  compare_origin(earlier.lock, lock, found);
  compare(earlier.lock, lock, "tables", "table", found);
  if (found.empty()) compare(earlier.lock, lock, "files", "file", found);
  compare_folder(out, earlier, found);
  return found;
}

}  // namespace panelist::study
