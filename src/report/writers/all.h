// SPDX-License-Identifier: Apache-2.0
// The writers of the catalog, one file each.
#pragma once
#include <string>

#include "report/publication_table.h"

namespace panelist {

std::string write_text(const PublicationTable& table);
std::string write_markdown(const PublicationTable& table);
std::string write_tex(const PublicationTable& table);
std::string write_html(const PublicationTable& table);
std::string write_typst(const PublicationTable& table);
std::string write_csv(const PublicationTable& table);
std::string write_json(const PublicationTable& table);
std::string write_docx(const PublicationTable& table);
std::string write_xlsx(const PublicationTable& table);

// The <table> element alone, for pages that hold several.
std::string html_table(const PublicationTable& table, bool sortable = false);
std::string html_escape(std::string_view text);

}  // namespace panelist
