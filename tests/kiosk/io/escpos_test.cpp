// SPDX-License-Identifier: Apache-2.0
// What stands on the paper, read back from the bytes: on both widths, in every language's letters, with codes that scanners read.
#include "kiosk/print/escpos.hpp"

#include <doctest/doctest.h>

#include "kiosk/io/code_reader.hpp"
#include "kiosk/text/code_pages.hpp"
#include "tests/kiosk/io/paper_reader.hpp"

using namespace vitrine::kiosk;

namespace {

const std::string till_code = "VT1:HARBOUR-STREET:4A1C00112233445566778899AABBCCDD";

Paper ticket(const std::string& language = "en") {
  Paper paper{language, {}};
  paper.parts.emplace_back(PaperWords{.left = "Fernby", .align = PaperAlign::centre, .size = PaperSize::large, .strong = true});
  paper.parts.emplace_back(PaperCode{till_code});
  paper.parts.emplace_back(PaperWords{.left = "T4M 9RX", .align = PaperAlign::centre, .size = PaperSize::huge, .strong = true});
  paper.parts.emplace_back(PaperRule{});
  paper.parts.emplace_back(PaperWords{.left = "6 \u00D7 White hanging heart t\u2011light holder", .right = "\u00A317.70"});
  paper.parts.emplace_back(PaperWords{.left = "To pay", .right = "\u00A322.30", .size = PaperSize::large, .strong = true});
  paper.parts.emplace_back(PaperGap{});
  return paper;
}

}  // namespace

TEST_CASE("a ticket stands on 80 mm as it was written") {
  const Printed printed = read_paper(escpos(ticket(), {}));
  CHECK(printed.unknown == "");
  CHECK(printed.page == 16);
  CHECK_FALSE(printed.japanese);
  CHECK(printed.cut);
  CHECK(printed.codes == std::vector<std::string>{till_code});
  CHECK(printed.as_text(48) == "                  Fernby\n" + ("[" + till_code + "]\n") +
                                   "\n"
                                   "             T4M 9RX\n"
                                   "------------------------------------------------\n"
                                   "6 \xD7 White hanging heart t-light holder    \xA3"
                                   "17.70\n"
                                   "To pay            \xA3"
                                   "22.30\n"
                                   "\n");
}

TEST_CASE("on 58 mm words wrap before the price, and no line is wider than the paper") {
  const Printed printed = read_paper(escpos(ticket(), {.paper_mm = 58, .cuts = false}));
  CHECK(printed.unknown == "");
  CHECK_FALSE(printed.cut);
  for (const PrintedLine& line : printed.lines) {
    CAPTURE(line.bytes);
    if (!line.bytes.starts_with('[')) CHECK(line.bytes.size() * static_cast<std::size_t>(line.times) <= 32);
  }
  const std::string text = printed.as_text(32);
  CHECK(text.find("6 \xD7 White hanging heart\nt-light holder            \xA3"
                  "17.70\n") != std::string::npos);
  // A word that is longer than the paper is broken, not lost.
  Paper longest{"de", {PaperWords{.left = std::string(70, 'x'), .right = "1"}}};
  const Printed broken = read_paper(escpos(longest, {.paper_mm = 58}));
  std::string all;
  for (const PrintedLine& line : broken.lines) all += line.bytes;
  CHECK(std::count(all.begin(), all.end(), 'x') == 70);
}

TEST_CASE("a code as a picture is read by a scanner as the same text, on both widths") {
  // A kept cart's is the longest that is printed.
  const std::string link = "https://shop.example/k#k" + std::string(800, '7');
  for (const std::string& text : {till_code, link}) {
    for (const int mm : {58, 80}) {
      CAPTURE(mm);
      CAPTURE(text);
      const Printed printed = read_paper(escpos({"en", {PaperCode{text}}}, {.paper_mm = mm, .draws_codes = false}));
      CHECK(printed.unknown == "");
      REQUIRE(printed.pictures.size() == 1);
      CHECK(printed.pictures[0].width - 80 <= (mm == 58 ? 384 : 576));
      const auto codes = read_codes(printed.pictures[0], Effort::thorough);
      REQUIRE(codes.size() == 1);
      CHECK(codes[0].text == text);
    }
  }
  // By the printer's own command its modules are as large as the paper lets them be.
  CHECK(read_paper(escpos({"en", {PaperCode{till_code}}}, {.paper_mm = 80})).module_dots == std::vector<int>{8});
  CHECK(read_paper(escpos({"en", {PaperCode{link}}}, {.paper_mm = 58})).module_dots.front() >= 3);
}

TEST_CASE("every language in letters that the printer has") {
  const auto first = [](const Paper& paper, const PrinterForm& form = {}) { return read_paper(escpos(paper, form)); };
  const Printed polish = first({"pl", {PaperWords{.left = "Do zapłaty: 12,50 zł…"}}});
  CHECK(polish.page == 18);
  CHECK(polish.lines[0].bytes ==
        "Do zap\x88"
        "aty: 12,50 z\x88...");
  const Printed french = first({"fr", {PaperWords{.left = "Payer à la caisse\u202F: 5\u00A0€"}}}, {.western_page = 6});
  CHECK(french.page == 6);
  CHECK(french.lines[0].bytes == "Payer \xE0 la caisse : 5\xA0\x80");
  const Printed japanese = first({"ja", {PaperWords{.left = "お支払い"}}}, {.japanese = true});
  CHECK(japanese.japanese);
  CHECK(japanese.lines[0].bytes == "\x82\xA8\x8E\x78\x95\xA5\x82\xA2");
  // Japanese breaks between letters, never inside one.
  std::string lots;
  for (int i = 0; i < 25; ++i) lots += "お";
  const Printed wrapped = first({"ja", {PaperWords{.left = "a" + lots}}}, {.japanese = true});
  REQUIRE(wrapped.lines.size() == 2);
  CHECK(wrapped.lines[0].bytes.size() == 47);
  CHECK(in_code_page("Ω", CodePage::western) == "?");
  CHECK(in_code_page("5 £", CodePage::central) == "5 GBP ");
}
