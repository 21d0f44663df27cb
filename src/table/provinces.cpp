// SPDX-License-Identifier: Apache-2.0
#include "table/provinces.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "table/io/cell_text.h"

namespace panelist {
namespace {

// Regions by the first two digits of the code.
struct RegionScheme {
  std::string name;
  std::vector<std::pair<std::string, std::vector<int>>> regions;
};

const std::vector<RegionScheme>& schemes() {
  static const std::vector<RegionScheme> list = {
      {"east12",
       {{"East", {11, 12, 13, 21, 31, 32, 33, 35, 37, 44, 45, 46}},
        {"Central", {14, 15, 22, 23, 34, 36, 41, 42, 43}},
        {"West", {50, 51, 52, 53, 54, 61, 62, 63, 64, 65}}}},
      {"east11",
       {{"East", {11, 12, 13, 21, 31, 32, 33, 35, 37, 44, 46}},
        {"Central", {14, 22, 23, 34, 36, 41, 42, 43}},
        {"West", {15, 45, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65}}}},
      {"four",
       {{"East", {11, 12, 13, 31, 32, 33, 35, 37, 44, 46}},
        {"Central", {14, 34, 36, 41, 42, 43}},
        {"West", {15, 45, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65}},
        {"Northeast", {21, 22, 23}}}},
  };
  return list;
}

// What may follow the short name, longest first.
constexpr std::array<std::string_view, 9> chinese_endings = {"特别行政区", "维吾尔自治区", "维吾尔族自治区",
                                                             "壮族自治区", "回族自治区",   "自治区",
                                                             "直辖市",     "省",           "市"};
constexpr std::array<std::string_view, 12> english_endings = {"specialadministrativeregion",
                                                              "autonomousregion",
                                                              "municipality",
                                                              "province",
                                                              "region",
                                                              "shi",
                                                              "sheng",
                                                              "uygur",
                                                              "uyghur",
                                                              "zhuang",
                                                              "hui",
                                                              "city"};
constexpr std::array<std::pair<std::string_view, int>, 10> other_names = {{
    {"内蒙", 150000},
    {"neimongol", 150000},
    {"neimenggu", 150000},
    {"xizang", 540000},
    {"xianggang", 810000},
    {"aomen", 820000},
    {"macau", 820000},
    {"hongkongsar", 810000},
    {"macaosar", 820000},
    {"macausar", 820000},
}};

std::string_view without_chinese_ending(std::string_view name) {
  for (bool shorter = true; shorter;) {
    shorter = false;
    for (const std::string_view ending : chinese_endings) {
      if (!name.ends_with(ending) || name.size() <= ending.size() + 3) continue;
      name.remove_suffix(ending.size());
      shorter = true;
    }
  }
  return name;
}

// Lower-case letters alone, without "Province" and the like: "Shaan'xi Province" is "shaanxi".
std::string english_key(std::string_view name) {
  std::string key;
  for (const char c : lower_ascii(name)) {
    if (c >= 'a' && c <= 'z') key += c;
  }
  for (bool shorter = true; shorter;) {
    shorter = false;
    for (const std::string_view ending : english_endings) {
      // Four letters must remain: "hui" is an ending of Ningxia Hui, not of Anhui.
      if (!key.ends_with(ending) || key.size() < ending.size() + 4) continue;
      key.resize(key.size() - ending.size());
      shorter = true;
    }
  }
  return key;
}

const Province* province_of_code(int code) {
  for (const Province& province : provinces()) {
    if (province.code == code) return &province;
  }
  return nullptr;
}

const Province* province_of_number(std::string_view text) {
  const auto number = parse_integer(text);
  if (!number || *number < 11 || *number > 999999) return nullptr;
  return province_of_code(static_cast<int>(*number < 100 ? *number * 10000 : *number));
}

const Province* province_of_other_name(std::string_view name) {
  for (const auto& [other, code] : other_names) {
    if (other == name) return province_of_code(code);
  }
  return nullptr;
}

const Province* province_of_chinese(std::string_view name) {
  const std::string_view core = without_chinese_ending(name);
  for (const Province& province : provinces()) {
    if (province.short_zh == core || province.full_zh == name) return &province;
  }
  return province_of_other_name(core);
}

const Province* province_of_english(std::string_view name) {
  const std::string key = english_key(name);
  if (key.empty()) return nullptr;
  for (const Province& province : provinces()) {
    if (english_key(province.english) == key) return &province;
  }
  return province_of_other_name(key);
}

}  // namespace

const std::vector<Province>& provinces() {
  static const std::vector<Province> list = {
      {110000, "北京", "北京市", "Beijing"},
      {120000, "天津", "天津市", "Tianjin"},
      {130000, "河北", "河北省", "Hebei"},
      {140000, "山西", "山西省", "Shanxi"},
      {150000, "内蒙古", "内蒙古自治区", "Inner Mongolia"},
      {210000, "辽宁", "辽宁省", "Liaoning"},
      {220000, "吉林", "吉林省", "Jilin"},
      {230000, "黑龙江", "黑龙江省", "Heilongjiang"},
      {310000, "上海", "上海市", "Shanghai"},
      {320000, "江苏", "江苏省", "Jiangsu"},
      {330000, "浙江", "浙江省", "Zhejiang"},
      {340000, "安徽", "安徽省", "Anhui"},
      {350000, "福建", "福建省", "Fujian"},
      {360000, "江西", "江西省", "Jiangxi"},
      {370000, "山东", "山东省", "Shandong"},
      {410000, "河南", "河南省", "Henan"},
      {420000, "湖北", "湖北省", "Hubei"},
      {430000, "湖南", "湖南省", "Hunan"},
      {440000, "广东", "广东省", "Guangdong"},
      {450000, "广西", "广西壮族自治区", "Guangxi"},
      {460000, "海南", "海南省", "Hainan"},
      {500000, "重庆", "重庆市", "Chongqing"},
      {510000, "四川", "四川省", "Sichuan"},
      {520000, "贵州", "贵州省", "Guizhou"},
      {530000, "云南", "云南省", "Yunnan"},
      {540000, "西藏", "西藏自治区", "Tibet"},
      {610000, "陕西", "陕西省", "Shaanxi"},
      {620000, "甘肃", "甘肃省", "Gansu"},
      {630000, "青海", "青海省", "Qinghai"},
      {640000, "宁夏", "宁夏回族自治区", "Ningxia"},
      {650000, "新疆", "新疆维吾尔自治区", "Xinjiang"},
      {710000, "台湾", "台湾省", "Taiwan"},
      {810000, "香港", "香港特别行政区", "Hong Kong"},
      {820000, "澳门", "澳门特别行政区", "Macao"},
  };
  return list;
}

const Province* find_province(std::string_view name_or_code) {
  const std::string_view name = trim_blanks(name_or_code);
  if (const Province* found = province_of_number(name)) return found;
  if (const Province* found = province_of_chinese(name)) return found;
  return province_of_english(name);
}

std::vector<std::string> region_schemes() {
  std::vector<std::string> names;
  for (const RegionScheme& scheme : schemes()) names.push_back(scheme.name);
  return names;
}

std::optional<std::string> region_of(std::string_view province, std::string_view scheme) {
  const Province* found = find_province(province);
  if (found == nullptr) return std::nullopt;
  for (const RegionScheme& known : schemes()) {
    if (known.name != scheme) continue;
    for (const auto& [region, members] : known.regions) {
      if (std::find(members.begin(), members.end(), found->code / 10000) != members.end()) return region;
    }
  }
  return std::nullopt;
}

}  // namespace panelist
