// SPDX-License-Identifier: Apache-2.0
// A small edge that speaks the local API over Unix sockets from one cart in memory, applies each request id once, and can die and
// come back. For tests of the kiosk's own side.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace vitrine::kiosk {

class EdgeStandIn {
 public:
  explicit EdgeStandIn(std::string folder);
  ~EdgeStandIn();
  EdgeStandIn(const EdgeStandIn&) = delete;
  EdgeStandIn& operator=(const EdgeStandIn&) = delete;

  void start();
  void die();  // what was applied stays applied, as in a database

  [[nodiscard]] std::string api_socket() const { return folder_ + "/api.sock"; }
  [[nodiscard]] std::string events_socket() const { return folder_ + "/events.sock"; }

  // Events for all who listen.
  void say(const std::string& event, const std::string& data);
  [[nodiscard]] std::size_t listeners() const;

  // Carts from now on have so many lines; only the first can be changed.
  void show_lines(int how_many);
  // Apply the next changes, then break off without an answer.
  void lose_answers(int how_many);
  // Take so long over each request.
  void be_slow(int ms);
  // Lines have this picture from now on; while `bytes` is empty the store has not got it.
  void show_picture(std::string name, std::string bytes);
  // Answer the next requests with this body instead.
  void answer_instead(int how_many, std::string body);

  struct Heard {
    std::string path;
    std::string request_id;
    std::string text;  // of a pass
  };
  [[nodiscard]] std::vector<Heard> heard() const;
  [[nodiscard]] std::int64_t units() const;  // of the only line
  [[nodiscard]] std::size_t applied() const;

  static constexpr const char* cart_id = "0123456789abcdef0123456789abcdef";

 private:
  struct Servers;
  [[nodiscard]] std::string cart_json() const;

  std::string folder_;
  std::unique_ptr<Servers> servers_;
  mutable std::mutex mutex_;
  std::int64_t units_ = 6;
  std::map<std::string, bool> applied_;
  std::vector<Heard> heard_;
  int lines_ = 1;
  int lose_ = 0;
  int slow_ms_ = 0;
  int instead_ = 0;
  std::string instead_body_;
  std::string picture_name_, picture_bytes_;
  std::vector<std::string> said_;  // events, oldest first
  std::size_t listeners_ = 0;
};

}  // namespace vitrine::kiosk
