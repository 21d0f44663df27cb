// SPDX-License-Identifier: Apache-2.0
// SHA-256 of bytes, in hexadecimal: fingerprints of inputs and results in study.lock.
// Source  FIPS 180-4. Agrees with its published test messages (tests/base/hash_test.cpp).
#pragma once
#include <string>
#include <string_view>

namespace panelist {

std::string sha256(std::string_view bytes);

}  // namespace panelist
