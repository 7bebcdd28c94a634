// SPDX-License-Identifier: Apache-2.0
// The only place of the edge that knows cpp-httplib (docs: its limits are set here, its threads are ours).
#include "edge/io/http_server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>

#include <httplib.h>

#include "base/log.hpp"
#include "edge/io/bounded_tasks.hpp"

namespace vitrine::edge::io {

using namespace std::chrono_literals;

namespace {

constexpr auto event_wait = 500ms;  // how long a stream sleeps before it looks whether its kiosk is still there
constexpr auto ping_every = 10s;
constexpr int backlog = 128;

// httplib's queue interface on our threads; enqueue answers void or bool, by release.
class Tasks final : public httplib::TaskQueue {
 public:
  Tasks(std::size_t threads_max, std::size_t queued_max) : tasks_(threads_max, queued_max) {}
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue(std::declval<std::function<void()>>()));
  Enqueued enqueue(std::function<void()> task) override {
    tasks_.add(std::move(task));
    return Enqueued(true);
  }
  void shutdown() override { tasks_.stop(); }

 private:
  BoundedTasks tasks_;
};

// A socket file that nobody answers is left over from a process that died; one that answers is somebody else's.
Result<void> clear_stale(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return fail("socket_unusable",
                path + ": a socket's path may have at most " + std::to_string(sizeof address.sun_path - 1) + " bytes");
  }
  std::memcpy(address.sun_path, path.c_str(), path.size());
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return fail("socket_unusable", path + ": " + std::strerror(errno));
  const bool answered = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  const int why = errno;
  ::close(fd);
  if (answered) return fail("socket_in_use", path + " is in use: another process answers there");
  if (why == ENOENT) return {};
  if (::unlink(path.c_str()) != 0) return fail("socket_unusable", path + ": " + std::strerror(errno));
  return {};
}

// Others than the folder's user and group must not get to what lies in it.
Result<void> is_closed(const std::string& folder) {
  struct stat seen{};
  if (::stat(folder.c_str(), &seen) != 0) return fail("socket_unusable", folder + ": " + std::strerror(errno));
  if (!S_ISDIR(seen.st_mode) || (seen.st_mode & S_IRWXO) != 0)
    return fail("folder_open", folder + " is open to everyone on this machine; make it 0710 or 0750, with the device's group");
  return {};
}

void put(const local_api::Reply& reply, httplib::Response& response) {
  response.status = reply.status;
  response.set_content(reply.body, reply.content_type.c_str());
  if (!reply.entity_tag.empty()) response.set_header("ETag", reply.entity_tag);
}

// "Authorization: Bearer <token>"
std::string token_of(const httplib::Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string text = request.get_header_value("Authorization");
  return text.starts_with(scheme) ? text.substr(scheme.size()) : std::string();
}

void answer(local_api::Api& api, const local_api::Caller& caller, const httplib::Request& request, httplib::Response& response) {
  local_api::Call call{request.method, request.path,     {}, request.body, request.get_header_value("If-Match"),
                       caller,         token_of(request)};
  for (const auto& [name, value] : request.params) call.query.emplace(name, value);
  if (call.method == "HEAD") call.method = "GET";
  put(api.answer(call), response);
}

std::uint64_t last_event_of(const httplib::Request& request, std::uint64_t fallback) {
  const std::string text = request.get_header_value("Last-Event-ID");
  std::uint64_t number = fallback;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) return fallback;
  return number;
}

// One kiosk's stream.
struct Stream {
  std::uint64_t at = 0;
  bool greeted = false;
  std::chrono::steady_clock::time_point spoken = std::chrono::steady_clock::now();
};

std::string event_text(std::uint64_t id, std::string_view name, std::string_view data) {
  return "id: " + std::to_string(id) + "\nevent: " + std::string(name) + "\ndata: " + std::string(data) + "\n\n";
}

// The next piece of a stream; false ends it.
bool speak(Stream& stream, local_api::Api& api, local_api::EventFeed& feed, httplib::DataSink& sink) {
  std::string text;
  if (!stream.greeted) {
    stream.greeted = true;
    text = event_text(stream.at, "hello", api.hello_json());
  } else {
    feed.wait(stream.at, event_wait);
  }
  if (feed.closed() || !sink.is_writable()) return false;
  if (const auto events = feed.after(stream.at)) {
    for (const local_api::FeedEvent& event : *events) text += event_text(event.number, event.name, event.data);
    if (!events->empty()) stream.at = events->back().number;
  } else {
    stream.at = feed.last();
    text += event_text(stream.at, "resync", "{}");
  }
  const auto now = std::chrono::steady_clock::now();
  if (text.empty() && now - stream.spoken >= ping_every) text = ": ping\n\n";
  if (text.empty()) return true;
  stream.spoken = now;
  return sink.write(text.data(), text.size());
}

}  // namespace

HttpServer::HttpServer(std::string socket, std::size_t threads_max)
    : socket_(std::move(socket)), server_(std::make_unique<httplib::Server>()) {
  server_->new_task_queue = [threads_max] { return new Tasks(threads_max, api_queue_max); };
  server_->set_address_family(AF_UNIX);
  server_->set_payload_max_length(local_api::body_bytes_max);
  server_->set_keep_alive_max_count(10'000);
  server_->set_keep_alive_timeout(5);
  server_->set_read_timeout(5);
  server_->set_write_timeout(5);
  server_->set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
    if (!request.has_header("Transfer-Encoding") && !request.has_header("Content-Encoding")) {
      return httplib::Server::HandlerResponse::Unhandled;
    }
    put(local_api::problem({"length_required", "a body must come plain, with its length"}), response);
    response.set_header("Connection", "close");
    return httplib::Server::HandlerResponse::Handled;
  });
  server_->set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
    put(local_api::problem({"internal", "this request met a mistake of ours"}), response);
  });
  server_->set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (!response.body.empty()) return;
    const bool large = response.status == 413;
    const int status = response.status;
    put(local_api::problem(large ? Error{"too_large", "the body is too large"} : Error{"invalid_request", "this is no request"}),
        response);
    response.status = status;
  });
}

HttpServer::~HttpServer() {
  server_->stop();
  if (thread_.joinable()) thread_.join();
  ::unlink(socket_.c_str());
}

Result<void> HttpServer::listen(Door door) {
  if (door == Door::folder) {
    if (auto closed = is_closed(socket_.substr(0, socket_.rfind('/'))); !closed) return closed;
  }
  if (auto cleared = clear_stale(socket_); !cleared) return cleared;
  constexpr mode_t masks[] = {0117, 0177, 0111};
  const mode_t before = ::umask(masks[static_cast<std::size_t>(door)]);  // made so: never open to more, not for a moment
  int listener = -1;
  server_->set_socket_options([&listener](int fd) { listener = fd; });
  const bool bound = server_->bind_to_port(socket_.c_str(), 80);
  ::umask(before);
  // The library listens with a backlog of 5, and on a Unix socket the sixth who comes at once is turned away.
  if (!bound || ::listen(listener, backlog) != 0) return fail("socket_unusable", socket_ + ": " + std::strerror(errno));
  server_->set_socket_options(nullptr);
  thread_ = std::thread([this] {
    if (!server_->listen_after_bind()) log::error("a socket stopped listening", {{"socket", socket_}});
  });
  // A server that is told to stop before it runs would run for ever.
  for (int wait = 0; !server_->is_running(); ++wait) {
    if (wait == 5000) return fail("socket_unusable", socket_ + ": the server does not start");
    std::this_thread::sleep_for(1ms);
  }
  return {};
}

Result<std::unique_ptr<HttpServer>> HttpServer::serve_api(const std::string& socket, local_api::Api& api,
                                                          local_api::Caller caller, Door door) {
  std::unique_ptr<HttpServer> server(new HttpServer(socket, api_threads_max));
  const auto handler = [&api, caller = std::move(caller)](const httplib::Request& request, httplib::Response& response) {
    answer(api, caller, request, response);
  };
  constexpr const char* any = ".*";
  server->server_->Get(any, handler)
      .Post(any, handler)
      .Put(any, handler)
      .Delete(any, handler)
      .Patch(any, handler)
      .Options(any, handler);
  if (auto listening = server->listen(door); !listening) return std::unexpected(listening.error());
  return server;
}

Result<std::unique_ptr<HttpServer>> HttpServer::serve_events(const std::string& socket, local_api::Api& api,
                                                             local_api::EventFeed& feed, std::atomic<std::size_t>& streams) {
  std::unique_ptr<HttpServer> server(new HttpServer(socket, event_streams_max + 2));
  server->server_->Get(
      std::string(local_api::Api::events_path).c_str(), [&](const httplib::Request& request, httplib::Response& response) {
        if (streams.fetch_add(1) >= event_streams_max) {
          streams.fetch_sub(1);
          return put(local_api::problem({"too_many_streams", "all event streams are taken"}), response);
        }
        auto stream = std::make_shared<Stream>();
        stream->at = last_event_of(request, feed.last());
        response.set_header("Cache-Control", "no-store");
        response.set_chunked_content_provider(
            "text/event-stream",
            [stream, &api, &feed](std::size_t, httplib::DataSink& sink) { return speak(*stream, api, feed, sink); },
            [&streams](bool) { streams.fetch_sub(1); });
      });
  if (auto listening = server->listen(Door::group); !listening) return std::unexpected(listening.error());
  return server;
}

}  // namespace vitrine::edge::io
