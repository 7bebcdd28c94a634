// SPDX-License-Identifier: Apache-2.0
// The two threads towards the edge; see edge_client.hpp.
#include "kiosk/io/edge_client.hpp"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/log.hpp"
#include "kiosk/input/scan.hpp"
#include "kiosk/io/counter_codec.hpp"
#include "kiosk/io/edge_codec.hpp"
#include "kiosk/io/edge_requests.hpp"
#include "kiosk/io/system_clock.hpp"

namespace vitrine::kiosk {

using std::chrono::milliseconds;

struct EdgeClient::Connection {
  explicit Connection(const std::string& socket, std::int64_t silence_ms) : http(socket) {
    http.set_address_family(AF_UNIX);
    http.set_connection_timeout(milliseconds(1000));
    http.set_read_timeout(milliseconds(silence_ms));
    http.set_write_timeout(milliseconds(silence_ms));
    http.set_keep_alive(false);
    http.set_follow_location(false);
  }
  httplib::Client http;
};

namespace {

constexpr std::size_t queue_most = 256;

struct Answer {
  int status = 0;  // 0: none
  bool too_large = false;
  std::string body;
};

// `write` is called when the connection stands and the headers are out; it writes the body, or answers false and lets nothing
// of it leave.
using BodyWriter = std::function<bool(const std::function<bool()>& write)>;

Answer send(httplib::Client& http, const char* method, const std::string& path, std::string body, const BodyWriter& writer,
            const std::string& session = {}) {
  Answer answer;
  httplib::Request request;
  request.method = method;
  request.path = path;
  request.headers = {{"Host", "localhost"}, {"Accept", "application/json"}};
  if (!body.empty()) request.headers.emplace("Content-Type", "application/json");
  if (!session.empty()) request.headers.emplace("Authorization", "Bearer " + session);
  request.content_length_ = body.size();
  if (!body.empty()) {
    request.content_provider_ = [&](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
      return writer([&] { return sink.write(body.data() + offset, length); });
    };
  }
  request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
    if (answer.body.size() + size > answer_bytes_max) {
      answer.too_large = true;
      return false;
    }
    answer.body.append(data, size);
    return true;
  };
  const httplib::Result result = http.send(request);
  wipe(body);  // may hold a pass
  if (result) answer.status = result->status;
  return answer;
}

// The body of an answer that is what was asked for, or the code of why it is not.
Result<std::string> judged(Answer answer) {
  if (answer.too_large) return fail("answer_malformed", "the answer is larger than 1 MiB");
  if (answer.status == 200) return std::move(answer.body);
  return fail(decode_problem_code(answer.body), "status " + std::to_string(answer.status));
}

}  // namespace

EdgeClient::EdgeClient(EdgeClientOptions options)
    : options_(std::move(options)),
      api_(std::make_unique<Connection>(options_.api_socket, options_.patience.answer_ms_most)),
      feed_(std::make_unique<Connection>(options_.events_socket, options_.patience.feed_silence_ms_most)),
      asker_([this] {
        run_asker();
        --running_;
      }),
      listener_([this] {
        run_listener();
        --running_;
      }) {}

EdgeClient::~EdgeClient() {
  {
    const std::lock_guard lock(queue_mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  // A thread may be about to begin a request that stop() came too early for.
  while (running_ > 0) {
    api_->http.stop();
    feed_->http.stop();
    std::this_thread::sleep_for(milliseconds(2));
  }
  asker_.join();
  listener_.join();
  for (Waiting& waiting : queue_) wipe_request(waiting.request);
}

void EdgeClient::ask(Request request) {
  const Asked asked = asked_of(request);
  {
    const std::lock_guard lock(queue_mutex_);
    if (std::holds_alternative<FetchStore>(request) &&
        std::ranges::any_of(queue_, [](const Waiting& one) { return std::holds_alternative<FetchStore>(one.request); })) {
      return;
    }
    // The newest question is the one that is waited for.
    if (std::holds_alternative<SearchProducts>(request)) {
      std::erase_if(queue_, [](Waiting& one) {
        if (!std::holds_alternative<SearchProducts>(one.request)) return false;
        wipe_request(one.request);
        return true;
      });
    }
    if (queue_.size() < queue_most) {
      queue_.push_back({std::move(request), options_.new_id(), mono_now()});
      changed_.notify_all();
      return;
    }
  }
  log::warning("too many requests wait for the edge");
  options_.happened(RequestFailed{asked, "no_answer"});
}

void EdgeClient::forget_visits_before(std::uint64_t visit) {
  const std::lock_guard lock(queue_mutex_);
  oldest_visit_ = std::max(oldest_visit_, visit);
  std::erase_if(queue_, [&](Waiting& one) {
    const bool goes = !outlives_visit(one.request) && asked_of(one.request).visit < oldest_visit_;
    if (goes) wipe_request(one.request);
    return goes;
  });
}

bool EdgeClient::is_patient(const Waiting& waiting, MonoMs now) const {
  const auto* counter = std::get_if<CounterRequest>(&waiting.request);
  const bool changes =
      std::holds_alternative<ChangeCart>(waiting.request) || std::holds_alternative<ChangeChoice>(waiting.request) ||
      std::holds_alternative<CancelTicket>(waiting.request) || std::holds_alternative<AskDelivery>(waiting.request) ||
      (counter != nullptr && changes_something(*counter));
  return now.value - waiting.asked_at.value <
         (changes ? options_.patience.give_up_changing_ms : options_.patience.give_up_reading_ms);
}

void EdgeClient::tell(Event event) {
  // The window is behind by a thousand events: wait for it rather than lose one.
  while (!stop_ && !options_.happened(event)) std::this_thread::sleep_for(milliseconds(20));
}

void EdgeClient::give_up(Waiting& waiting) {
  if (!std::holds_alternative<FetchStore>(waiting.request)) tell(RequestFailed{asked_of(waiting.request), "no_answer"});
  wipe_request(waiting.request);
}

void EdgeClient::note_presence(std::optional<bool> api_reached, std::optional<bool> feed_up) {
  const std::lock_guard lock(presence_mutex_);
  if (api_reached) api_reached_ = *api_reached;
  if (feed_up) feed_up_ = *feed_up;
  const bool present = api_reached_ && feed_up_;
  if (present == announced_present_) return;
  announced_present_ = present;
  if (present) {
    log::info("the edge is there");
    tell(EdgeBack{});
  } else {
    log::warning("the edge does not answer", {{"api", api_reached_ ? "yes" : "no"}, {"feed", feed_up_ ? "yes" : "no"}});
    tell(EdgeLost{});
  }
}

void EdgeClient::run_asker() {
  std::int64_t pause_ms = options_.patience.retry_first_ms;
  while (true) {
    std::optional<Waiting> current;
    {
      std::unique_lock lock(queue_mutex_);
      changed_.wait(lock, [&] { return stop_ || probe_wanted_ || !queue_.empty(); });
      if (stop_) return;
      if (!queue_.empty()) {
        current = std::move(queue_.front());
        queue_.pop_front();
      }
    }
    const Reach reach = current ? perform(*current) : probe();
    if (reach == Reach::forgotten) {
      wipe_request(current->request);
      continue;
    }
    if (reach == Reach::answered) {
      if (current) wipe_request(current->request);
      pause_ms = options_.patience.retry_first_ms;
      {
        const std::lock_guard lock(queue_mutex_);
        probe_wanted_ = false;
      }
      note_presence(true, std::nullopt);
      continue;
    }
    if (stop_) return;
    note_presence(false, std::nullopt);
    put_back(std::move(current));
    std::unique_lock lock(queue_mutex_);
    probe_wanted_ = true;
    changed_.wait_for(lock, milliseconds(pause_ms), [&] { return stop_ || std::exchange(try_at_once_, false); });
    pause_ms = std::min(pause_ms * 2, options_.patience.retry_most_ms);
  }
}

void EdgeClient::put_back(std::optional<Waiting> unanswered) {
  std::deque<Waiting> given_up;
  {
    const std::lock_guard lock(queue_mutex_);
    if (unanswered) {
      if (outlives_visit(unanswered->request) || asked_of(unanswered->request).visit >= oldest_visit_) {
        queue_.push_front(std::move(*unanswered));
      } else {
        wipe_request(unanswered->request);
      }
    }
    const MonoMs now = mono_now();
    std::deque<Waiting> kept;
    for (Waiting& one : queue_) (is_patient(one, now) ? kept : given_up).push_back(std::move(one));
    queue_ = std::move(kept);
  }
  for (Waiting& one : given_up) give_up(one);
}

EdgeClient::Reach EdgeClient::probe() {
  return send(api_->http, "GET", "/v1/health", "", {}).status == 0 ? Reach::unreachable : Reach::answered;
}

EdgeClient::Reach EdgeClient::perform(const Waiting& waiting) {
  // Under the lock that forget_visits_before() takes: once that has returned, no byte of an earlier visit's pass leaves. The
  // connection is fresh and the body fits into its buffer, so the write does not wait.
  bool forgotten = false;
  const BodyWriter writer = [&](const std::function<bool()>& write) {
    const std::lock_guard lock(queue_mutex_);
    forgotten = !outlives_visit(waiting.request) && asked_of(waiting.request).visit < oldest_visit_;
    return !forgotten && write();
  };
  struct Sender {
    httplib::Client& http;
    const Waiting& waiting;
    const std::string& device;
    const BodyWriter& writer;

    Answer operator()(const OpenPass& open) const {
      return send(http, "POST", "/v1/passes/open", encode(open, waiting.id, device), writer);
    }
    Answer operator()(const ChangeCart& change) const {
      return send(http, "POST", "/v1/carts/" + change.cart.text + "/actions", encode(change, waiting.id, device), writer);
    }
    Answer operator()(const FetchCart& fetch) const { return send(http, "GET", "/v1/carts/" + fetch.cart.text, "", {}); }
    Answer operator()(const SearchProducts& search) const { return send(http, "GET", path_of(search), "", {}); }
    Answer operator()(const FetchProduct& fetch) const { return send(http, "GET", path_of(fetch), "", {}); }
    Answer operator()(const KeepThere& keep) const {
      return send(http, "POST", "/v1/carts/" + keep.cart.text + "/holds", encode(keep, waiting.id, device), writer);
    }
    Answer operator()(const OpenPickup& open) const {
      return send(http, "POST", "/v1/pickups/open", encode(open, waiting.id, device), writer);
    }
    Answer operator()(const FetchOrder& fetch) const { return send(http, "GET", path_of(fetch), "", {}); }
    Answer operator()(const RaiseHelp& raise) const {
      return send(http, "POST", "/v1/requests", encode(raise, waiting.id, device), writer);
    }
    Answer operator()(const FetchHelp& fetch) const { return send(http, "GET", path_of(fetch), "", {}); }
    Answer operator()(const ActOnHelp& act) const {
      return send(http, "POST", path_of(act), encode(act, waiting.id, device), writer);
    }
    Answer operator()(const MakeTicket& make) const {
      return send(http, "POST", "/v1/tickets", encode(make, waiting.id, device), writer);
    }
    Answer operator()(const FetchTicket& fetch) const { return send(http, "GET", path_of(fetch), "", {}); }
    Answer operator()(const CancelTicket& cancel) const {
      return send(http, "POST", path_of(cancel), encode(cancel, waiting.id, device), writer);
    }
    Answer operator()(const MakeKeptCode& make) const {
      return send(http, "POST", path_of(make), encode(make, waiting.id, device), writer);
    }
    Answer operator()(const AskDelivery& ask) const {
      return send(http, "POST", path_of(ask), encode(ask, waiting.id, device), writer);
    }
    Answer operator()(const FetchDelivery& fetch) const { return send(http, "GET", path_of(fetch), "", {}); }
    Answer operator()(const FetchChoices& fetch) const {
      return send(http, "POST", path_of(fetch), encode(fetch, waiting.id, device), writer);
    }
    Answer operator()(const ChangeChoice& change) const {
      return send(http, "POST", path_of(change), encode(change, waiting.id, device), writer);
    }
    Answer operator()(const ReportFigures& report) const {
      return send(http, "POST", "/v1/devices/figures", encode(report, waiting.id, device), writer);
    }
    Answer operator()(const CountSearch& search) const {
      return send(http, "POST", "/v1/searches", encode(search, waiting.id, device), writer);
    }
    Answer operator()(const CounterRequest& request) const {
      std::string body = encode(request, waiting.id, device);
      const char* method = body.empty() ? "GET" : "POST";
      return send(http, method, path_of(request), std::move(body), writer, request.session);
    }
    Answer operator()(const FetchStore&) const { return send(http, "GET", "/v1/store", "", {}); }
  };
  Answer answer = std::visit(Sender{api_->http, waiting, options_.device, writer}, waiting.request);
  if (forgotten) return Reach::forgotten;
  if (answer.status == 0 && !answer.too_large) return Reach::unreachable;
  const RefusalHints hints = answer.status == 200 ? RefusalHints{} : decode_hints(answer.body);
  const auto body = judged(std::move(answer));
  auto events = body ? events_of(waiting.request, *body) : std::unexpected(body.error());
  if (events) {
    for (Event& event : *events) tell(std::move(event));
    return Reach::answered;
  }
  log::notice("the edge refused", {{"code", events.error().code}, {"why", events.error().message}});
  if (std::holds_alternative<FetchStore>(waiting.request)) return Reach::answered;
  const Asked asked = asked_of(waiting.request);
  if (body || !std::holds_alternative<OpenPass>(waiting.request)) {
    tell(RequestFailed{asked, events.error().code, hints});
  } else {
    tell(PassRefused{asked, events.error().code});
  }
  return Reach::answered;
}

void EdgeClient::hear(const StreamEvent& event) {
  if (event.name == "cart") {
    if (auto cart = decode_cart_news(event.data)) tell(CartNews{std::move(*cart)});
  } else if (event.name == "order") {
    if (auto order = decode_order_news(event.data)) tell(OrderNews{std::move(*order)});
  } else if (event.name == "request") {
    if (auto request = decode_help_news(event.data)) tell(HelpNews{std::move(*request)});
  } else if (event.name == "ticket") {
    if (auto ticket = decode_ticket_news(event.data)) tell(TicketNews{std::move(*ticket)});
  } else if (event.name == "returns") {
    tell(TicketNews{});  // nobody's in particular: what came back is looked at anew, with the ticket that settles it
  } else if (event.name == "alert") {
    tell(AlertNews{});
  } else if (event.name == "case") {
    tell(CaseNews{});
  } else if (event.name == "customers") {
    tell(CustomerNews{});
  } else if (event.name == "link") {
    if (auto link = decode_link(event.data)) tell(LinkChanged{std::move(*link)});
  } else if (event.name == "store" || event.name == "catalog") {
    tell(StoreNews{});
  } else if (event.name == "resync") {
    tell(NewsMissed{});
  }
  // "hello" says what StoreArrived will say; a name that is not known is of a later edge.
}

void EdgeClient::run_listener() {
  EventStreamParser parser;
  std::int64_t pause_ms = options_.patience.retry_first_ms;
  while (!stop_) {
    parser.reset();
    httplib::Headers headers{{"Host", "localhost"}, {"Accept", "text/event-stream"}};
    if (!parser.last_id().empty()) headers.emplace("Last-Event-ID", parser.last_id());
    feed_->http.Get(
        "/v1/events", headers, [](const httplib::Response& response) { return response.status == 200; },
        [&](const char* data, std::size_t size) {
          // The first bytes are "hello": only then is the subscription in place, and nothing said afterwards is missed.
          if (pause_ms != 0) {
            pause_ms = 0;
            {
              const std::lock_guard lock(queue_mutex_);
              try_at_once_ = true;
            }
            changed_.notify_all();
            note_presence(std::nullopt, true);
          }
          const auto events = parser.bytes({data, size});
          if (!events || stop_) return false;
          for (const StreamEvent& event : *events) hear(event);
          return true;
        });
    if (stop_) return;
    note_presence(std::nullopt, false);
    pause_ms = pause_ms == 0 ? options_.patience.retry_first_ms : std::min(pause_ms * 2, options_.patience.retry_most_ms);
    std::unique_lock lock(queue_mutex_);
    changed_.wait_for(lock, milliseconds(pause_ms), [&] { return stop_.load(); });
  }
}

}  // namespace vitrine::kiosk
