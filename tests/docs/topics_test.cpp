// SPDX-License-Identifier: Apache-2.0
// Every topic and every kind of message that the code knows stands in docs/asyncapi.yaml, and the other way round. A kind
// that is added to the variants of sync/protocol/messages.hpp and not to the document turns this red.
#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <string>

#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/topics.hpp"

using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

using Names = std::set<std::string>;

template <class Variant, std::size_t... Index>
std::vector<Variant> one_of_each(std::index_sequence<Index...>) {
  return {Variant(std::in_place_index<Index>)...};
}
template <class Variant>
std::vector<Variant> one_of_each() {
  return one_of_each<Variant>(std::make_index_sequence<std::variant_size_v<Variant>>());
}

std::string kind_of_hub(const HubMessage& message) {
  const std::string json = encode(message);
  const std::string_view key = R"({"kind":")";
  REQUIRE(json.starts_with(key));
  return json.substr(key.size(), json.find('"', key.size()) - key.size());
}

// What stands in the document: addresses of channels, and names below components.messages.
struct Told {
  Names addresses;
  Names messages;
};

Told told() {
  Told out;
  std::ifstream file("docs/asyncapi.yaml");
  REQUIRE(file.is_open());
  const std::string_view address = "    address: ";
  bool in_messages = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(address)) out.addresses.insert(line.substr(address.size()));
    if (line.starts_with("  ") && line[2] != ' ') in_messages = line == "  messages:";
    const bool is_name = in_messages && line.starts_with("    ") && line[4] != ' ' && line.back() == ':';
    if (is_name) out.messages.insert(line.substr(4, line.size() - 5));
  }
  return out;
}

}  // namespace

TEST_CASE("docs/asyncapi.yaml has the topics of sync/protocol/topics.hpp, no more and no fewer") {
  const Topics topics("{tenant}");
  const StoreId store{"{store}"};
  Names addresses = {topics.reply(store), topics.live(store), topics.stream(StreamName{"{stream}"}), topics.heads(),
                     topics.status(store)};
  for (const StoreMessage& message : one_of_each<StoreMessage>()) addresses.insert(topics.request(store, kind_of(message)));
  CHECK(told().addresses == addresses);
}

TEST_CASE("docs/asyncapi.yaml has the kinds of messages of sync/protocol/messages.hpp, and presence") {
  Names messages = {"store-status"};
  for (const StoreMessage& message : one_of_each<StoreMessage>()) messages.insert("store-" + std::string(kind_of(message)));
  for (const HubMessage& message : one_of_each<HubMessage>()) messages.insert("hub-" + kind_of_hub(message));
  CHECK(told().messages == messages);
}

TEST_CASE("what hubs subscribe to covers the requests that the document names") {
  const Topics topics("{tenant}");
  std::ifstream file("docs/asyncapi.yaml");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  CHECK(text.find(topics.all_requests()) != std::string::npos);
}
