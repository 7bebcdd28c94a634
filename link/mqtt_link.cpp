// SPDX-License-Identifier: Apache-2.0
// The network thread of MqttLink. libmosquitto is called on this thread only; each attempt is a new client, so that nothing
// of an old connection (queued publishes, acknowledgements) is carried into the next one.
#include "link/mqtt_link.hpp"

#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "base/log.hpp"
#include "link/mqtt_properties.hpp"

namespace vitrine::link {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds backoff_base{1000};  // sync-protocol: full jitter, base 1 s, cap 30 s
constexpr milliseconds backoff_cap{30'000};
constexpr milliseconds stable_after{30'000};    // a connection this old ends the growth of the back-off
constexpr milliseconds connect_within{20'000};  // address, TLS, CONNACK and SUBACK together
constexpr milliseconds misc_every{1000};        // keep-alive bookkeeping of libmosquitto
constexpr milliseconds farewell_within{500};    // for what is still to be sent when we stop
constexpr int receive_maximum = 20;             // unacknowledged messages that the broker may have on the way to us

struct FreeClient {
  void operator()(mosquitto* client) const { mosquitto_destroy(client); }
};

void initialise_library() {
  static std::once_flag once;
  std::call_once(once, [] { mosquitto_lib_init(); });
}

bool readable(const std::string& path) { return !path.empty() && access(path.c_str(), R_OK) == 0; }

// What the system says of a socket that poll() reported broken; 0: nothing (any more).
int socket_error(int socket) {
  int reason = 0;
  socklen_t size = sizeof reason;
  getsockopt(socket, SOL_SOCKET, SO_ERROR, &reason, &size);
  return reason;
}

}  // namespace

struct MqttLink::Impl {
  explicit Impl(MqttSetup given) : setup(std::move(given)) {}

  MqttSetup setup;
  std::thread thread;
  int wake_fd = -1;
  std::atomic<bool> stopping{false};
  std::atomic<bool> drop_wanted{false};
  std::atomic<bool> is_connected{false};
  std::atomic<bool> hurry{false};

  std::mutex mutex;  // of the two below
  std::deque<MqttMessage> outgoing;
  std::size_t outgoing_bytes = 0;

  // Of the network thread alone.
  mosquitto* client = nullptr;
  std::map<int, std::string> unacknowledged;  // message id → topic
  int subscribe_id = 0;
  std::optional<Error> connection_error;
  std::string last_library_error;
  std::mt19937_64 jitter{std::random_device{}()};

  void wake() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(wake_fd, &one, sizeof one);
  }

  void run();
  Error live_once();
  Error set_up_client();
  void wait_before_next(int attempt);
  void publish_waiting();
  void say_farewell();
  Error closed_because(int code) const;
  void forget_outgoing();

  void on_connect(int code);
  void on_subscribe(int id, int count, const int* granted);
  void on_message(const mosquitto_message& message, const mosquitto_property* properties);
  void on_publish(int id, int code);
};

void MqttLink::Impl::forget_outgoing() {
  const std::lock_guard lock(mutex);
  outgoing.clear();
  outgoing_bytes = 0;
}

Error MqttLink::Impl::closed_because(int code) const {
  if (connection_error) return *connection_error;
  if (code == MOSQ_ERR_CONN_LOST && !is_connected && last_library_error.empty()) {
    return {"broker_unreachable", "nobody answers at " + setup.target.host + ":" + std::to_string(setup.target.port)};
  }
  std::string text = mosquitto_strerror(code);
  if (!last_library_error.empty()) text += " (" + last_library_error + ")";
  // The library says so by its code or, where the broker hung up in the same moment, in its words only.
  const bool distrusted = last_library_error.find("certificate verify failed") != std::string::npos;
  if (code == MOSQ_ERR_TLS || distrusted) return {"broker_certificate", text};
  if (code == MOSQ_ERR_EAI) return {"broker_not_found", text};
  return {"broker_unreachable", text};
}

void MqttLink::Impl::on_connect(int code) {
  if (code != 0) {
    connection_error = Error{"broker_refused", std::string("the broker refused: ") + mosquitto_reason_string(code)};
    shutdown(mosquitto_socket(client), SHUT_RDWR);
    return;
  }
  if (setup.subscriptions.empty()) {
    is_connected = true;
    setup.connected();
    return;
  }
  std::vector<char*> topics;
  for (std::string& topic : setup.subscriptions) topics.push_back(topic.data());
  const int made =
      mosquitto_subscribe_multiple(client, &subscribe_id, static_cast<int>(topics.size()), topics.data(), 1, 0, nullptr);
  if (made != MOSQ_ERR_SUCCESS) {
    connection_error = Error{"subscription_refused", mosquitto_strerror(made)};
    shutdown(mosquitto_socket(client), SHUT_RDWR);
  }
}

void MqttLink::Impl::on_subscribe(int id, int count, const int* granted) {
  if (id != subscribe_id || is_connected) return;
  for (int i = 0; i < count; ++i) {
    if (granted[i] < 128) continue;
    connection_error =
        Error{"subscription_refused", std::string("the broker refused to subscribe: ") + mosquitto_reason_string(granted[i])};
    shutdown(mosquitto_socket(client), SHUT_RDWR);
    return;
  }
  is_connected = true;
  setup.connected();
}

void MqttLink::Impl::on_message(const mosquitto_message& message, const mosquitto_property* properties) {
  const auto size = static_cast<std::size_t>(message.payloadlen);
  if (size > payload_bytes_max) {
    log::warning("dropped a message that is too large", {{"topic", message.topic}, {"bytes", std::to_string(size)}});
    return;
  }
  MqttMessage received;
  received.topic = message.topic;
  received.payload.assign(static_cast<const char*>(message.payload), size);
  received.content_type = MqttProperties::read_content_type(properties);
  received.correlation = MqttProperties::read_correlation(properties);
  received.retain = message.retain;
  // A closed socket is the only "no" there is: the PUBACK stays unsent.
  if (!setup.received(std::move(received))) {
    connection_error = Error{"inbox_full", "no room for what the broker sends"};
    shutdown(mosquitto_socket(client), SHUT_RDWR);
  }
}

void MqttLink::Impl::on_publish(int id, int code) {
  const auto found = unacknowledged.find(id);
  if (found == unacknowledged.end()) return;
  if (code >= 128) {
    log::error("the broker refused a message", {{"topic", found->second}, {"reason", mosquitto_reason_string(code)}});
  }
  unacknowledged.erase(found);
}

Error MqttLink::Impl::set_up_client() {
  const MqttTarget& target = setup.target;
  mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
  mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, receive_maximum);
  mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);   // the end of a large message does not wait for the other side's ACK
  mosquitto_int_option(client, MOSQ_OPT_SEND_MAXIMUM, 0);  // as many as the broker allows; we hold back ourselves
  mosquitto_threaded_set(client, true);                    // no PUBACK is written inside a callback
  if (mosquitto_tls_set(client, target.ca.c_str(), nullptr, target.cert.c_str(), target.key.c_str(), nullptr) !=
      MOSQ_ERR_SUCCESS) {
    return {"certificate_unreadable", "cannot read " + target.ca + ", " + target.cert + " or " + target.key};
  }
  mosquitto_tls_opts_set(client, 1, "tlsv1.2", nullptr);  // or newer

  if (setup.will) {
    MqttProperties properties;
    properties.content_type(setup.will->content_type);
    const MqttMessage& will = *setup.will;
    mosquitto_will_set_v5(client, will.topic.c_str(), static_cast<int>(will.payload.size()), will.payload.data(), 1, will.retain,
                          properties.release());
  }
  mosquitto_connect_v5_callback_set(client, [](mosquitto*, void* self, int code, int, const mosquitto_property*) {
    static_cast<Impl*>(self)->on_connect(code);
  });
  mosquitto_subscribe_v5_callback_set(
      client, [](mosquitto*, void* self, int id, int count, const int* granted, const mosquitto_property*) {
        static_cast<Impl*>(self)->on_subscribe(id, count, granted);
      });
  mosquitto_message_v5_callback_set(
      client, [](mosquitto*, void* self, const mosquitto_message* message, const mosquitto_property* properties) {
        static_cast<Impl*>(self)->on_message(*message, properties);
      });
  mosquitto_publish_v5_callback_set(client, [](mosquitto*, void* self, int id, int code, const mosquitto_property*) {
    static_cast<Impl*>(self)->on_publish(id, code);
  });
  mosquitto_log_callback_set(client, [](mosquitto*, void* self, int level, const char* text) {
    if (level == MOSQ_LOG_ERR) static_cast<Impl*>(self)->last_library_error = text;
  });
  return {};
}

void MqttLink::Impl::publish_waiting() {
  while (is_connected && unacknowledged.size() < unacknowledged_max) {
    MqttMessage message;
    {
      const std::lock_guard lock(mutex);
      if (outgoing.empty()) return;
      message = std::move(outgoing.front());
      outgoing.pop_front();
      outgoing_bytes -= message.payload.size();
    }
    MqttProperties properties;
    properties.content_type(message.content_type);
    properties.correlation(message.correlation);
    properties.expires_after_s(message.expires_after_s);
    int id = 0;
    const int code = mosquitto_publish_v5(client, &id, message.topic.c_str(), static_cast<int>(message.payload.size()),
                                          message.payload.data(), 1, message.retain, properties.list());
    if (code == MOSQ_ERR_SUCCESS) {
      unacknowledged.emplace(id, std::move(message.topic));
    } else {
      log::error("could not publish", {{"topic", message.topic}, {"reason", mosquitto_strerror(code)}});
    }
  }
}

void MqttLink::Impl::say_farewell() {
  if (!is_connected) return;
  const auto until = Clock::now() + farewell_within;
  publish_waiting();
  mosquitto_disconnect(client);
  while (mosquitto_socket(client) >= 0 && mosquitto_want_write(client) && Clock::now() < until) {
    pollfd fd{mosquitto_socket(client), POLLOUT, 0};
    poll(&fd, 1, 50);
    if (mosquitto_loop_write(client, 1) != MOSQ_ERR_SUCCESS) return;
  }
}

// From the first packet to the last of one connection; answers why it ended.
Error MqttLink::Impl::live_once() {
  const std::unique_ptr<mosquitto, FreeClient> owner(mosquitto_new(setup.target.client_id.c_str(), true, this));
  if (!owner) return {"broker_unreachable", "out of memory"};
  client = owner.get();
  unacknowledged.clear();
  connection_error.reset();
  last_library_error.clear();
  drop_wanted = false;
  if (Error wrong = set_up_client(); !wrong.code.empty()) return wrong;

  const auto& target = setup.target;
  int code =
      mosquitto_connect_async(client, target.host.c_str(), static_cast<int>(target.port), static_cast<int>(target.keep_alive_s));
  const auto deadline = Clock::now() + connect_within;
  while (code == MOSQ_ERR_SUCCESS) {
    if (stopping) {
      say_farewell();
      return {"stopped", "stopped"};
    }
    if (drop_wanted) return {"dropped", "closed, because nobody answered"};
    if (!is_connected && Clock::now() > deadline) return {"broker_unreachable", "no answer within 20 s"};
    publish_waiting();

    const int socket = mosquitto_socket(client);
    if (socket < 0) return closed_because(MOSQ_ERR_CONN_LOST);
    pollfd fds[2] = {{socket, POLLIN, 0}, {wake_fd, POLLIN, 0}};
    if (mosquitto_want_write(client)) fds[0].events |= POLLOUT;
    auto* tls = static_cast<SSL*>(mosquitto_ssl_get(client));
    const bool decrypted_waits = tls != nullptr && SSL_pending(tls) > 0;
    poll(fds, 2, decrypted_waits ? 0 : static_cast<int>(misc_every.count()));

    if ((fds[1].revents & POLLIN) != 0) {
      std::uint64_t count = 0;
      [[maybe_unused]] const auto got = read(wake_fd, &count, sizeof count);
    }
    // While TLS is being set up the library takes a refused connection for one that is not there yet, and would try for ever.
    if ((fds[0].revents & (POLLERR | POLLHUP)) != 0) {
      const int reason = socket_error(socket);
      code = mosquitto_loop_read(client, 1);  // the last words of the other side: why TLS failed, say
      if (reason != 0 && last_library_error.empty()) return {"broker_unreachable", std::strerror(reason)};
      return closed_because(code == MOSQ_ERR_SUCCESS ? int{MOSQ_ERR_CONN_LOST} : code);
    }
    if (decrypted_waits || (fds[0].revents & POLLIN) != 0) code = mosquitto_loop_read(client, 1);
    if (code == MOSQ_ERR_SUCCESS && (fds[0].revents & POLLOUT) != 0) code = mosquitto_loop_write(client, 1);
    if (code == MOSQ_ERR_SUCCESS) code = mosquitto_loop_misc(client);
  }
  return closed_because(code);
}

void MqttLink::Impl::wait_before_next(int attempt) {
  const auto cap = std::min<std::int64_t>(backoff_cap.count(), backoff_base.count() << std::min(attempt, 10));
  const auto until = Clock::now() + milliseconds(std::uniform_int_distribution<std::int64_t>(0, cap)(jitter));
  while (!stopping && !hurry) {
    const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now());
    if (left.count() <= 0) break;
    pollfd fd{wake_fd, POLLIN, 0};
    poll(&fd, 1, static_cast<int>(left.count()) + 1);
    std::uint64_t count = 0;
    if ((fd.revents & POLLIN) != 0) [[maybe_unused]]
      const auto got = read(wake_fd, &count, sizeof count);
  }
  hurry = false;
}

void MqttLink::Impl::run() {
  // Writing into a connection that the broker has closed is an error to be told, not the end of the program.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  int attempt = 0;
  while (!stopping) {
    const auto began = Clock::now();
    const Error why = live_once();
    const bool was_connected = is_connected.exchange(false);
    forget_outgoing();
    if (stopping) return;
    if (was_connected) {
      setup.disconnected(why);
    } else {
      setup.attempt_failed(why);
    }
    if (was_connected && Clock::now() - began > stable_after) attempt = 0;
    wait_before_next(attempt++);
  }
}

MqttLink::MqttLink(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<MqttLink>> MqttLink::start(MqttSetup setup) {
  initialise_library();
  for (const std::string* file : {&setup.target.ca, &setup.target.cert, &setup.target.key}) {
    if (!readable(*file)) return fail("certificate_unreadable", "cannot read " + (file->empty() ? "an unnamed file" : *file));
  }
  if (setup.target.host.empty() || setup.target.client_id.empty())
    return fail("config_invalid", "broker host or client id is empty");
  if (!setup.connected) setup.connected = [] {};
  if (!setup.disconnected) setup.disconnected = [](const Error&) {};
  if (!setup.attempt_failed) setup.attempt_failed = [](const Error&) {};
  if (!setup.received) setup.received = [](const MqttMessage&) { return true; };

  auto impl = std::make_unique<Impl>(std::move(setup));
  impl->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (impl->wake_fd < 0) return fail("config_invalid", "no event descriptor left");
  impl->thread = std::thread([self = impl.get()] { self->run(); });
  return std::unique_ptr<MqttLink>(new MqttLink(std::move(impl)));
}

MqttLink::~MqttLink() {
  impl_->stopping = true;
  impl_->wake();
  impl_->thread.join();
  close(impl_->wake_fd);
}

bool MqttLink::is_connected() const { return impl_->is_connected; }

Result<void> MqttLink::publish(MqttMessage message) {
  if (!impl_->is_connected) return fail("not_connected", "the broker is not reached");
  if (message.payload.size() > payload_bytes_max || message.correlation.size() > 128) {
    return fail("message_too_large", std::to_string(message.payload.size()) + " bytes for " + message.topic);
  }
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->outgoing_bytes + message.payload.size() > outgoing_bytes_max) {
      impl_->drop_wanted = true;
    } else {
      impl_->outgoing_bytes += message.payload.size();
      impl_->outgoing.push_back(std::move(message));
    }
  }
  impl_->wake();
  if (impl_->drop_wanted) return fail("link_full", "the broker takes nothing");
  return {};
}

void MqttLink::connect_now() {
  impl_->hurry = true;
  impl_->wake();
}

void MqttLink::drop() {
  impl_->drop_wanted = true;
  impl_->wake();
}

}  // namespace vitrine::link
