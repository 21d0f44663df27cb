// SPDX-License-Identifier: Apache-2.0
// How a LaTeX table lies on its page and how large its letters are. LaTeX breaks no text of a cell and warns only in its log
// where a table leaves the paper, so both are decided here, for an A4 page with margins of 2.5 cm and letters of 10 points:
//
//   width  = sum of the columns' longest texts + 12 pt for each column
//   height = 1.2 x letters for each row, rules, caption, notes in lines as wide as the table
//
// Upright with the largest letters that fit, not below \footnotesize; else turned, not below \scriptsize. Word turns the same
// tables: one that it turns lies here as well.
#pragma once
#include <string>

#include "report/publication_table.h"

namespace panelist {

struct TexPage {
  bool turned = false;
  std::string letters;  // "\\small"; empty = those of the document, or of the table's style
};

TexPage tex_page(const PublicationTable& table);

}  // namespace panelist
