// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "base/diagnostic.h"
#include "figures.h"

namespace panelist {
namespace {

std::string texts_of(const std::string& svg) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(svg.c_str(), pugi::parse_default | pugi::parse_ws_pcdata))
      << svg.substr(0, 200);
  std::string all;
  for (const auto& found : document.select_nodes("//text"))
    all += std::string(found.node().text().get()) + "\n";
  return all;
}

TEST(Drawing, DrawsEveryKindTheSameWhateverWasDrawnBefore) {
  std::vector<Figure> figures = testing::one_of_each();
  Drawing forward, backward;
  std::vector<std::string> drawn;
  for (const Figure& figure : figures) drawn.push_back(forward.svg(figure));
  for (std::size_t i = figures.size(); i-- > 0;)
    EXPECT_EQ(backward.svg(figures[i]), drawn[i]) << figures[i].kind;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    EXPECT_NE(drawn[i].find("<path"), std::string::npos) << figures[i].kind;
    EXPECT_EQ(drawn[i].find("NaN"), std::string::npos) << figures[i].kind;
  }
}

TEST(Drawing, AnyTextIsAStandingLabel) {
  Figure figure = testing::figure_of("bars", Table());
  figure.data.set("name", Column::texts({"<b>&\"'", "北京市", "\x01 control", std::string(300, 'w'),
                                         "{a|b} {c}", "%$#_\\"}));
  figure.data.set("value", Column::numbers({1, 2, 3, 4, 5, 6}));
  figure.x_label = "权重 & <weight>";
  Drawing drawing;
  const std::string texts = texts_of(drawing.svg(figure));
  for (const char* label : {"<b>&\"'", "北京市", "{a|b} {c}", "%$#_\\", "权重 & <weight>"})
    EXPECT_NE(texts.find(label), std::string::npos) << label << "\n" << texts;
}

TEST(Drawing, OnePointIsDrawn) {
  Drawing drawing;
  Figure figure = testing::figure_of("trend", testing::two_groups(1));
  EXPECT_NE(drawing.svg(figure).find("<path"), std::string::npos);
}

TEST(Drawing, PrintsPdfWithoutADateAndPngOfTheSizeAsked) {
  Drawing drawing;
  const FigureStyle style;
  const std::string svg = drawing.svg(testing::figure_of("trend", testing::two_groups(12)));
  const std::string pdf = svg_to_pdf(svg), png = svg_to_png(svg, 300);
  EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
  EXPECT_EQ(pdf, svg_to_pdf(svg));
  ASSERT_EQ(png.substr(1, 3), "PNG");
  const auto width = (static_cast<unsigned char>(png[18]) << 8) + static_cast<unsigned char>(png[19]);
  EXPECT_NEAR(width, style.width_mm / 25.4 * 300, 3);
}

TEST(Drawing, PrintsTheSameOnAnyNumberOfThreads) {
  const std::vector<Figure> figures = testing::one_of_each();
  Context alone, three;
  three.threads = 3;
  const PrintFormats formats{true, 100};
  const auto by_one = print_figures(alone, figures, formats),
             by_three = print_figures(three, figures, formats);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    EXPECT_EQ(by_one[i].svg, by_three[i].svg) << figures[i].kind;
    EXPECT_EQ(by_one[i].pdf, by_three[i].pdf) << figures[i].kind;
    EXPECT_EQ(by_one[i].png, by_three[i].png) << figures[i].kind;
  }
}

TEST(Drawing, ABrokenMapSaysSo) {
  Figure figure = testing::figure_of("map", testing::named_values("region"));
  figure.map = "{";
  Drawing drawing;
  EXPECT_THROW(drawing.svg(figure), Error);
}

}  // namespace
}  // namespace panelist
