// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "formula/expression/node.h"

namespace panelist {

// Every node, parents first, in the order written.
void visit(const ExpressionNode& node, const std::function<void(const ExpressionNode&)>& see);

// "unknown variable `DTI2`", hint "did you mean `DTI`?"
void report_unknown_column(const std::string& name, const Span& span, const std::vector<std::string>& known,
                           Diagnostics& diagnostics);

}  // namespace panelist
