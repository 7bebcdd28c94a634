// SPDX-License-Identifier: Apache-2.0
// One hub and one store that play a conversation from a text file, and write down what is said and what it does to the rows.
// The file is the transcript: lines that start at the margin are what happens to the two (its verbs stand in conversation.cpp),
// indented lines are what came of it. Played again, the transcript must be the file.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sync/ends/hub_end.hpp"
#include "sync/ends/store_end.hpp"
#include "tests/sync/ends/memory_rows.hpp"

namespace vitrine::sync::ends {

class Conversation {
 public:
  Conversation();

  // The transcript of the file's lines at the margin. Throws std::runtime_error, with the line, where one makes no sense.
  std::string play(const std::string& file);

 private:
  struct Letter {
    bool up = false;
    std::string kind;  // of a request
    std::string topic;
    std::string json;
  };
  using Rows = std::map<std::string, std::string>;

  [[nodiscard]] Now now() const { return {{1'700'000'000'000 + time_}, {time_}}; }
  Chance chance();
  void new_hub();
  void new_store_end();
  void happen(const std::string& line);
  void act(const std::vector<std::string>& words, const std::string& rest);
  LocalAction order_of(const CartId& cart, const std::string& sku, const OrderId& number);
  void kiosk(const std::vector<std::string>& words);
  rules::CartOperation takes_all(const CartId& cart, const std::string& sku);
  void phone(const std::vector<std::string>& words);
  void counter(const std::vector<std::string>& words);
  void deliver(bool keep);
  void wait(std::int64_t ms);
  void carry(StoreEffects effects);
  void carry(const std::vector<HubSend>& sends);
  void say(const Letter& letter, const char* fate);
  void tell_rows();
  [[nodiscard]] Rows rows();
  void write(const std::string& text);

  std::string transcript_;
  std::int64_t time_ = 0;
  std::uint64_t drawn_ = 0;
  std::unique_ptr<MemoryAuthority> authority_;
  std::unique_ptr<HubEnd> hub_;
  std::unique_ptr<MemoryReplica> replica_;
  std::unique_ptr<StoreEnd> store_;
  std::optional<MonoMs> wake_;
  std::optional<LocalAction> last_action_;
  bool connected_ = false;
  std::deque<Letter> letters_;
  Rows told_;
};

}  // namespace vitrine::sync::ends
