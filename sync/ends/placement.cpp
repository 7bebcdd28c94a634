// SPDX-License-Identifier: Apache-2.0
// One row a collection.
#include "sync/ends/placement.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::sync::ends {

namespace {

using Body = std::optional<std::string>;

Placement in(std::string stream) { return {{StreamName{std::move(stream)}}, false, std::nullopt}; }

Placement price(const DocumentKey& key, const Body&) {
  const std::size_t slash = key.id.find('/');  // "<zone>/<sku>"
  return slash == std::string::npos ? Placement{} : in("prices." + key.id.substr(0, slash));
}

Placement stock(const DocumentKey& key, const Body&) {
  const std::size_t slash = key.id.find('/');  // "<store>/<sku>"
  return slash == std::string::npos ? Placement{} : in("store." + key.id.substr(0, slash));
}

// Where the shopper's store is, and every store that has opened it.
Placement cart(const DocumentKey& key, const Body& body) {
  Placement placement{{}, true, std::nullopt};
  if (!body) return placement;
  const auto decoded = protocol::decode_cart(CartId{key.id}, *body);
  if (!decoded) return placement;
  if (decoded->store) placement.streams.push_back(protocol::own_stream(*decoded->store));
  placement.companion = decoded->owner;
  return placement;
}

struct Row {
  std::string_view collection;
  Placement (*place)(const DocumentKey&, const Body&);
};

constexpr std::array rows = {
    Row{"affinity", [](const DocumentKey&, const Body&) { return in("catalog"); }},
    Row{"cart", cart},
    Row{"content", [](const DocumentKey&, const Body&) { return in("content"); }},
    Row{"customer", [](const DocumentKey&, const Body&) { return Placement{{}, true, std::nullopt}; }},
    Row{"outcome", [](const DocumentKey&, const Body&) { return Placement{{}, true, std::nullopt}; }},
    Row{"price", price},
    Row{"product", [](const DocumentKey&, const Body&) { return in("catalog"); }},
    Row{"settings", [](const DocumentKey&, const Body&) { return in("settings"); }},
    Row{"stock", stock},
    Row{"trust", [](const DocumentKey&, const Body&) { return in("settings"); }},
};

}  // namespace

Placement placement_of(const DocumentKey& key, const Body& body) {
  const auto row = std::ranges::find(rows, std::string_view(key.collection), &Row::collection);
  return row == rows.end() ? Placement{} : row->place(key, body);
}

std::string zone_of(const Body& store_content) {
  if (!store_content) return {};
  simdjson::dom::parser parser;
  std::string_view zone;
  if (parser.parse(*store_content)["zone"].get(zone) != simdjson::SUCCESS || !is_stream_name(zone)) return {};
  return std::string(zone);
}

}  // namespace vitrine::sync::ends
