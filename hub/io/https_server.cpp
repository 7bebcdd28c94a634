// SPDX-License-Identifier: Apache-2.0
// cpp-httplib around the API. What its release does not judge is judged here before a body is read: host, method, length,
// transfer and content encodings. No header of a request is ever copied into an answer.
#include "hub/io/https_server.hpp"

#include <httplib.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <thread>

#include "base/log.hpp"
#include "hub/api/api.hpp"
#include "hub/io/bounded_tasks.hpp"
#include "hub/io/web_files.hpp"

namespace vitrine::hub {

namespace {

constexpr std::size_t threads = 64;      // a kept-alive connection holds one
constexpr std::size_t waiting_max = 64;  // taken, no thread yet
constexpr time_t keep_alive_s = 5;       // the phone page asks every 2 s
constexpr std::size_t path_bytes_max = 512;

constexpr const char* policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string date_now() {
  const time_t now = time(nullptr);
  tm parts{};
  gmtime_r(&now, &parts);
  char text[40];
  return {text, strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

// "127.0.0.1:8443" → "127.0.0.1", "[::1]:8443" → "::1"
std::string host_name(const std::string& header) {
  if (header.starts_with("[")) return header.substr(1, header.find(']') == std::string::npos ? 0 : header.find(']') - 1);
  return header.substr(0, header.find(':'));
}

std::string cookie_of(const std::string& header) {
  constexpr std::string_view name = "vitrine_session=";
  std::size_t at = 0;
  while (at < header.size()) {
    const std::size_t end = std::min(header.find(';', at), header.size());
    std::string_view pair(header.data() + at, end - at);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.starts_with(name)) return std::string(pair.substr(name.size()));
    at = end + 1;
  }
  return {};
}

void put(httplib::Response& response, api::Answer answer) {
  response.status = answer.status;
  for (const auto& [name, value] : answer.headers) response.set_header(name.c_str(), value);
  if (answer.status != 304) response.set_content(answer.body, answer.content_type.c_str());
}

void put_common_headers(httplib::Response& response, bool keep) {
  response.set_header("Date", date_now());
  response.set_header("Content-Security-Policy", policy);
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("X-Frame-Options", "DENY");
  response.set_header("Referrer-Policy", "no-referrer");
  response.set_header("Cross-Origin-Opener-Policy", "same-origin");
  response.set_header("Cross-Origin-Resource-Policy", "same-origin");
  response.set_header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
  response.set_header("Cache-Control", keep ? "no-cache" : "no-store");
}

api::Request request_of(const httplib::Request& from) {
  api::Request request;
  request.method = from.method == "HEAD" ? "GET" : from.method;
  request.path = from.path;
  for (const auto& [name, value] : from.params) request.query.emplace(name, value);
  request.body = from.body;
  request.content_type = from.get_header_value("Content-Type");
  request.cookie = cookie_of(from.get_header_value("Cookie"));
  const std::string authorization = from.get_header_value("Authorization");
  if (authorization.starts_with("Bearer ")) request.bearer = authorization.substr(7);
  request.if_none_match = from.get_header_value("If-None-Match");
  request.if_match = from.get_header_value("If-Match");
  request.idempotency_key = from.get_header_value("Idempotency-Key");
  request.guard = from.get_header_value("X-Vitrine");
  request.caller = from.remote_addr;
  return request;
}

}  // namespace

struct HttpsServer::Impl {
  explicit Impl(HttpsSetup given) : setup(std::move(given)), server(setup.cert.c_str(), setup.key.c_str()) {}

  HttpsSetup setup;
  httplib::SSLServer server;
  std::map<std::string, WebFile> files;
  int port = 0;
  std::thread thread;

  void configure();
  std::optional<api::Answer> forbid(const httplib::Request& request) const;
  void handle(const httplib::Request& request, httplib::Response& response);
};

// Before any body is read.
std::optional<api::Answer> HttpsServer::Impl::forbid(const httplib::Request& request) const {
  if (request.path.size() > path_bytes_max) return api::problem(414, "path_too_long");
  const std::string host = host_name(request.get_header_value("Host"));
  if (std::ranges::find(setup.hosts, host) == setup.hosts.end()) {
    return api::problem(421, "host_unknown", "this name is not in [http] hosts");
  }
  if (request.method != "GET" && request.method != "HEAD" && request.method != "POST")
    return api::problem(405, "method_not_allowed");
  if (request.has_header("Transfer-Encoding") || request.has_header("Content-Encoding")) {
    return api::problem(411, "length_required", "send a body as it is, with its Content-Length");
  }
  if (request.method == "POST" && !request.has_header("Content-Length")) return api::problem(411, "length_required");
  return std::nullopt;
}

void HttpsServer::Impl::handle(const httplib::Request& request, httplib::Response& response) {
  const auto file = request.method == "POST" ? files.end() : files.find(request.path);
  put_common_headers(response, file != files.end());
  if (file == files.end()) return put(response, setup.answer(request_of(request)));
  response.set_header("ETag", file->second.tag);
  // The page's worker lies with the other files and serves the whole page.
  if (request.path == "/web/worker.js") response.set_header("Service-Worker-Allowed", "/");
  if (request.get_header_value("If-None-Match").find(file->second.tag) != std::string::npos) {
    response.status = 304;
    return;
  }
  response.status = 200;
  response.set_content(file->second.bytes, file->second.content_type.c_str());
}

void HttpsServer::Impl::configure() {
  SSL_CTX_set_min_proto_version(server.ssl_context(), TLS1_2_VERSION);
  server.set_tcp_nodelay(true);
  // SO_REUSEADDR alone: with SO_REUSEPORT two hubs would share one port and nobody would know.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  server.set_payload_max_length(api::platform_body_bytes_max);
  server.set_keep_alive_timeout(keep_alive_s);
  server.set_keep_alive_max_count(1000);
  server.set_read_timeout(5);
  server.set_write_timeout(10);
  server.new_task_queue = [] { return new BoundedTasks(threads, waiting_max); };  // the library deletes it
  server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    auto forbidden = forbid(request);
    if (!forbidden) return httplib::Server::HandlerResponse::Unhandled;
    put_common_headers(response, false);
    response.set_header("Connection", "close");  // a body that was not read must not be taken for a request
    put(response, std::move(*forbidden));
    return httplib::Server::HandlerResponse::Handled;
  });
  const auto handler = [this](const httplib::Request& request, httplib::Response& response) { handle(request, response); };
  server.Get(".*", handler);
  server.Post(".*", handler);
  // What the library refused itself: too large, malformed.
  server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (!response.body.empty()) return;
    put_common_headers(response, false);
    put(response, api::problem(response.status, response.status == 413 ? "too_large" : "invalid_request"));
  });
  server.set_exception_handler([](const httplib::Request&, httplib::Response& response, auto&&...) {
    log::error("a request could not be answered");
    put_common_headers(response, false);
    put(response, api::problem(500, "internal"));
  });
}

HttpsServer::HttpsServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<HttpsServer>> HttpsServer::start(HttpsSetup setup) {
  for (const std::string* file : {&setup.cert, &setup.key}) {
    if (access(file->c_str(), R_OK) != 0) return fail("certificate_unreadable", "cannot read " + *file);
  }
  auto files = read_web_files(setup.web_folder);
  if (!files) return std::unexpected(files.error());
  auto impl = std::make_unique<Impl>(std::move(setup));
  impl->files = std::move(*files);
  if (!impl->server.is_valid()) {
    return fail("certificate_unreadable", impl->setup.cert + " and " + impl->setup.key + " are no certificate and its key");
  }
  impl->configure();
  const std::string& address = impl->setup.address;
  if (impl->setup.port == 0) {
    impl->port = impl->server.bind_to_any_port(address.c_str());
  } else {
    impl->port = impl->server.bind_to_port(address.c_str(), impl->setup.port) ? impl->setup.port : -1;
  }
  if (impl->port < 0) {
    return fail("port_in_use", "cannot listen on " + address + ":" + std::to_string(impl->setup.port) +
                                   ": another program has the port, or the address is not this machine's");
  }
  std::signal(SIGPIPE, SIG_IGN);
  impl->thread = std::thread([self = impl.get()] { self->server.listen_after_bind(); });
  while (!impl->server.is_running()) std::this_thread::yield();
  return std::unique_ptr<HttpsServer>(new HttpsServer(std::move(impl)));
}

HttpsServer::~HttpsServer() {
  impl_->server.stop();
  impl_->thread.join();
}

int HttpsServer::port() const { return impl_->port; }

struct AdminServer::Impl {
  httplib::Server server;
  std::string path;
  std::thread thread;
};

AdminServer::AdminServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<AdminServer>> AdminServer::start(const std::string& socket_path,
                                                        std::function<api::Answer(const std::string& path)> answer) {
  auto impl = std::make_unique<Impl>();
  impl->path = socket_path;
  unlink(socket_path.c_str());  // the lock of the state folder says that nobody else has it
  impl->server.set_address_family(AF_UNIX);
  impl->server.new_task_queue = [] { return new BoundedTasks(2, 8); };
  impl->server.set_payload_max_length(0);
  impl->server.Get(".*", [answer = std::move(answer)](const httplib::Request& request, httplib::Response& response) {
    put(response, answer(request.path));
  });
  const mode_t before = umask(0177);
  const bool bound = impl->server.bind_to_port(socket_path.c_str(), 80);
  umask(before);
  if (!bound)
    return fail("socket_unusable", "cannot listen on " + socket_path + " (a path of at most 107 bytes in a folder of ours?)");
  impl->thread = std::thread([self = impl.get()] { self->server.listen_after_bind(); });
  while (!impl->server.is_running()) std::this_thread::yield();
  return std::unique_ptr<AdminServer>(new AdminServer(std::move(impl)));
}

AdminServer::~AdminServer() {
  impl_->server.stop();
  impl_->thread.join();
  unlink(impl_->path.c_str());
}

}  // namespace vitrine::hub
