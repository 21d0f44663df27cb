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

Study parse_study(const std::string& path, Diagnostics& diagnostics) {
  return parse_study_text(path, read_file(path), diagnostics);
}

}  // namespace panelist
