// SPDX-License-Identifier: Apache-2.0
// What fonts this machine has, by fontconfig: the library that draws asks the same one.
#include <fontconfig/fontconfig.h>

#include <memory>

#include "base/shared_library.h"
#include "base/text.h"
#include "figure/drawing.h"

namespace panelist {

namespace {

#define PANELIST_LOADED(name) decltype(::name)* name = library.function<decltype(::name)>(#name)

struct Fontconfig {
  SharedLibrary library{"libfontconfig.so.1", "libfontconfig1"};
  PANELIST_LOADED(FcInit);
  PANELIST_LOADED(FcNameParse);
  PANELIST_LOADED(FcPatternCreate);
  PANELIST_LOADED(FcPatternAddString);
  PANELIST_LOADED(FcPatternGetString);
  PANELIST_LOADED(FcPatternDestroy);
  PANELIST_LOADED(FcObjectSetCreate);
  PANELIST_LOADED(FcObjectSetAdd);
  PANELIST_LOADED(FcObjectSetDestroy);
  PANELIST_LOADED(FcConfigSubstitute);
  PANELIST_LOADED(FcDefaultSubstitute);
  PANELIST_LOADED(FcFontMatch);
  PANELIST_LOADED(FcFontList);
  PANELIST_LOADED(FcFontSetDestroy);
  Fontconfig() { FcInit(); }
};

#undef PANELIST_LOADED

const Fontconfig& fontconfig() {
  static const Fontconfig loaded;
  return loaded;
}

struct DestroyPattern {
  void operator()(FcPattern* pattern) const { fontconfig().FcPatternDestroy(pattern); }
};
using Pattern = std::unique_ptr<FcPattern, DestroyPattern>;

const FcChar8* letters(const std::string& text) { return reinterpret_cast<const FcChar8*>(text.c_str()); }

Pattern pattern_of(const std::string& family) {
  Pattern pattern(fontconfig().FcPatternCreate());
  fontconfig().FcPatternAddString(pattern.get(), FC_FAMILY, letters(family));
  return pattern;
}

bool any_font(FcPattern* pattern) {
  const Fontconfig& use = fontconfig();
  FcObjectSet* asked = use.FcObjectSetCreate();
  use.FcObjectSetAdd(asked, FC_FAMILY);
  FcFontSet* found = use.FcFontList(nullptr, pattern, asked);
  const bool any = found != nullptr && found->nfont > 0;
  if (found != nullptr) use.FcFontSetDestroy(found);
  use.FcObjectSetDestroy(asked);
  return any;
}

}  // namespace

bool has_font(const std::string& family) { return any_font(pattern_of(family).get()); }

bool has_chinese_font() {
  const Pattern pattern(fontconfig().FcNameParse(letters(":lang=zh-cn")));
  return pattern != nullptr && any_font(pattern.get());
}

std::string font_in_place_of(const std::string& family) {
  const Fontconfig& use = fontconfig();
  const Pattern wanted = pattern_of(family);
  use.FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
  use.FcDefaultSubstitute(wanted.get());
  FcResult result{};
  const Pattern found(use.FcFontMatch(nullptr, wanted.get(), &result));
  FcChar8* name = nullptr;
  if (found == nullptr || use.FcPatternGetString(found.get(), FC_FAMILY, 0, &name) != FcResultMatch)
    return "";
  return reinterpret_cast<const char*>(name);
}

}  // namespace panelist
