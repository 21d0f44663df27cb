// SPDX-License-Identifier: Apache-2.0
// Parts of a Word document: what a table alone and the report are both made of.
#pragma once
#include <string>

#include "report/publication_table.h"

namespace panelist {

// A run of text; `properties` are the elements of its <w:rPr>.
std::string word_run(const std::string& text, const std::string& properties = "");
std::string word_paragraph(const char* style, const std::string& runs);
// <w:sectPr> of an A4 page, landscape for wide tables.
std::string word_section(bool wide);
// The table with its notes, without a caption.
std::string word_table(const PublicationTable& table);
// Asked for, or its narrowest columns do not fit a portrait page.
bool takes_turned_page(const PublicationTable& table);
// word/styles.xml in the fonts and size of a look: Title, heading 1, Caption, Table Note, Reading.
std::string word_styles(const TableLook& look);

}  // namespace panelist
