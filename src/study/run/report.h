// SPDX-License-Identifier: Apache-2.0
// From what a run knows to its report: made of results.json, so that tables kept from an earlier run speak as well.
#pragma once
#include "report/report_page.h"
#include "study/run/build_tables.h"

namespace panelist::study {

ReportPage report_page(const Workspace& work, const std::vector<BuiltTable>& tables,
                       const std::vector<Figure>& figures);

}  // namespace panelist::study
