// SPDX-License-Identifier: Apache-2.0
// One line a figure, each with its help and type.
#include "edge/local_api/metrics.hpp"

namespace vitrine::edge::local_api {

namespace {

class Exposition {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " + std::string(type) + "\n";
  }
  template <class Number>
  void value(Number number, const std::string& labels = {}) {
    text_ += name_ + labels + " " + std::to_string(number) + "\n";
  }
  std::string take() { return std::move(text_); }

 private:
  std::string name_;
  std::string text_;
};

}  // namespace

std::string metrics_text(const Health& health, const std::vector<RouteFigures>& routes, std::uint64_t refused) {
  Exposition out;
  out.family("vitrine_edge_link_online", "gauge", "1 while the hub answers.");
  out.value(health.link.online ? 1 : 0);
  out.family("vitrine_edge_link_enabled", "gauge", "0 when a person switched the link off.");
  out.value(health.link.enabled ? 1 : 0);
  out.family("vitrine_edge_last_contact_seconds", "gauge", "Seconds since the hub last answered.");
  out.value(health.link.last_contact.value == 0 ? -1 : (health.now.value - health.link.last_contact.value) / 1000);
  out.family("vitrine_edge_outbox_waiting", "gauge", "Own transactions that the hub has not applied.");
  out.value(health.outbox_waiting);
  out.family("vitrine_edge_stream_seq", "gauge", "The store's place in a stream.");
  for (const StreamReport& stream : health.streams) out.value(stream.seq, "{stream=\"" + stream.name + "\"}");
  out.family("vitrine_edge_stream_head", "gauge", "The hub's last change of a stream, as heard.");
  for (const StreamReport& stream : health.streams) out.value(stream.head, "{stream=\"" + stream.name + "\"}");
  out.family("vitrine_edge_stream_filled", "gauge", "1 when the first fill has ended.");
  for (const StreamReport& stream : health.streams) out.value(stream.filled ? 1 : 0, "{stream=\"" + stream.name + "\"}");
  out.family("vitrine_edge_database_bytes", "gauge", "Size of the store's database.");
  out.value(health.database_bytes);
  out.family("vitrine_edge_free_bytes", "gauge", "Room on the disk of the database.");
  out.value(health.free_bytes);
  out.family("vitrine_edge_kiosks", "gauge", "Event streams that are open.");
  out.value(health.kiosks);
  out.family("vitrine_edge_requests_total", "counter", "Requests answered, by route.");
  for (const RouteFigures& route : routes) {
    out.value(route.answered, "{method=\"" + std::string(route.method) + "\",path=\"" + std::string(route.path) + "\"}");
  }
  out.family("vitrine_edge_requests_refused_total", "counter", "Requests answered with a problem.");
  out.value(refused);
  return out.take();
}

}  // namespace vitrine::edge::local_api
