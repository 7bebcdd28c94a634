// SPDX-License-Identifier: Apache-2.0
// See edge_stand_in.hpp.
#include "tests/kiosk/io/edge_stand_in.hpp"

#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

namespace vitrine::kiosk {

using nlohmann::json;
using std::chrono::milliseconds;

struct EdgeStandIn::Servers {
  httplib::Server api;
  httplib::Server events;
  std::atomic<bool> stop = false;
  std::thread api_thread;
  std::thread events_thread;
};

EdgeStandIn::EdgeStandIn(std::string folder) : folder_(std::move(folder)) {}
EdgeStandIn::~EdgeStandIn() { die(); }

std::string EdgeStandIn::cart_json() const {
  const json price{{"minor", 295}, {"currency", "GBP"}};
  json lines = json::array();
  for (int i = units_ > 0 ? 0 : 1; i < lines_; ++i) {
    const std::string sku = std::to_string(22423 + i);
    const std::int64_t units = i == 0 ? units_ : 1;
    lines.push_back({{"key", sku},
                     {"sku", sku},
                     {"title", {{"en", "White hanging heart t-light holder"}, {"de", "Teelichthalter Herz"}}},
                     {"pictogram", i % 2 == 0 ? "candle" : "mug"},
                     {"tile", i % 3 == 0 ? "blush" : "mint"},
                     {"units", units},
                     {"shown", {"11111111111111111111111111111111." + std::to_string(i)}},
                     {"unit_price", price},
                     {"list_price", price},
                     {"total", {{"minor", 295 * units}, {"currency", "GBP"}}},
                     {"counted", true},
                     {"stock", {{"on_hand", 24}, {"aisle", "3"}, {"bay", "B"}, {"as_of", 1700000000000}, {"freshness", "fresh"}}},
                     {"sold_out", false},
                     {"waiting", false},
                     {"picture", picture_name_}});
  }
  const std::int64_t all = units_ + lines_ - 1;
  return json{
      {"cart", cart_id},
      {"known", "base"},
      {"first_name", "Amelia"},
      {"channel", "web"},
      {"changed_at", 1700000000000},
      {"changed_by", "web"},
      {"pass", {{"id", std::string(32, 'a')}, {"v", {1, 7}}}},
      {"lines", lines},
      {"totals", {{"currency", "GBP"}, {"units", all}, {"lines_left_out", 0}, {"subtotal", 295 * all}, {"to_pay", 295 * all}}},
      {"reductions", json::array()},
      {"link", {{"online", true}, {"since", 1700000000000}, {"last_contact", 1700000000000}, {"reason", ""}}},
      {"outbox_waiting", 0}}
      .dump();
}

void EdgeStandIn::start() {
  ::unlink(api_socket().c_str());
  ::unlink(events_socket().c_str());
  servers_ = std::make_unique<Servers>();
  Servers& servers = *servers_;
  const Servers* const running = servers_.get();
  const json link{{"online", true}, {"since", 1700000000000}, {"last_contact", 1700000000000}, {"reason", ""}};
  const std::string store = json{{"store", "harbour-street"},
                                 {"name", "Harbour Street"},
                                 {"brand", "Fernby"},
                                 {"tagline", {{"en", "Gifts and home"}}},
                                 {"languages", {"en", "de"}},
                                 {"default_language", "en"},
                                 {"currency", "GBP"},
                                 {"time_zone", "Europe/London"},
                                 {"opening_hours", json::array()},
                                 {"open_now", true},
                                 {"opens_at", nullptr},
                                 {"closes_at", "22:00"},
                                 {"greet_by_name", true},
                                 {"ready", true},
                                 {"fill", nullptr},
                                 {"link", link},
                                 {"phone_page", "https://127.0.0.1:8443/"}}
                                .dump();
  const auto begin = [this](const httplib::Request& request, httplib::Response& response) {
    const json body = request.body.empty() ? json::object() : json::parse(request.body);
    int slow = 0;
    {
      const std::lock_guard lock(mutex_);
      heard_.push_back({request.path, body.value("request", ""), body.value("text", "")});
      slow = slow_ms_;
    }
    std::this_thread::sleep_for(milliseconds(slow));
    const std::lock_guard lock(mutex_);
    if (instead_ > 0) {
      --instead_;
      response.set_content(instead_body_, "application/json");
      return false;
    }
    return true;
  };
  const auto problem = [](httplib::Response& response, int status, const char* code) {
    response.status = status;
    response.set_content(json{{"type", "about:blank"}, {"title", "refused"}, {"status", status}, {"code", code}}.dump(),
                         "application/problem+json");
  };
  // Breaks off in the middle of an answer.
  const auto hang_up = [](httplib::Response& response) {
    response.set_content_provider(100, "application/json", [](std::size_t, std::size_t, httplib::DataSink&) { return false; });
  };
  servers.api.set_address_family(AF_UNIX);
  servers.api.Get("/v1/health", [](const httplib::Request&, httplib::Response& r) { r.set_content("{}", "application/json"); });
  servers.api.Get("/v1/store", [=](const httplib::Request& request, httplib::Response& response) {
    if (begin(request, response)) response.set_content(store, "application/json");
  });
  servers.api.Get("/v1/products", [=](const httplib::Request& request, httplib::Response& response) {
    if (!begin(request, response)) return;
    response.set_content(
        R"({"products":[],"total":0,"more":false,"forgiven":false,"facets":{"departments":[],"prices":[],"in_stock":0}})",
        "application/json");
  });
  servers.api.Get(R"(/v1/pictures/([0-9a-f]{64}))", [=, this](const httplib::Request& request, httplib::Response& response) {
    if (!begin(request, response)) return;
    const std::lock_guard lock(mutex_);
    if (request.matches[1] != picture_name_ || picture_bytes_.empty()) return problem(response, 404, "picture_absent");
    response.set_content(picture_bytes_, "image/png");
  });
  servers.api.Post("/v1/passes/open", [=, this](const httplib::Request& request, httplib::Response& response) {
    if (!begin(request, response)) return;
    const std::string text = json::parse(request.body).at("text");
    if (text.find('#') == std::string::npos) return problem(response, 422, "pass_not_ours");
    if (text.ends_with("9")) return problem(response, 410, "pass_expired");
    const std::lock_guard lock(mutex_);
    response.set_content(cart_json(), "application/json");
  });
  servers.api.Get(R"(/v1/carts/([0-9a-f]{32}))", [=, this](const httplib::Request& request, httplib::Response& response) {
    if (!begin(request, response)) return;
    if (request.matches[1] != cart_id) return problem(response, 404, "cart_unknown");
    const std::lock_guard lock(mutex_);
    response.set_content(cart_json(), "application/json");
  });
  servers.api.Post(R"(/v1/carts/([0-9a-f]{32})/actions)",
                   [=, this](const httplib::Request& request, httplib::Response& response) {
                     if (!begin(request, response)) return;
                     const json body = json::parse(request.body);
                     const std::lock_guard lock(mutex_);
                     if (!std::exchange(applied_[body.at("request")], true)) {
                       const std::string action = body.at("action");
                       if (action == "add") units_ += body.at("units").get<std::int64_t>();
                       if (action == "decrease") units_ -= body.at("units").get<std::int64_t>();
                       if (action == "remove") units_ = 0;
                     }
                     if (lose_ > 0) {
                       --lose_;
                       return hang_up(response);
                     }
                     response.set_content(cart_json(), "application/json");
                   });
  servers.events.set_address_family(AF_UNIX);
  servers.events.Get("/v1/events", [=, this](const httplib::Request&, httplib::Response& response) {
    std::size_t next = 0;
    {
      const std::lock_guard lock(mutex_);
      next = said_.size();
      ++listeners_;
    }
    response.set_chunked_content_provider(
        "text/event-stream",
        [=, this, hello = false](std::size_t, httplib::DataSink& sink) mutable {
          std::string out;
          if (!std::exchange(hello, true)) {
            out = "event: hello\ndata: " + json{{"store", "harbour-street"}, {"link", link}}.dump() + "\n\n";
          } else {
            const std::lock_guard lock(mutex_);
            while (next < said_.size()) out += said_[next++];
          }
          if (!out.empty() && !sink.write(out.data(), out.size())) return false;
          std::this_thread::sleep_for(milliseconds(5));
          return !running->stop && sink.is_writable();
        },
        [this](bool) {
          const std::lock_guard lock(mutex_);
          --listeners_;
        });
  });
  servers.api.bind_to_port(api_socket().c_str(), 80);
  servers.events.bind_to_port(events_socket().c_str(), 80);
  servers.api_thread = std::thread([this] { servers_->api.listen_after_bind(); });
  servers.events_thread = std::thread([this] { servers_->events.listen_after_bind(); });
  while (!servers.api.is_running() || !servers.events.is_running()) std::this_thread::sleep_for(milliseconds(1));
}

void EdgeStandIn::die() {
  if (!servers_) return;
  servers_->stop = true;
  servers_->api.stop();
  servers_->events.stop();
  servers_->api_thread.join();
  servers_->events_thread.join();
  servers_.reset();
}

void EdgeStandIn::say(const std::string& event, const std::string& data) {
  const std::lock_guard lock(mutex_);
  said_.push_back("id: " + std::to_string(said_.size() + 1) + "\nevent: " + event + "\ndata: " + data + "\n\n");
}

std::size_t EdgeStandIn::listeners() const {
  const std::lock_guard lock(mutex_);
  return listeners_;
}
void EdgeStandIn::show_lines(int how_many) {
  const std::lock_guard lock(mutex_);
  lines_ = how_many;
}
void EdgeStandIn::show_picture(std::string name, std::string bytes) {
  const std::lock_guard lock(mutex_);
  picture_name_ = std::move(name);
  picture_bytes_ = std::move(bytes);
}
void EdgeStandIn::lose_answers(int how_many) {
  const std::lock_guard lock(mutex_);
  lose_ = how_many;
}
void EdgeStandIn::be_slow(int ms) {
  const std::lock_guard lock(mutex_);
  slow_ms_ = ms;
}
void EdgeStandIn::answer_instead(int how_many, std::string body) {
  const std::lock_guard lock(mutex_);
  instead_ = how_many;
  instead_body_ = std::move(body);
}
std::vector<EdgeStandIn::Heard> EdgeStandIn::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}
std::int64_t EdgeStandIn::units() const {
  const std::lock_guard lock(mutex_);
  return units_;
}
std::size_t EdgeStandIn::applied() const {
  const std::lock_guard lock(mutex_);
  return applied_.size();
}

}  // namespace vitrine::kiosk
