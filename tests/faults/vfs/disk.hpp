// SPDX-License-Identifier: Apache-2.0
// Disks in memory under SQLite, for tests that take the power away. A disk remembers what was written and not yet synced, so a
// power cut can drop or tear it; calls can be made to fail or to be the last one; bits can be flipped; a whole disk can be
// copied. Nothing here asks the machine anything: the same calls and the same numbers give the same bytes.
//
// A file of a disk is opened by its path(), through SQLite as always; every other path goes to the system's own files. One disk
// belongs to one thread at a time; different threads may use different disks.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::faults {

struct File;  // files.hpp

// What SQLite asks of a disk, for counting and for picking the call that fails.
enum class Call : std::uint32_t {
  open = 1,  // a file that is created
  read = 2,
  write = 4,
  sync = 8,
  truncate = 16,
  remove = 32,
  lock = 64,  // file locks and the shared index of the log; never fail, only counted
};
using Calls = std::uint32_t;
constexpr Calls operator|(Call a, Call b) { return static_cast<Calls>(a) | static_cast<Calls>(b); }
constexpr Calls operator|(Calls a, Call b) { return a | static_cast<Calls>(b); }
// The calls after which a disk is another than before.
inline constexpr Calls changing = Call::open | Call::write | Call::sync | Call::truncate | Call::remove;

struct Fault {
  enum class What {
    none,
    power,  // the call is the last one: a write may be on the disk, a sync is not done, and every later call fails
    full,   // "no space left": of writes, and of what creates a file; other calls fail as with io_error
    io_error,
  };
  What what = What::none;
  std::uint64_t at = 1;  // the n-th of the counted calls from now on
  Calls calls = changing;
  bool forever = false;  // every counted call from there on
};

// What becomes of that which was written and not synced.
struct PowerCut {
  enum class Keep {
    nothing,  // the disk as it was at the last syncs
    mix,      // by the seed, each sector: old, new, something between, or torn in the middle
    all,      // the process died and the machine did not
  };
  Keep keep = Keep::mix;
  std::uint32_t sector = 512;
  std::uint64_t seed = 0;
};

struct CallCounts {
  std::uint64_t opens = 0, reads = 0, writes = 0, syncs = 0, truncates = 0, removes = 0, locks = 0;
};

class Disk {
 public:
  Disk();
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  // What to open as file `name` of this disk.
  [[nodiscard]] std::string path(std::string_view name) const;

  // From now on; replaces the fault before. Fault{} takes it away.
  void plan(const Fault& fault);
  // The planned fault has happened.
  [[nodiscard]] bool struck() const { return struck_; }
  // The power is off: each call fails until power_cut() brings it back.
  [[nodiscard]] bool dark() const { return dark_; }
  // Counted since plan(): how many calls of the kinds of the fault there were.
  [[nodiscard]] std::uint64_t counted() const { return counted_; }

  // The power goes (unless a fault took it already) and comes back. Files that are open now never work again: close them.
  void power_cut(const PowerCut& cut);
  // What a failed sync left behind is no longer in memory: reads see the disk itself from now on.
  void forget_unwritten();

  // Bytes that the files may have together; writes beyond are refused as on a full disk.
  void limit(std::uint64_t bytes) { limit_ = bytes; }
  [[nodiscard]] std::uint64_t used() const;

  // The same files, also what is not synced yet, on a disk of its own: a copy of the box, or a state to come back to.
  [[nodiscard]] std::unique_ptr<Disk> clone() const;
  // This disk becomes as `other` is now. Files that are open here never work again.
  void restore(const Disk& other);

  // Whole files, as they are read now. put() is as if synced.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::string contents(std::string_view name) const;
  void put(std::string_view name, std::string_view bytes);
  void remove(std::string_view name);
  // Turns one bit over, on the disk and in memory. False: the file has no such bit.
  bool flip(std::string_view name, std::uint64_t bit);

  [[nodiscard]] const CallCounts& counts() const { return counts_; }

  // Of the files: one call of SQLite. The answer is SQLite's code.
  int call(Call kind);
  std::shared_ptr<File> open(const std::string& name, bool create, bool& created);
  int remove_called(const std::string& name, bool synced);
  void sync_names();
  [[nodiscard]] std::uint64_t generation() const { return generation_; }
  [[nodiscard]] bool room_for(std::uint64_t more) const { return limit_ == 0 || used() + more <= limit_; }

 private:
  std::uint64_t number_;
  std::map<std::string, std::shared_ptr<File>, std::less<>> files_;
  std::map<std::string, std::shared_ptr<File>, std::less<>> removed_;  // and the directory not synced since
  Fault fault_;
  std::uint64_t counted_ = 0;
  bool struck_ = false;
  bool dark_ = false;
  std::uint64_t generation_ = 1;
  std::uint64_t limit_ = 0;
  CallCounts counts_;
};

// Puts the disks under SQLite, once for the process; a Disk does it by itself.
void mount_disks();
// From here on SQLite draws the same numbers in every run: randomblob(), and the salts of logs. Of the whole process.
void seed_sqlite(std::uint32_t seed);

}  // namespace vitrine::faults
