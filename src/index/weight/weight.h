// SPDX-License-Identifier: Apache-2.0
// The weightings of the catalog, one file each. Columns they see are not constant.
#pragma once
#include "index/index.h"

namespace panelist {

Vector entropy_weights(const Matrix& z, const IndexSystem&, const IndexConventions&, Vector* entropy);
Vector equal_weights(const Matrix& z, const IndexSystem&, const IndexConventions&, Vector* entropy);
Vector given_weights(const Matrix& z, const IndexSystem&, const IndexConventions&, Vector* entropy);

}  // namespace panelist
