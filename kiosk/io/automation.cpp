// SPDX-License-Identifier: Apache-2.0
// The socket to look through; see automation.hpp.
#include "kiosk/io/automation.hpp"

#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "kiosk/io/own_figures.hpp"
#include "kiosk/io/picture_file.hpp"

namespace vitrine::kiosk {
namespace {

using nlohmann::json;

constexpr std::size_t clients_most = 8;
constexpr std::size_t line_most = 4096;
constexpr std::chrono::seconds picture_patience{5};

struct Client {
  Descriptor socket;
  std::string line;
};

const char* name_of(Role role) {
  switch (role) {
    case Role::heading:
      return "heading";
    case Role::text:
      return "text";
    case Role::status:
      return "status";
    case Role::button:
      return "button";
    case Role::image:
      return "image";
    case Role::list:
      return "list";
    case Role::dialog:
      return "dialog";
    case Role::field:
      return "field";
    case Role::timer:
      return "timer";
  }
  return "";
}

std::string written(const json& document) { return document.dump(-1, ' ', false, json::error_handler_t::replace) + "\n"; }

std::string error(const std::string& why) { return written({{"error", why}}); }

json summary(const Measured& measured) {
  return {{"count", measured.count()},
          {"p50", measured.percentile(0.5)},
          {"p99", measured.percentile(0.99)},
          {"most", measured.percentile(1)},
          {"last", measured.values()}};
}

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// The client reads or it is left: an answer is not waited for longer than a second.
bool send_all(int socket, const std::string& text) {
  std::size_t sent = 0;
  while (sent < text.size()) {
    pollfd wait{.fd = socket, .events = POLLOUT, .revents = 0};
    if (::poll(&wait, 1, 1000) <= 0) return false;
    const ssize_t count = ::send(socket, text.data() + sent, text.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count <= 0) return false;
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<Automation>> Automation::open(const std::string& socket, std::function<void()> wake) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.size() >= sizeof address.sun_path)
    return fail("automation_socket", "the path is too long for a Unix socket: " + socket);
  std::memcpy(address.sun_path, socket.c_str(), socket.size() + 1);
  Descriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  ::unlink(socket.c_str());
  const mode_t before = umask(0177);
  const bool bound = listener && ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  umask(before);
  if (!bound || ::listen(listener.get(), clients_most) != 0) {
    return fail("automation_socket", "cannot listen on " + socket + ": " + std::strerror(errno));
  }
  return std::unique_ptr<Automation>(new Automation(socket, std::move(listener), std::move(wake)));
}

Automation::Automation(std::string socket, Descriptor listener, std::function<void()> wake)
    : socket_(std::move(socket)), listener_(std::move(listener)), wake_window_(std::move(wake)), thread_([this] { run(); }) {}

Automation::~Automation() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  pictured_.notify_all();
  wake_.wake();
  thread_.join();
  ::unlink(socket_.c_str());
}

void Automation::show(std::uint64_t frame, const SemanticTree& tree, const Statistics& statistics) {
  const std::lock_guard lock(mutex_);
  frame_ = frame;
  tree_ = std::make_unique<SemanticTree>(tree);  // the one before goes wholly
  statistics_ = statistics;
}

bool Automation::wants_picture() {
  const std::lock_guard lock(mutex_);
  return std::exchange(picture_wanted_, false);
}

void Automation::give_picture(Picture picture) {
  {
    const std::lock_guard lock(mutex_);
    picture_ = std::move(picture);
  }
  pictured_.notify_all();
}

std::string Automation::answer_tree() {
  const std::lock_guard lock(mutex_);
  json nodes = json::array();
  for (const SemanticNode& node : tree_->nodes) {
    nodes.push_back({{"id", node.id},
                     {"role", name_of(node.role)},
                     {"label", node.label},
                     {"value", node.value},
                     {"spoken", node.spoken},
                     {"rect", {node.rect.x, node.rect.y, node.rect.width, node.rect.height}},
                     {"order", node.order},
                     {"interactive", node.interactive},
                     {"enabled", node.enabled},
                     {"focused", node.focused},
                     {"pressed", node.pressed},
                     {"selected", node.selected},
                     {"visible", node.visible}});
  }
  return written({{"tree",
                   {{"screen", tree_->screen},
                    {"language", tree_->language},
                    {"announcement", tree_->announcement},
                    {"frame", frame_},
                    {"nodes", nodes}}}});
}

std::string Automation::answer_statistics() {
  const std::lock_guard lock(mutex_);
  return written({{"statistics",
                   {{"frames", statistics_.frames},
                    {"frames_shown", statistics_.frames_shown},
                    {"build_ms", summary(statistics_.build)},
                    {"shown_ms", summary(statistics_.shown)},
                    {"share_drawn_percent", summary(statistics_.share_drawn)},
                    {"scan_to_answer_ms", summary(statistics_.scan_to_answer)},
                    {"scan_to_cart_ms", summary(statistics_.scan_to_cart)},
                    {"scan_to_customer_ms", summary(statistics_.scan_to_customer)},
                    {"memory_bytes", {{"now", memory_bytes("VmRSS")}, {"most", memory_bytes("VmHWM")}}},
                    {"cpu_s", cpu_seconds()}}}});
}

std::string Automation::answer_picture(const std::string& file) {
  std::unique_lock lock(mutex_);
  picture_.reset();
  picture_wanted_ = true;
  wake_window_();
  if (!pictured_.wait_for(lock, picture_patience, [&] { return stop_ || picture_; }) || !picture_)
    return error("no picture was drawn");
  const Picture picture = *std::exchange(picture_, std::nullopt);
  lock.unlock();
  if (auto done = write_picture(picture, file); !done) return error(done.error().message);
  return written({{"picture", file}});
}

std::string Automation::answer(const std::string& line) {
  const json asked = json::parse(line, nullptr, false);
  if (!asked.is_object() || !asked.contains("ask") || !asked["ask"].is_string()) return error("not a JSON object with \"ask\"");
  const auto& what = asked["ask"].get_ref<const std::string&>();
  if (what == "tree") return answer_tree();
  if (what == "statistics") return answer_statistics();
  if (what == "picture") {
    if (!asked.contains("file") || !asked["file"].is_string()) return error("\"file\" is missing");
    return answer_picture(asked["file"].get<std::string>());
  }
  return error("there is tree, statistics and picture");
}

void Automation::run() {
  std::vector<Client> clients;
  while (!stop_) {
    std::vector<pollfd> waits{{.fd = wake_.get(), .events = POLLIN, .revents = 0},
                              {.fd = listener_.get(), .events = POLLIN, .revents = 0}};
    for (const Client& client : clients) waits.push_back({.fd = client.socket.get(), .events = POLLIN, .revents = 0});
    if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) return;
    for (std::size_t i = 0; i + 2 < waits.size(); ++i) {
      if (waits[i + 2].revents == 0) continue;
      Client& client = clients[i];
      std::array<char, 4096> buffer{};
      const ssize_t count = ::recv(client.socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
      bool stays = count > 0;
      if (stays) client.line.append(buffer.data(), static_cast<std::size_t>(count));
      for (std::size_t end = 0; stays && (end = client.line.find('\n')) != std::string::npos;) {
        const std::string line = client.line.substr(0, end);
        client.line.erase(0, end + 1);
        stays = send_all(client.socket.get(), answer(line));
      }
      if (client.line.size() > line_most) stays = false;
      if (!stays) client.socket.close();
    }
    std::erase_if(clients, [](const Client& client) { return !client.socket; });
    if ((waits[1].revents & POLLIN) != 0) {
      Descriptor accepted(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (accepted && clients.size() < clients_most) clients.push_back({std::move(accepted), {}});
    }
  }
}

}  // namespace vitrine::kiosk
