# SPDX-License-Identifier: Apache-2.0
# The chart library that the figure room embeds (npm, pinned by package.json), and the headers of what it loads on use.
set(chart_library ${CMAKE_SOURCE_DIR}/node_modules/echarts/dist/echarts.min.js)
if(NOT EXISTS ${chart_library})
  message(FATAL_ERROR "node_modules/echarts is missing: run ./dev setup (or npm ci --ignore-scripts)")
endif()
find_package(PkgConfig REQUIRED)
pkg_check_modules(RSVG REQUIRED librsvg-2.0)
pkg_check_modules(CAIRO_PDF REQUIRED cairo-pdf)
target_include_directories(panelist_figure SYSTEM PRIVATE ${RSVG_INCLUDE_DIRS} ${CAIRO_PDF_INCLUDE_DIRS})
set(embedding ${CMAKE_SOURCE_DIR}/src/figure/drawing/chart_library.cpp)
set_source_files_properties(${embedding} PROPERTIES OBJECT_DEPENDS ${chart_library}
  COMPILE_DEFINITIONS PANELIST_CHART_LIBRARY="${chart_library}")
