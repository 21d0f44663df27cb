// SPDX-License-Identifier: Apache-2.0
// The report of a study: every table and figure in order, what each column says, how its rows were chosen, the
// conventions, what to know before believing it, and where it came from.
//
//   write_report_html   one file, read offline: a content policy in it forbids every request. Figures are drawn in the
//                       reader's browser by the chart library, which the page holds when there is a figure. Tables scroll
//                       in their own box; those that are lists sort by any column; each copies itself for Word (rich
//                       text), as LaTeX and as Markdown, the texts being those of the writers.
//   write_report_docx   the same tables and figures, captions numbered by fields and bookmarked (Table_baseline,
//                       Figure_trend), a field of contents; pictures only for figures drawn before.
// Everything is escaped; same page, same bytes; no clock.
#pragma once
#include <string>
#include <vector>

#include "figure/figure.h"
#include "report/publication_table.h"

namespace panelist {

// One step from the rows of the panel to the rows of a regression; missing: says nothing of that.
struct ReportStep {
  std::string words;
  double left_out = missing_value, remaining = missing_value;
};

// The same regression in another program.
struct ReportCode {
  std::string language;  // "Stata"
  std::string text;
  std::vector<std::string> remarks;  // what has no equivalent there
};

struct ReportColumn {
  std::string heading;  // "(1) NQP ~ DT"
  std::string reading;  // one sentence, "" when there is nothing to say
  std::vector<ReportStep> sample;
  std::vector<ReportCode> code;
  int number = 0;  // as printed above the table's column; 0: its place among these
};

struct ReportTable {
  PublicationTable table;
  bool sortable = false;  // its rows are a list
  std::vector<ReportColumn> columns{};
};

struct ReportWarning {
  std::string text;
  std::size_t line = 0;  // of the study file; 0 when it has no place there
};

struct ReportInput {
  std::string path, digest;     // sha256
  double rows = missing_value;  // of data
};

struct ReportPage {
  std::string title, lang;
  std::vector<ReportTable> tables{};
  std::vector<Figure> figures{};
  std::vector<std::string> figure_data{};  // file of each figure's data, for the page; empty: there are none
  std::vector<std::string> pictures{};     // PNG of each figure, for Word; empty: it goes without
  std::vector<ReportWarning> warnings{};
  std::vector<std::string> conventions{};
  std::vector<ReportInput> inputs{};
  std::vector<std::string> origin{};  // "panelist 0.1.0", "seed 1"
  std::string study_name{}, study_text{};
  TableLook look{};  // fonts and size of the report in Word
};
std::string write_report_html(const ReportPage& page);
std::string write_report_docx(const ReportPage& page);

}  // namespace panelist
