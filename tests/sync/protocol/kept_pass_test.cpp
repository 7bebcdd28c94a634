// SPDX-License-Identifier: Apache-2.0
// The pass of a cart that a kiosk gives to a phone: there and back, its bytes as they will always be, and nothing else is one.
#include "sync/protocol/kept_pass.hpp"

#include <doctest/doctest.h>

#include "sync/protocol/pass.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const UtcMs issued{1'764'000'000'000};
const std::string signature(store_signature_bytes, '\x5a');

KeptPass sample() {
  return {StoreId{"harbour-street"},
          issued,
          issued.plus(kept_pass_life_ms),
          PassId{"00112233445566778899aabbccddeeff"},
          CartId{"ffeeddccbbaa99887766554433221100"},
          "GBP",
          2230,
          {{Sku{"85123A"}, 6}, {Sku{"20725"}, 2}}};
}

std::string link_of(const KeptPass& pass) {
  const auto body = kept_pass_body(pass);
  REQUIRE(body);
  return kept_pass_link("https://shop.example/k", *body, signature);
}

std::string code(const auto& result) { return result ? "" : result.error().code; }

std::string hex(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) {
    out.push_back("0123456789abcdef"[static_cast<unsigned char>(c) >> 4U]);
    out.push_back("0123456789abcdef"[static_cast<unsigned char>(c) & 15U]);
  }
  return out;
}

}  // namespace

TEST_CASE("a kept cart comes back as it was, with what was signed and the signature") {
  const auto read = read_kept_pass(link_of(sample()));
  REQUIRE(read);
  CHECK(read->pass == sample());
  CHECK(read->signature == signature);
  CHECK(read->message == kept_pass_message(*kept_pass_body(sample())));
  CHECK(read->message.starts_with("vitrine-kept-v1"));
  // Typed without the address, as a page hands it on.
  const std::string link = link_of(sample());
  CHECK(read_kept_pass(link.substr(link.find('#')))->pass == sample());
  CHECK(read_kept_pass(link.substr(link.find('#') + 1))->pass == sample());
}

TEST_CASE("its bytes are those that stores and hubs of every release write") {
  CHECK(hex(*kept_pass_body(sample())) ==
        "8d01036e686172626f75722d7374726565741a692481001a6925d2805000112233445566778899aab"
        "bccddeeff50ffeeddccbbaa99887766554433221100634742501908b666383531323341061950f502");
}

TEST_CASE("an altered byte makes another message, or is no pass at all") {
  const std::string body = *kept_pass_body(sample());
  const std::string message = kept_pass_message(body);
  for (std::size_t i = 0; i < body.size(); ++i) {
    for (const int bit : {0, 7}) {
      std::string altered = body;
      altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
      const auto read = read_kept_pass(kept_pass_link("https://shop.example/k", altered, signature));
      CHECK((!read || read->message != message));
    }
  }
}

TEST_CASE("what is none is told by its name, and a kiosk's reader takes none for a cart's") {
  CHECK(code(read_kept_pass("")) == "pass_not_ours");
  CHECK(code(read_kept_pass("4006381333931")) == "pass_not_ours");
  CHECK(code(read_kept_pass("https://shop.example/k#k123")) == "pass_not_ours");
  CHECK(code(read_kept_pass("https://shop.example/k#k" + std::string(5000, '1'))) == "pass_not_ours");
  CHECK(code(read_kept_pass("https://shop.example/k#k" + std::string(340, '1'))) == "pass_malformed");
  const std::string link = link_of(sample());
  CHECK(code(read_kept_pass(link.substr(link.find('#') + 2))) == "pass_not_ours");  // without the mark
  CHECK(code(open_pass(link, {}, StoreId{"harbour-street"}, issued)) == "pass_not_ours");
  CHECK(code(open_pass(link.substr(link.find('#') + 2), {}, StoreId{"harbour-street"}, issued)) == "pass_malformed");
}

TEST_CASE("it works for a day, by whichever clock is asked") {
  CHECK(code(judge_time(sample(), issued)).empty());
  CHECK(code(judge_time(sample(), issued.plus(kept_pass_life_ms - 1))).empty());
  CHECK(code(judge_time(sample(), issued.plus(kept_pass_life_ms))) == "pass_expired");
  CHECK(code(judge_time(sample(), issued.plus(-6 * 60'000))) == "pass_not_yet");
}

TEST_CASE("fields out of their range, and carts that no code holds, are not signed") {
  const auto broken = [](void (*spoil)(KeptPass&)) {
    KeptPass pass = sample();
    spoil(pass);
    return code(kept_pass_body(pass));
  };
  CHECK(broken([](KeptPass& p) { p.lines.clear(); }) == "pass_invalid");
  CHECK(broken([](KeptPass& p) { p.lines[0].units = 0; }) == "pass_invalid");
  CHECK(broken([](KeptPass& p) { p.currency = "gbp"; }) == "pass_invalid");
  CHECK(broken([](KeptPass& p) { p.to_pay_minor = -1; }) == "pass_invalid");
  CHECK(broken([](KeptPass& p) { p.store.text = "Harbour Street"; }) == "pass_invalid");
  CHECK(broken([](KeptPass& p) { p.expires_at = p.expires_at.plus(1000); }) == "pass_invalid");
  CHECK(broken([](KeptPass& p) { p.issued_at = p.issued_at.plus(1); }) == "pass_invalid");
  CHECK(broken([](KeptPass& p) {
          for (int i = 0; i < 60; ++i) p.lines.push_back({Sku{"LONG-ARTICLE-" + std::to_string(i)}, 1});
        }) == "pass_too_long");
}
