// SPDX-License-Identifier: Apache-2.0
#include "study/study.h"

#include "base/file.h"
#include "study/parse/sections.h"

namespace panelist {

Study parse_study_text(const std::string& path, const std::string& text, Diagnostics& diagnostics) {
  Study study;
  study.path = path;
  study.directory = directory_of(path);
  study.source = {path, text};
  const study::Node root = study::read_document(study.source, diagnostics);
  if (diagnostics.has_errors()) return study;
  const study::Section top(root, "", diagnostics);
  study::read_top(top, study);
  study::read_data(root.find("data"), study, diagnostics);
  study::read_sets(root.find("sets"), study, diagnostics);
  study::read_derive(root.find("derive"), study, diagnostics);
  study::read_indices(root.find("index"), study, diagnostics);
  study::read_models(root.find("model"), study, diagnostics);
  study::read_tables(top, study, diagnostics);
  study::read_figures(top, study, diagnostics);
  study::read_output(root.find("output"), study, diagnostics);
  return study;
}

namespace {

// The words of base/file.h are about data files.
std::string read_study_file(const std::string& path) {
  if (!file_exists(path))
    throw Error("data.file_not_found", "there is no study file `" + path + "`",
                "`panelist init` writes one to start from");
  if (!is_directory(path)) return read_file(path);
  const std::string inside = join_path(path, "study.toml");
  throw Error("data.is_directory", "`" + path + "` is a folder, not a study file",
              file_exists(inside) ? "did you mean `" + inside + "`?" : "name the study file inside it");
}

}  // namespace

Study parse_study(const std::string& path, Diagnostics& diagnostics) {
  return parse_study_text(path, read_study_file(path), diagnostics);
}

}  // namespace panelist
