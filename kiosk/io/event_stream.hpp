// SPDX-License-Identifier: Apache-2.0
// Server-sent events out of bytes, however they are cut (WHATWG HTML 9.2.6; the edge sends no BOM and no retry field).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::kiosk {

struct StreamEvent {
  std::string name;  // "message" when none was given
  std::string data;
  bool operator==(const StreamEvent&) const = default;
};

class EventStreamParser {
 public:
  // The events that are complete with these bytes; nothing when an event grew beyond 64 KiB: leave the connection.
  std::optional<std::vector<StreamEvent>> bytes(std::string_view bytes);
  // The id of the last complete event; survives reset().
  [[nodiscard]] const std::string& last_id() const { return last_id_; }
  // A new connection begins.
  void reset();

 private:
  void line(std::string_view line, std::vector<StreamEvent>& out);

  std::string partial_;
  bool after_cr_ = false;
  std::string name_;
  std::string data_;
  bool has_data_ = false;
  std::string id_;
  std::string last_id_;
};

}  // namespace vitrine::kiosk
