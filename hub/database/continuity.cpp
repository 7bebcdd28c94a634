// SPDX-License-Identifier: Apache-2.0
// The order of writes: the file promises nothing that the database has not committed, and between the two a crash leaves a file
// that knows both stamps.
#include "hub/database/continuity.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/log.hpp"
#include "hub/database/authority.hpp"

namespace vitrine::hub::database {

namespace {

// Without the file nothing says which numbers a lost history used.
constexpr std::uint32_t eras_skipped = 100;

std::string path_in(const std::string& state_folder) { return state_folder + "/era"; }

std::string stamp_in(Connection& connection) {
  Statement row = connection.statement("stamp");
  return row.step() ? std::string(row.text_at(0)) : std::string();
}

std::uint64_t progress_in(Connection& connection) {
  Statement row = connection.statement("progress");
  return row.step() ? row.unsigned_at(0) : 0;
}

EraFile as_it_is(Connection& connection) {
  const std::string stamp = stamp_in(connection);
  return {SqlAuthority(connection).era(), stamp, stamp, progress_in(connection)};
}

// Why this database is not the one that the file knows; empty: it is.
std::string disagreement(const EraFile& database, const std::optional<EraFile>& file, std::uint64_t mark) {
  if (!file) return "there is no readable file `era` beside the database";
  if (database.era != file->era) return "the database is in era " + std::to_string(database.era.number) + ", the file in another";
  if (database.stamp != file->stamp && database.stamp != file->next_stamp) return "the database is from before the last start";
  if (database.progress < std::max(file->progress, mark)) return "the database has not got as far as the hub had";
  return {};
}

bool write_synced(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  return ::close(file) == 0 && written;
}

}  // namespace

std::optional<EraFile> read_era_file(const std::string& state_folder) {
  std::ifstream in(path_in(state_folder));
  EraFile file;
  if (!(in >> file.era.number >> file.era.id) || file.era.number == 0 || !sync::is_hex_128(file.era.id)) return std::nullopt;
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    if (word == "stamp") words >> file.stamp >> file.next_stamp;
    if (word == "progress") words >> file.progress;
  }
  return file;
}

std::optional<Error> write_era_file(const std::string& state_folder, const EraFile& file) {
  const std::string path = path_in(state_folder);
  std::string text = std::to_string(file.era.number) + " " + file.era.id + "\n";
  if (!file.stamp.empty() || !file.next_stamp.empty()) text += "stamp " + file.stamp + " " + file.next_stamp + "\n";
  text += "progress " + std::to_string(file.progress) + "\n";
  if (!write_synced(path + ".new", text) || std::rename((path + ".new").c_str(), path.c_str()) != 0) {
    return Error{"state_unusable", "cannot write " + path + ": " + std::strerror(errno)};
  }
  const int folder = ::open(state_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return std::nullopt;
}

std::optional<Error> check_continuity(Connection& connection, const std::string& state_folder, const sync::ends::Chance& chance,
                                      UtcMs now, bool others_serve) {
  // Before the database: a hub that runs beside us commits first and then writes the file.
  const std::optional<EraFile> file = read_era_file(state_folder);
  const std::uint64_t mark = read_progress_mark(state_folder);
  connection.begin_write();
  SqlAuthority authority(connection);
  const EraFile database = as_it_is(connection);
  std::string why;
  std::uint32_t number = database.era.number;
  if (number == 0) {
    why = file ? "the database is new, and this hub had been in era " + std::to_string(file->era.number) : "first";
    number = file ? file->era.number + 1 : 1;
  } else {
    why = disagreement(database, file, mark);
    number = std::max(number, file ? file->era.number : number + eras_skipped - 1) + 1;
  }
  if (!why.empty() && others_serve) {
    connection.rollback();
    if (auto failed = connection.take_failure()) return failed;
    return Error{"state_foreign", "a hub serves this database from another state folder (" + why + "): use that hub's config"};
  }
  if (!why.empty()) {
    if (file && number > 1) authority.add_era({file->era, now, "named by the file", true, {}});
    authority.add_era({{number, chance.hex_128()}, now, why, false, {}});
  }
  const EraFile after = as_it_is(connection);
  if (auto failed = connection.commit()) return failed;
  if (why.empty()) return std::nullopt;
  if (number > 1) {
    log::error("a new era begins: this database does not go on from where the hub was; stores send again what they have kept",
               {{"era", std::to_string(number)}, {"why", why}});
  }
  return write_era_file(state_folder, after);
}

ProgressMark::ProgressMark(const std::string& state_folder)
    : file_(::open((state_folder + "/progress").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)) {}

ProgressMark::~ProgressMark() {
  if (file_ >= 0) ::close(file_);
}

void ProgressMark::put(std::uint64_t progress) const {
  if (file_ < 0) return;
  std::string text = std::to_string(progress);
  text.insert(0, 20 - std::min<std::size_t>(text.size(), 20), '0');  // always as long, so that none of an older one is left
  text += '\n';
  [[maybe_unused]] const ssize_t written = ::pwrite(file_, text.data(), text.size(), 0);
}

std::uint64_t read_progress_mark(const std::string& state_folder) {
  std::ifstream in(state_folder + "/progress");
  std::uint64_t progress = 0;
  return in >> progress ? progress : 0;
}

std::optional<Error> renew_stamp(Connection& connection, const std::string& state_folder, const sync::ends::Chance& chance) {
  const std::string next = chance.hex_128();
  connection.begin_read();
  EraFile file = as_it_is(connection);
  if (auto failed = connection.commit()) return failed;
  file.next_stamp = next;
  if (file.stamp.empty()) file.stamp = next;
  if (auto failed = write_era_file(state_folder, file)) return failed;
  connection.begin_write();
  connection.statement("put_stamp").text(next).run();
  connection.statement("forget_tokens").run();
  file = as_it_is(connection);
  if (auto failed = connection.commit()) return failed;
  return write_era_file(state_folder, file);
}

std::optional<Error> note_progress(Connection& connection, const std::string& state_folder) {
  connection.begin_read();
  const EraFile file = as_it_is(connection);
  if (auto failed = connection.commit()) return failed;
  return write_era_file(state_folder, file);
}

}  // namespace vitrine::hub::database
