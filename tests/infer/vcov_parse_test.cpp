// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "infer/vcov.h"

namespace panelist {
namespace {

VcovSpec parse(const std::string& text, Diagnostics& diagnostics) {
  return parse_vcov(text, {"command line", 10, 10 + text.size()}, diagnostics);
}

VcovSpec parse_valid(const std::string& text) {
  Diagnostics diagnostics;
  VcovSpec spec = parse(text, diagnostics);
  EXPECT_EQ(diagnostics.size(), 0) << text;
  return spec;
}

Diagnostic error_of(const std::string& text) {
  Diagnostics diagnostics;
  EXPECT_TRUE(parse(text, diagnostics).kind.empty()) << text;
  EXPECT_EQ(diagnostics.size(), 1) << text;
  return diagnostics.size() > 0 ? diagnostics.items()[0] : Diagnostic{};
}

TEST(VcovText, ReadsKindsWithoutArgumentsInAnyCase) {
  EXPECT_EQ(parse_valid("iid").kind, "iid");
  EXPECT_EQ(parse_valid(" HC1 ").text, "hc1");
  for (const char* kind : {"hc0", "hc2", "hc3", "hc4"}) EXPECT_EQ(parse_valid(kind).kind, kind);
}

TEST(VcovText, RobustMeansHc1AndSaysSo) {
  const VcovSpec spec = parse_valid("Robust");
  EXPECT_EQ(spec.kind, "hc1");
  EXPECT_TRUE(spec.said_robust);
  EXPECT_FALSE(parse_valid("hc1").said_robust);
}

TEST(VcovText, ReadsOneOrSeveralClusterVariables) {
  EXPECT_EQ(parse_valid("cluster(province)").columns, (std::vector<std::string>{"province"}));
  const VcovSpec two = parse_valid("Cluster( firm ,year )");
  EXPECT_EQ(two.columns, (std::vector<std::string>{"firm", "year"}));
  EXPECT_EQ(two.text, "cluster(firm, year)");
  EXPECT_EQ(parse_valid("cluster(firm ^ year)").columns, (std::vector<std::string>{"firm^year"}));
}

TEST(VcovText, ReadsChineseAndQuotedNames) {
  EXPECT_EQ(parse_valid("cluster(省份)").columns, (std::vector<std::string>{"省份"}));
  EXPECT_EQ(parse_valid("cluster(`stock code`, year)").columns,
            (std::vector<std::string>{"stock code", "year"}));
}

TEST(VcovText, UnknownKindNamesTheNearestAndTheLegalOnes) {
  const Diagnostic error = error_of("clusters(province)");
  EXPECT_EQ(error.code, "vcov.unknown_kind");
  EXPECT_NE(error.hint.find("did you mean `cluster`?"), std::string::npos);
  EXPECT_NE(error.hint.find("hc0"), std::string::npos);
  EXPECT_EQ(error.span.begin, 10);
  EXPECT_EQ(error.span.end, 18);
}

TEST(VcovText, ReadsLagsKernelsPlacesAndDistances) {
  EXPECT_TRUE(parse_valid("nw").numbers.empty());
  EXPECT_EQ(parse_valid("nw(2)").numbers, (std::vector<double>{2}));
  const VcovSpec dk = parse_valid("dk( 3, Parzen )");
  EXPECT_EQ(dk.option, "parzen");
  EXPECT_EQ(dk.text, "dk(3, parzen)");
  const VcovSpec conley = parse_valid("conley(lat, lon, 300km, bartlett)");
  EXPECT_EQ(conley.coordinates, (std::vector<std::string>{"lat", "lon"}));
  EXPECT_TRUE(conley.columns.empty());
  EXPECT_EQ(conley.numbers, (std::vector<double>{300}));
  EXPECT_EQ(conley.text, "conley(lat, lon, 300km, bartlett)");
}

TEST(VcovText, ReadsCorrectedClustersAndTheirOption) {
  EXPECT_EQ(parse_valid("cr2(firm)").columns, (std::vector<std::string>{"firm"}));
  EXPECT_EQ(parse_valid("CR2(firm, ik)").option, "ik");
  EXPECT_EQ(parse_valid("cr2(`ik`)").columns, (std::vector<std::string>{"ik"}));
  EXPECT_EQ(parse_valid("cr2(ik)").columns, (std::vector<std::string>{"ik"}));
  EXPECT_EQ(parse_valid("jackknife(firm)").kind, "jackknife");
}

TEST(VcovText, ArgumentsThatMakeNoSenseAreErrors) {
  for (const char* text :
       {"cr2()", "cr2(a, b)", "cr3(a, ik)", "nw(1.5)", "nw(a)", "dk(1, 2)", "conley(lat, lon)",
        "conley(lat, 300km)", "conley(lat, lon, 0km)", "conley(lat, lon, 300km, parzen)"})
    EXPECT_EQ(error_of(text).code, "vcov.arguments") << text;
}

TEST(VcovText, SaysWhichOptionsAreKnownAndWhatNumbersMean) {
  const Diagnostic kernel = error_of("nw(2, gauss)");
  EXPECT_EQ(kernel.code, "vcov.arguments");
  EXPECT_EQ(
      kernel.message,
      "`gauss` is no kernel of vcov `nw`, which takes no columns and knows bartlett, parzen, qs, truncated");
  EXPECT_NE(error_of("dk(2, parzn)").hint.find("did you mean `parzen`?"), std::string::npos);
  const Diagnostic option = error_of("cr2(firm, moulton)");
  EXPECT_EQ(option.message, "`moulton` is no option of vcov `cr2`, which takes one column and knows ik");
  EXPECT_EQ(option.hint, "write cr2(a) or cr2(a, ik)");
  EXPECT_EQ(error_of("cr3(firm, year)").message, "vcov `cr3` takes one column");
  const Diagnostic lags = error_of("nw(-1)");
  EXPECT_EQ(lags.code, "vcov.arguments");
  EXPECT_EQ(lags.message, "-1 is no number of lags: 0, 1, 2, ...");
  EXPECT_EQ(error_of("conley(lat, lon, -3km)").message, "-3 is no distance");
}

TEST(VcovText, DistancesAreInKilometres) {
  EXPECT_EQ(parse_valid("conley(lat, lon, 300 km)").numbers, (std::vector<double>{300}));
  for (const char* text : {"conley(lat, lon, 300 miles)", "conley(lat, lon, 300mi)"}) {
    const Diagnostic error = error_of(text);
    EXPECT_EQ(error.code, "vcov.arguments");
    EXPECT_NE(error.message.find("distances are in kilometres"), std::string::npos) << error.message;
    EXPECT_EQ(error.hint, "write 482.803km");
  }
  EXPECT_EQ(error_of("conley(lat, lon, 5000m)").hint, "write 5km");
}

TEST(VcovText, SyntaxErrorsPointAtTheirPlace) {
  EXPECT_EQ(error_of("").code, "vcov.syntax");
  EXPECT_EQ(error_of("cluster(a").code, "vcov.syntax");
  EXPECT_EQ(error_of("cluster(a,)").code, "vcov.syntax");
  EXPECT_EQ(error_of("cluster(a b)").code, "vcov.syntax");
  EXPECT_EQ(error_of("cluster(`a)").code, "vcov.syntax");
  const Diagnostic error = error_of("iid iid");
  EXPECT_EQ(error.code, "vcov.syntax");
  EXPECT_EQ(error.span.begin, 14);
}

TEST(VcovText, ArgumentsMustFitTheKind) {
  EXPECT_EQ(error_of("cluster").code, "vcov.arguments");
  EXPECT_EQ(error_of("cluster()").code, "vcov.arguments");
  EXPECT_EQ(error_of("iid(province)").code, "vcov.arguments");
  EXPECT_EQ(error_of("cluster(3)").code, "vcov.arguments");
  EXPECT_EQ(error_of("cluster(a, a)").code, "vcov.arguments");
}

TEST(SmallSampleText, ReadsPresetsAndParts) {
  Diagnostics diagnostics;
  for (const std::string& preset : small_sample_presets())
    EXPECT_EQ(parse_small_sample(preset, {}, diagnostics).name, preset);
  const SmallSample parts = parse_small_sample("k=full, g=conventional, df=residual", {}, diagnostics);
  EXPECT_EQ(parts.k, SmallSample::Parameters::full);
  EXPECT_EQ(parts.g, SmallSample::Groups::conventional);
  EXPECT_EQ(parts.df, SmallSample::Reference::residual);
  const SmallSample changed = parse_small_sample("reghdfe,g=conventional", {}, diagnostics);
  EXPECT_TRUE(changed.nested_counts_one);
  EXPECT_EQ(changed.g, SmallSample::Groups::conventional);
  EXPECT_EQ(diagnostics.size(), 0);
}

TEST(SmallSampleText, UnknownRuleNamesTheNearest) {
  Diagnostics diagnostics;
  parse_small_sample("reghdf", {}, diagnostics);
  ASSERT_EQ(diagnostics.size(), 1);
  EXPECT_EQ(diagnostics.items()[0].code, "vcov.small_sample");
  EXPECT_NE(diagnostics.items()[0].hint.find("did you mean `reghdfe`?"), std::string::npos);
  for (const char* text : {"k=some", "q=full", "g=", "", "fixest,reghdfe"}) {
    Diagnostics other;
    parse_small_sample(text, {}, other);
    EXPECT_EQ(other.size(), 1) << text;
  }
}

}  // namespace
}  // namespace panelist
