// SPDX-License-Identifier: Apache-2.0
// The kiosk's connection to the store's daemon: requests in, events out, over Unix sockets, on two threads of its own. One asks,
// one listens to the event feed. Nothing here waits for a frame and no frame waits for it.
//
// A request keeps the id it was given when it was asked until it is answered or given up, so that a repeat after a lost answer
// changes nothing twice.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "kiosk/io/event_stream.hpp"
#include "kiosk/model/event.hpp"
#include "kiosk/model/request.hpp"

namespace vitrine::kiosk {

struct EdgeClientPatience {
  std::int64_t retry_first_ms = 100;  // doubles
  std::int64_t retry_most_ms = 2000;
  std::int64_t answer_ms_most = 5000;          // silence so long on a request is a lost answer
  std::int64_t feed_silence_ms_most = 25'000;  // the feed pings each 10 s
  std::int64_t give_up_reading_ms = 8000;      // OpenPass, FetchCart, FetchStore: the person stands there
  std::int64_t give_up_changing_ms = 30'000;   // a change that was made must not be lost to a restart of the edge
};

struct EdgeClientOptions {
  std::string api_socket;
  std::string events_socket;
  std::string device;                   // "kiosk-1"
  std::function<std::string()> new_id;  // 128 random bits as 32 hex digits
  std::function<bool(Event)> happened;  // called on the client's threads; false: no room, offered again a little later
  EdgeClientPatience patience;
};

class EdgeClient {
 public:
  explicit EdgeClient(EdgeClientOptions options);
  ~EdgeClient();
  EdgeClient(const EdgeClient&) = delete;
  EdgeClient& operator=(const EdgeClient&) = delete;

  // Never waits. Beyond 256 waiting requests it answers RequestFailed "no_answer" at once.
  void ask(Request request);

  // Drops and overwrites what earlier visits wanted to read; changes of carts stay until they are answered. A pass that has not
  // left yet does not leave any more.
  void forget_visits_before(std::uint64_t visit);

 private:
  struct Waiting {
    Request request;
    std::string id;
    MonoMs asked_at;
  };
  struct Connection;  // an HTTP client
  enum class Reach { answered, unreachable, forgotten };

  void run_asker();
  void run_listener();
  Reach perform(const Waiting& waiting);
  Reach probe();
  void put_back(std::optional<Waiting> unanswered);
  void give_up(Waiting& waiting);
  [[nodiscard]] bool is_patient(const Waiting& waiting, MonoMs now) const;
  void tell(Event event);
  void hear(const StreamEvent& event);
  void note_presence(std::optional<bool> api_reached, std::optional<bool> feed_up);

  EdgeClientOptions options_;
  std::unique_ptr<Connection> api_;
  std::unique_ptr<Connection> feed_;
  std::atomic<bool> stop_ = false;
  std::atomic<int> running_ = 2;

  std::mutex queue_mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> queue_;
  std::uint64_t oldest_visit_ = 0;
  bool probe_wanted_ = false;  // the API did not answer, so ask it something until it does
  bool try_at_once_ = false;   // the feed is up: no need to sit out the rest of a pause

  std::mutex presence_mutex_;
  bool api_reached_ = true;
  bool feed_up_ = false;
  bool announced_present_ = false;

  std::thread asker_;
  std::thread listener_;
};

}  // namespace vitrine::kiosk
