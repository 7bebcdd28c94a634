// SPDX-License-Identifier: Apache-2.0
// The CSV reader: RFC 4180 as it is meant, and hostile files that must cost neither memory nor the rows after them.
#include <doctest/doctest.h>

#include <random>

#include "hub/import/csv_reader.hpp"
#include "tests/hub/import/table_folder.hpp"

using namespace vitrine::hub;
using vitrine::hub::test::gzip;
using vitrine::hub::test::TableFolder;
using Row = std::vector<std::string>;
using Step = CsvReader::Step;

namespace {

// Every step as text: "1:a|b" a row of line 1, "2!reason", "x reason" where the file broke off.
std::vector<std::string> read(const std::string& bytes, const std::string& name = "t.csv") {
  TableFolder folder;
  folder.file(name, bytes);
  CsvReader reader(ByteSource::open(folder.path() / name).value());
  std::vector<std::string> steps;
  for (Step step = reader.next(); step != Step::end; step = reader.next()) {
    std::string text = std::to_string(reader.line());
    if (step == Step::broken) return steps.push_back("x " + reader.reason()), steps;
    if (step == Step::bad) text += "!" + reader.reason();
    for (std::size_t i = 0; i < reader.fields().size(); ++i) text += (i == 0 ? ":" : "|") + reader.fields()[i];
    steps.push_back(text);
  }
  return steps;
}

}  // namespace

TEST_CASE("rows, quotes, commas and line breaks inside quotes") {
  CHECK(read("a,b\nc,d\n") == Row{"1:a|b", "2:c|d"});
  CHECK(read("a,b\r\nc,d\r\n") == Row{"1:a|b", "2:c|d"});
  CHECK(read("a,b\nc,d") == Row{"1:a|b", "2:c|d"});
  CHECK(read("a,,\n,,c\n") == Row{"1:a||", "2:||c"});
  CHECK(read("\"a,b\",\"say \"\"hi\"\"\",\"\"\n") == Row{"1:a,b|say \"hi\"|"});
  CHECK(read("\"two\nlines\",x\r\nnext,y\n") == Row{"1:two\nlines|x", "3:next|y"});
  CHECK(read("a\n\n\r\nb\n") == Row{"1:a", "4:b"});
  CHECK(read("\xef\xbb\xbf"
             "a,b\n") == Row{"1:a|b"});
  CHECK(read("Weiße,£4,日本\n") == Row{"1:Weiße|£4|日本"});
  CHECK(read("").empty());
  CHECK(read("\xef\xbb\xbf").empty());
}

TEST_CASE("a broken row is told with its line, and the next one is read") {
  CHECK(read("a,b\nx\"y,z\nc,d\n") == Row{"1:a|b", "2!has a quote inside a field that does not begin with one", "3:c|d"});
  CHECK(read("\"a\"b,c\nd\n") == Row{"1!has text behind the closing quote of a field", "2:d"});
  CHECK(read("a\rb\nc\n") == Row{"1!has a carriage return that no line feed follows", "2:c"});
  CHECK(read(std::string("a\0b\nc\n", 6)) == Row{"1!holds a zero byte", "2:c"});
  CHECK(read("a\n\"b\nc\n") == Row{"1:a", "2!has a quoted field that is not closed before the file ends (read up to line 3)"});
  CHECK(read("a\n\"b\nc\"d\ne\n") == Row{"1:a", "2!has text behind the closing quote of a field (read up to line 3)", "4:e"});
}

TEST_CASE("bytes that are no UTF-8") {
  for (const char* bad :
       {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80", "\xf0\x80\x80\x80", "\xe0\x80\xaf"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_utf8(bad));
    CHECK(read("a," + std::string(bad) + "\nb,c\n") == Row{"1!is not valid UTF-8", "2:b|c"});
  }
  for (const char* good : {"", "plain", "é", "€", "😀", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf", "\xee\x80\x80"}) CHECK(is_utf8(good));
}

TEST_CASE("lengths are capped, and the file is read on behind the long row") {
  const std::string most(csv_field_bytes_max, 'x');
  CHECK(read(most + "\n").front().size() == most.size() + 2);
  CHECK(read(most + "x\nb\n") == Row{"1!has a field of more than 8192 bytes", "2:b"});
  CHECK(read(std::string(1'000'000, 'x') + "\nb\n") == Row{"1!has a field of more than 8192 bytes", "2:b"});
  std::string long_row;
  for (int i = 0; i < 9; ++i) long_row += most + ",";
  CHECK(read(long_row + "\nb\n") == Row{"1!is longer than 65536 bytes", "2:b"});
  CHECK(read(std::string(1'000'000, ',') + "\nb\n") == Row{"1!has more than 64 fields", "2:b"});
}

TEST_CASE("gzip: whole, of two members, cut anywhere, damaged, and not gzip at all") {
  std::string table = "a,b\n";
  for (int i = 0; i < 5000; ++i) table += std::to_string(i * 7919) + ",row\n";
  const std::string packed = gzip(table);
  CHECK(read(packed, "t.csv.gz") == read(table));
  CHECK(read(packed + gzip("c,d\n"), "t.csv.gz").back() == "5002:c|d");
  for (const std::size_t left : {packed.size() - 1, packed.size() - 8, packed.size() / 2, std::size_t{5}, std::size_t{0}}) {
    CAPTURE(left);
    CHECK(read(packed.substr(0, left), "t.csv.gz").back() == "x ends in the middle of the compressed data");
  }
  std::string damaged = packed;
  damaged[packed.size() - 6] = static_cast<char>(damaged[packed.size() - 6] ^ 1);  // in the checksum
  CHECK(read(damaged, "t.csv.gz").back() == "x holds damaged compressed data, or is no gzip file");
  CHECK(read(table, "t.csv.gz") == Row{"x holds damaged compressed data, or is no gzip file"});
}

TEST_CASE("hostile bytes end, and no row is longer than the caps") {
  std::mt19937 random(20101201);
  for (int round = 0; round < 300; ++round) {
    std::string bytes;
    const std::size_t size = random() % 4000;
    const std::string alphabet = round % 2 == 0 ? std::string("\",\n\r a\xc3\xa9\0", 9) : std::string();
    for (std::size_t i = 0; i < size; ++i) {
      bytes += alphabet.empty() ? static_cast<char>(random() % 256) : alphabet[random() % alphabet.size()];
    }
    CHECK(read(bytes).size() <= bytes.size());
    read(bytes, "t.csv.gz");
    read(gzip(bytes).substr(0, random() % 400), "t.csv.gz");
  }
}

TEST_CASE("what cannot be opened") {
  TableFolder folder;
  CHECK(ByteSource::open(folder.path() / "none.csv").error().code == "import_file");
  CHECK(ByteSource::open(folder.path()).error().code == "import_file");
}
