# SPDX-License-Identifier: Apache-2.0
# The style sheets and the script that the report room embeds.
set(page_folder ${CMAKE_SOURCE_DIR}/src/report/page)
set_source_files_properties(${page_folder}/assets.cpp PROPERTIES
  OBJECT_DEPENDS "${page_folder}/table.css;${page_folder}/report.css;${page_folder}/report.js"
  COMPILE_DEFINITIONS PANELIST_PAGE_FOLDER="${page_folder}")
