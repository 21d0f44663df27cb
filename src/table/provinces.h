// SPDX-License-Identifier: Apache-2.0
// The dictionary of China's province-level units: GB codes, short and full Chinese names, English names
// (北京, 北京市, Beijing, 110000 are one) and named region schemes.
//   east12   the older scheme: 12 eastern (with 辽宁 河北 广西 among them), 9 central (with 内蒙古), 10
//   western east11   the 1986 / statistical three-region scheme with 11-8-12 four     the present four
//   regions: East, Central, West, Northeast
// Source  National Bureau of Statistics' published divisions; GB/T 2260
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

struct Province {
  int code;                   // 110000
  std::string_view short_zh;  // 北京
  std::string_view full_zh;   // 北京市
  std::string_view english;   // Beijing
};

const std::vector<Province>& provinces();
const Province* find_province(std::string_view name_or_code);
std::vector<std::string> region_schemes();
// Region of a province under a scheme ("East", "Central", "West", "Northeast"), or nothing when either is
// unknown.
std::optional<std::string> region_of(std::string_view province, std::string_view scheme);

}  // namespace panelist
