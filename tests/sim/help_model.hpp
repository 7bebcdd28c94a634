// SPDX-License-Identifier: Apache-2.0
// What a request for a person must hold after the operations that the hub applied: written from the text of the rules
// (sync/rules/README.md), sharing no code with them or their codec.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tests/sim/goods_model.hpp"
#include "tests/sim/seen_cart.hpp"

namespace vitrine::sim {

struct ModelRequest {
  // One part of it, as it was said: its fields, by whom and when.
  struct Said {
    std::map<std::string, std::string> fields;  // none that is empty
    std::int64_t at_ms = 0;
    std::string by;
    bool operator==(const Said&) const = default;
    [[nodiscard]] bool before(const Said& other) const { return at_ms != other.at_ms ? at_ms < other.at_ms : by < other.by; }
  };
  bool there = false;
  std::int64_t since = 0;
  std::int64_t until = 0;             // when it is forgotten
  std::map<std::string, Said> parts;  // "raised", "topic", "taken", "ended"
  bool operator==(const ModelRequest&) const = default;
  [[nodiscard]] const Said* part(const char* name) const;
  [[nodiscard]] std::string who() const;  // goes there; empty: nobody
};

// Reads bodies with eyes of its own.
class HelpModel {
 public:
  HelpModel();
  ~HelpModel();

  // None: unreadable.
  std::optional<ModelRequest> request(std::string_view json);
  // One operation of `store`; empty: it took effect, else the reason why not.
  std::string apply(ModelRequest& request, const SeenOperation& operation, const ModelStamp& stamp, const std::string& store);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

std::string show(const ModelRequest& request);

}  // namespace vitrine::sim
