// SPDX-License-Identifier: Apache-2.0
#include "hub/io/webhook_sender.hpp"

#include <httplib.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "base/log.hpp"
#include "hub/api/cloud_event.hpp"
#include "hub/api/readers.hpp"
#include "hub/database/webhooks.hpp"

namespace vitrine::hub {

using database::DueDelivery;
using database::WebhookEndpoint;
using database::Webhooks;

namespace {

constexpr std::size_t workers = 4;
constexpr std::chrono::milliseconds look_every{500};
constexpr time_t connect_within_s = 5;
constexpr time_t answer_within_s = 10;
constexpr std::size_t answer_bytes_max = 16UL * 1024;  // nobody reads it
constexpr std::int64_t forget_every_ms = 3'600'000;

struct Job {
  WebhookEndpoint endpoint;
  DueDelivery delivery;
};

// "https://host:port/path" → "https://host:port" and "/path".
std::pair<std::string, std::string> parts_of(const std::string& url) {
  const std::size_t slash = url.find('/', url.find("//") + 2);
  if (slash == std::string::npos) return {url, "/"};
  return {url.substr(0, slash), url.substr(slash)};
}

}  // namespace

struct WebhookSender::Impl {
  explicit Impl(WebhookSetup given) : setup(std::move(given)), readers(setup.database) {}

  WebhookSetup setup;
  api::Readers readers;
  std::mutex mutex;
  std::condition_variable changed;
  bool stopping = false;
  std::set<std::string> in_hand;         // endpoints
  std::set<httplib::Client*> under_way;  // to be stopped
  MonoMs swept_at;
  std::array<std::thread, workers> threads;
  std::atomic<std::uint64_t> sent{0};
  std::atomic<std::uint64_t> failed{0};

  void run();
  std::optional<Job> take();
  std::string send(const Job& job);
  void write_down(const Job& job, const std::string& failure);
  void sweep();
};

// Under the lock.
std::optional<Job> WebhookSender::Impl::take() {
  auto lease = readers.take();
  if (!lease) return std::nullopt;
  Webhooks rows(**lease);
  for (WebhookEndpoint& endpoint : rows.endpoints()) {
    if (in_hand.contains(endpoint.name)) continue;
    if (auto due = rows.due(endpoint.name, setup.clock().utc)) {
      in_hand.insert(endpoint.name);
      return Job{std::move(endpoint), std::move(*due)};
    }
  }
  return std::nullopt;
}

// Empty: it was taken. Else why not, as a word. Redirects are not followed: the operator names the place.
std::string WebhookSender::Impl::send(const Job& job) {
  const auto [host, path] = parts_of(job.endpoint.url);
  httplib::Client client(host);
  if (!client.is_valid()) return "address";
  if (!setup.ca.empty()) client.set_ca_cert_path(setup.ca.c_str());
  client.enable_server_certificate_verification(true);
  client.set_connection_timeout(connect_within_s);
  client.set_read_timeout(answer_within_s);
  client.set_write_timeout(answer_within_s);
  {
    const std::lock_guard lock(mutex);
    if (stopping) return "stopping";
    under_way.insert(&client);
  }
  const database::WebhookEvent& event = job.delivery.event;
  const std::int64_t at_s = setup.clock().utc.value / 1000;
  const std::string body = api::cloud_event(event, setup.source);
  httplib::Request request;
  request.method = "POST";
  request.path = path;
  request.headers = {{"Content-Type", std::string(api::cloud_event_type)},
                     {"User-Agent", "vitrine-hub"},
                     {"webhook-id", event.id},
                     {"webhook-timestamp", std::to_string(at_s)},
                     {"webhook-signature", api::webhook_signature(job.endpoint.secret, event.id, at_s, body)}};
  request.body = body;
  std::size_t heard = 0;
  request.content_receiver = [&heard](const char*, std::size_t size, std::uint64_t, std::uint64_t) {
    heard += size;
    return heard <= answer_bytes_max;
  };
  const auto answer = client.send(request);
  {
    const std::lock_guard lock(mutex);
    under_way.erase(&client);
    if (stopping) return "stopping";
  }
  if (!answer) return answer.error() == httplib::Error::Connection ? "no_connection" : "no_answer";
  return answer->status / 100 == 2 ? "" : "status_" + std::to_string(answer->status);
}

void WebhookSender::Impl::write_down(const Job& job, const std::string& failure) {
  ++(failure.empty() ? sent : failed);
  const auto end = api::after_try(job.delivery, failure, setup.give_up_ms, setup.chance, setup.clock().utc);
  if (end.state == "dead") {
    log::warning("a webhook was given up", {{"endpoint", job.endpoint.name}, {"event", job.delivery.event.id}, {"why", failure}});
  }
  const auto written = setup.engine->transact(
      [&](Desk& desk) { Webhooks(desk.authority.connection()).end(job.endpoint.name, job.delivery.event.seq, end); });
  // It stays waiting, and is sent again.
  if (!written) log::warning("a webhook's end was not written down", {{"code", written.error().code}});
}

void WebhookSender::Impl::sweep() {
  const Now now = setup.clock();
  {
    const std::lock_guard lock(mutex);
    if (now.mono < swept_at.plus(forget_every_ms)) return;
    swept_at = now.mono;
  }
  const auto forgotten = setup.engine->transact(
      [](Desk& desk) { Webhooks(desk.authority.connection()).forget_before(desk.now.utc.plus(-Webhooks::events_kept_ms)); });
  if (!forgotten) log::warning("old webhooks were not forgotten", {{"code", forgotten.error().code}});
}

void WebhookSender::Impl::run() {
  while (true) {
    std::optional<Job> job;
    {
      std::unique_lock lock(mutex);
      if (!stopping) job = take();
      if (!job) changed.wait_for(lock, look_every, [this] { return stopping; });
      if (stopping) return;
    }
    if (!job) {
      sweep();
      continue;
    }
    const std::string failure = send(*job);
    if (failure != "stopping") write_down(*job, failure);
    const std::lock_guard lock(mutex);
    in_hand.erase(job->endpoint.name);
  }
}

WebhookSender::WebhookSender(WebhookSetup setup) : impl_(std::make_unique<Impl>(std::move(setup))) {
  impl_->swept_at = impl_->setup.clock().mono;
  for (std::thread& thread : impl_->threads) thread = std::thread([self = impl_.get()] { self->run(); });
}

WebhookSender::~WebhookSender() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
    for (httplib::Client* client : impl_->under_way) client->stop();
  }
  impl_->changed.notify_all();
  for (std::thread& thread : impl_->threads) thread.join();
}

WebhookCounts WebhookSender::counts() const { return {impl_->sent, impl_->failed}; }

}  // namespace vitrine::hub
