// SPDX-License-Identifier: Apache-2.0
// Every message survives the wire, bodies keep their bytes, and what is malformed is refused with the field's name.
#include <doctest/doctest.h>

#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/payload.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const Era era{2, "00112233445566778899aabbccddeeff"};
const std::string hex = "0123456789abcdef0123456789abcdef";

Transaction sample_transaction() {
  Transaction t;
  t.id = TransactionId{hex};
  t.n = 7;
  t.at = {1700000000000};
  t.actor = "kiosk-1";
  t.operations = {{{"cart", hex}, "cart.add", 1, R"({"sku":"85123A","n":2,"text":"ü \"quoted\" \\ \u0001"})", hex}};
  t.hash[3] = 0xab;
  return t;
}

Page sample_page() {
  Page page;
  page.stream = StreamName{"catalog"};
  page.era = era;
  page.from = 5;
  page.to = 9;
  page.head = 12;
  page.more = true;
  page.applied = {{IncarnationId{hex}, 3, Hash{}}};
  page.entries = {{{"product", "85123A"}, {{2, 17}, {{1, 4}}}, R"({ "title" : {"en":"A } ] brace"},"n":1.50 })", false},
                  {{"product", "X"}, {{2, 18}, {}}, std::nullopt, false},
                  {{"product", "Y"}, {{2, 19}, {}}, std::nullopt, true}};
  return page;
}

template <class T>
T through_hub(const HubMessage& message) {
  const auto decoded = decode_hub_message(encode(message));
  REQUIRE_MESSAGE(decoded.has_value(), decoded.error().message);
  REQUIRE(std::holds_alternative<T>(*decoded));
  CHECK(encode(*decoded) == encode(message));
  return std::get<T>(*decoded);
}

}  // namespace

TEST_CASE("a page keeps the bytes of its bodies, tombstones and removals") {
  const Page page = through_hub<Page>(sample_page());
  REQUIRE(page.entries.size() == 3);
  CHECK(page.entries[0].body == R"({ "title" : {"en":"A } ] brace"},"n":1.50 })");
  CHECK(page.entries[0].lineage.past == std::vector<Version>{{1, 4}});
  CHECK_FALSE(page.entries[1].body.has_value());
  CHECK_FALSE(page.entries[1].removal);
  CHECK(page.entries[2].removal);
  CHECK(page.applied[0].n == 3);
}

TEST_CASE("every hub message survives the wire") {
  Welcome welcome;
  welcome.token = "t";
  welcome.era = era;
  welcome.eras = {era};
  welcome.applied = Applied{IncarnationId{hex}, 4, Hash{}};
  welcome.heads = {{StreamName{"catalog"}, 5, 1}};
  welcome.clock = {1};
  welcome.page_bytes = 1000;
  CHECK(through_hub<Welcome>(welcome).heads[0].horizon == 1);
  CHECK(through_hub<BeatAnswer>(BeatAnswer{era, {StreamName{"store.a"}, 3, 0}, {5}}).own.head == 3);
  CHECK(through_hub<OpsApplied>(OpsApplied{era, IncarnationId{hex}, 9, Hash{}}).n == 9);
  CHECK(through_hub<OpsRefused>(OpsRefused{era, "gap", 4}).expected == 4);
  CHECK(through_hub<StaleCursor>(StaleCursor{era, StreamName{"catalog"}}).stream.text == "catalog");
  CHECK(through_hub<Heads>(Heads{era, {{StreamName{"catalog"}, 3, 0}}, {7}}).clock.value == 7);
  Page fill = sample_page();
  fill.fill = Fill{12, {"product", "A"}, {"product", "Y"}};
  CHECK(through_hub<Page>(fill).fill->last.id == "Y");
}

TEST_CASE("every store message survives the wire") {
  Ops ops{era, "token", IncarnationId{hex}, 7, Hash{}, {sample_transaction()}};
  const std::vector<StoreMessage> messages = {Hello{IncarnationId{hex},
                                                    7,
                                                    Hash{},
                                                    era,
                                                    1,
                                                    1,
                                                    "0.1.0",
                                                    {3},
                                                    {{StreamName{"catalog"}, {era, 4}}},
                                                    {{IncarnationId{hex}, 5, Hash{}}},
                                                    4,
                                                    Applied{IncarnationId{hex}, 3, Hash{}}},
                                              Beat{7, {3}, {{StreamName{"catalog"}, {Era{}, 0}}}},
                                              Pull{StreamName{"catalog"}, {era, 4}, Fill{{}, {"", ""}, {"", ""}}, 1000, 4}, ops};
  for (const StoreMessage& message : messages) {
    const auto decoded = decode_store_message(kind_of(message), encode(message));
    REQUIRE_MESSAGE(decoded.has_value(), decoded.error().message);
    CHECK(encode(*decoded) == encode(message));
  }
  const auto decoded = decode_transaction(encode_transaction(sample_transaction()));
  REQUIRE(decoded.has_value());
  CHECK(decoded->operations == sample_transaction().operations);
}

TEST_CASE("cut off, altered or hostile messages are refused by name, never crash") {
  const std::string good = encode(HubMessage{sample_page()});
  for (std::size_t length = 0; length < good.size(); ++length)
    CHECK_FALSE(decode_hub_message(good.substr(0, length)).has_value());
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string altered = good;
    altered[i] = static_cast<char>(altered[i] ^ 0x15);
    static_cast<void>(decode_hub_message(altered));  // any answer but a crash: ASan and UBSan watch
  }
  const auto missing = decode_store_message("pull", R"({"stream":"catalog"})");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().code == "message_malformed");
  CHECK(missing.error().message.find("'era'") != std::string::npos);
  CHECK(decode_store_message("dance", "{}").error().code == "message_unknown");
  CHECK(decode_hub_message(R"({"kind":"dance"})").error().code == "message_unknown");
  CHECK_FALSE(decode_hub_message(std::string(100'000, '[')).has_value());
  CHECK_FALSE(decode_hub_message("{\"kind\":\"page\",\"stream\":\"\xff\xfe\"}").has_value());
  CHECK_FALSE(decode_store_message("beat", R"({"last_n":-1,"clock":0,"cursors":[]})").has_value());
}

TEST_CASE("payloads are packed above 1 KiB, and no small message unpacks into a large memory") {
  CHECK(pack("{}")->content_type == content_type_json);
  const std::string large(200'000, ' ');
  const auto packed = pack(large);
  REQUIRE(packed.has_value());
  CHECK(packed->content_type == content_type_zstd);
  CHECK(packed->bytes.size() < 1000);
  CHECK(unpack(packed->bytes, packed->content_type) == large);
  CHECK_FALSE(unpack(packed->bytes.substr(0, packed->bytes.size() - 1), content_type_zstd).has_value());
  CHECK(unpack("{}", "text/html").error().code == "content_type_unknown");
  CHECK(unpack(std::string(300'000, 'x'), content_type_json).error().code == "message_too_large");
  CHECK(pack(std::string(tuning::message_unpacked_bytes_max + 1, ' ')).error().code == "message_too_large");
  // A frame that claims 1 TiB: magic, descriptor (8-byte content size, single segment), size.
  const std::string bomb("\x28\xb5\x2f\xfd\xe0\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00", 15);
  CHECK(unpack(bomb, content_type_zstd).error().code == "message_too_large");
}

TEST_CASE("a topic names one store, and nothing can climb out of it") {
  const Topics topics("fernby");
  CHECK(topics.request(StoreId{"harbour-street"}, "hello") == "vitrine/1/fernby/hub/harbour-street/hello");
  const auto request = topics.parse_request("vitrine/1/fernby/hub/harbour-street/ops");
  REQUIRE(request.has_value());
  CHECK(request->store.text == "harbour-street");
  CHECK(request->kind == "ops");
  for (const char* bad : {"vitrine/1/other/hub/a/ops", "vitrine/1/fernby/hub/a/b/ops", "vitrine/1/fernby/hub//ops",
                          "vitrine/1/fernby/hub/A/ops", "vitrine/1/fernby/hub/a"}) {
    CHECK_FALSE(topics.parse_request(bad).has_value());
  }
  CHECK(owner_of(StreamName{"store.a"})->text == "a");
  CHECK_FALSE(owner_of(StreamName{"catalog"}).has_value());
}
