// SPDX-License-Identifier: Apache-2.0
// Line by line through a stream of server-sent events; see event_stream.hpp.
#include "kiosk/io/event_stream.hpp"

#include <utility>

namespace vitrine::kiosk {
namespace {
constexpr std::size_t event_bytes_max = 64 * 1024;
}

void EventStreamParser::reset() {
  partial_.clear();
  after_cr_ = false;
  name_.clear();
  data_.clear();
  has_data_ = false;
  id_ = last_id_;
}

void EventStreamParser::line(std::string_view line, std::vector<StreamEvent>& out) {
  if (line.empty()) {
    last_id_ = id_;
    if (has_data_) out.push_back({name_.empty() ? "message" : std::move(name_), std::move(data_)});
    name_.clear();
    data_.clear();
    has_data_ = false;
    return;
  }
  if (line.front() == ':') return;
  const std::size_t colon = line.find(':');
  const std::string_view field = line.substr(0, colon);
  std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") {
    name_ = value;
  } else if (field == "data") {
    if (std::exchange(has_data_, true)) data_.push_back('\n');
    data_ += value;
  } else if (field == "id" && value.find('\0') == std::string_view::npos) {
    id_ = value;
  }
}

std::optional<std::vector<StreamEvent>> EventStreamParser::bytes(std::string_view bytes) {
  std::vector<StreamEvent> out;
  for (const char c : bytes) {
    if (c == '\n' && std::exchange(after_cr_, false)) continue;
    after_cr_ = c == '\r';
    if (c == '\r' || c == '\n') {
      line(partial_, out);
      partial_.clear();
    } else {
      partial_.push_back(c);
    }
    if (partial_.size() + data_.size() > event_bytes_max) return std::nullopt;
  }
  return out;
}

}  // namespace vitrine::kiosk
