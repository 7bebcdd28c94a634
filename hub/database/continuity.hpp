// SPDX-License-Identifier: Apache-2.0
// Whether this database goes on from where the hub was, or is an older copy of it. The file `era` beside the database holds what
// the hub was in last; where file and database disagree, a new era begins and is said loudly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "hub/database/connection.hpp"
#include "sync/ends/chance.hpp"
#include "sync/model/version.hpp"

namespace vitrine::hub::database {

// What the file holds:
//   <era number> <era id>
//   stamp <as in the database> <the one that may just be replacing it, or the same>
//   progress <a sum of stream heads that the database had reached>
struct EraFile {
  sync::Era era;
  std::string stamp;
  std::string next_stamp;
  std::uint64_t progress = 0;
  bool operator==(const EraFile&) const = default;
};

// None: there is no such file, or it cannot be read.
std::optional<EraFile> read_era_file(const std::string& state_folder);
// On the disk when it answers. Errors: "state_unusable".
std::optional<Error> write_era_file(const std::string& state_folder, const EraFile& file);

// Opens the first era, or a higher one where the database cannot prove that it goes on: it is in another era than the file, has
// another stamp, or has not got as far; or there is no file. `others_serve`: another process has the database, so the file is not
// that hub's, and no era begins. Errors: the database's, "state_unusable", "state_foreign" (that).
std::optional<Error> check_continuity(Connection& connection, const std::string& state_folder, const sync::ends::Chance& chance,
                                      UtcMs now, bool others_serve = false);

// At each start and stop of the hub: from here on a copy of the database that was made before is known as such. No welcome
// outlives it, since a backup holds them too: each store greets before the hub takes anything from it, and shows what a hub that
// was set back with its era file cannot know.
std::optional<Error> renew_stamp(Connection& connection, const std::string& state_folder, const sync::ends::Chance& chance);

// The era and how far the database is, into the file. Every few seconds, and before anything leaves in a new era.
std::optional<Error> note_progress(Connection& connection, const std::string& state_folder);

// How far the database is, after every commit and without waiting for the disk: a killed process leaves it behind, so that a copy
// of some seconds ago is known as such. After a power cut it may be older, and the file `era` decides.
class ProgressMark {
 public:
  explicit ProgressMark(const std::string& state_folder);
  ~ProgressMark();
  ProgressMark(const ProgressMark&) = delete;
  ProgressMark& operator=(const ProgressMark&) = delete;

  // A mark that cannot be written is as good as none.
  void put(std::uint64_t progress) const;

 private:
  int file_;
};
// 0: there is none.
std::uint64_t read_progress_mark(const std::string& state_folder);

}  // namespace vitrine::hub::database
