// SPDX-License-Identifier: Apache-2.0
// What the coefficients say, in the order of Wen & Ye (2014).
#pragma once
#include "mechanism/mediation.h"

namespace panelist {

void judge(const MediationSpec& spec, Mediation& mediation);

}  // namespace panelist
