// SPDX-License-Identifier: Apache-2.0
// SQLite's side of the disks: a VFS that answers for their paths and hands every other path to the system's own.
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <mutex>
#include <new>
#include <optional>

#include <sqlite3.h>

#include "tests/faults/vfs/disk.hpp"
#include "tests/faults/vfs/files.hpp"
#include "tests/faults/vfs/registry.hpp"

namespace vitrine::faults {

namespace {

sqlite3_vfs* system_vfs = nullptr;

// An open file. Made by SQLite as raw memory; `pMethods` first.
struct Handle {
  sqlite3_file base;
  Disk* disk;
  std::shared_ptr<File>* file;
  std::string* name;
  std::uint64_t generation;
  int level;  // SQLITE_LOCK_…
  bool indexed;
  bool delete_on_close;

  [[nodiscard]] bool stale() const { return disk == nullptr || disk->generation() != generation; }
};

Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }

struct Place {
  Disk* disk = nullptr;
  std::string name;
};

std::optional<Place> place_of(const char* path) {
  if (path == nullptr) return std::nullopt;
  std::string_view text(path);
  if (!text.starts_with(path_prefix)) return std::nullopt;
  text.remove_prefix(path_prefix.size());
  Place place;
  std::uint64_t number = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (wrong != std::errc{}) return place;
  place.disk = disk_of(number);
  place.name = std::string(end + 1, text.data() + text.size());
  return place;
}

void unlock_all(Handle& handle) {
  File& file = **handle.file;
  if (handle.level >= SQLITE_LOCK_SHARED) --file.shared;
  for (const void** owner : {&file.reserved, &file.pending, &file.exclusive}) {
    if (*owner == &handle) *owner = nullptr;
  }
  handle.level = SQLITE_LOCK_NONE;
}

void leave_index(Handle& handle) {
  if (!handle.indexed) return;
  handle.indexed = false;
  SharedIndex& index = (*handle.file)->index;
  for (const void*& writer : index.writer) {
    if (writer == &handle) writer = nullptr;
  }
  if (--index.users == 0) index = SharedIndex{};
}

int close_file(sqlite3_file* base) {
  Handle& handle = handle_of(base);
  if (handle.file != nullptr) {
    leave_index(handle);
    unlock_all(handle);
    if (handle.delete_on_close && !handle.stale()) handle.disk->remove(*handle.name);
    delete handle.file;
    delete handle.name;
    handle.file = nullptr;
    handle.name = nullptr;
  }
  return SQLITE_OK;
}

int read_file(sqlite3_file* base, void* to, int amount, sqlite3_int64 offset) {
  Handle& handle = handle_of(base);
  if (handle.stale() || handle.disk->call(Call::read) != SQLITE_OK) return SQLITE_IOERR_READ;
  const std::string& bytes = (*handle.file)->bytes;
  const auto from = static_cast<std::uint64_t>(offset);
  const auto wanted = static_cast<std::uint64_t>(amount);
  const std::uint64_t there = from < bytes.size() ? std::min<std::uint64_t>(wanted, bytes.size() - from) : 0;
  if (there > 0) std::memcpy(to, bytes.data() + from, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(to) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* base, const void* from, int amount, sqlite3_int64 offset) {
  Handle& handle = handle_of(base);
  if (handle.stale()) return SQLITE_IOERR_WRITE;
  const bool dark = handle.disk->dark();
  const int answer = handle.disk->call(Call::write);
  File& file = **handle.file;
  const auto at = static_cast<std::uint64_t>(offset);
  const auto size = static_cast<std::uint64_t>(amount);
  if (answer == SQLITE_OK) {
    if (at + size > file.bytes.size() && !handle.disk->room_for(at + size - file.bytes.size())) return SQLITE_FULL;
  } else if (dark || !handle.disk->dark()) {
    return answer == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  }
  // Also the write with which the power goes: it is on its way to the disk.
  file.write(at, static_cast<const char*>(from), size);
  return answer == SQLITE_OK ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate_file(sqlite3_file* base, sqlite3_int64 size) {
  Handle& handle = handle_of(base);
  if (handle.stale()) return SQLITE_IOERR_TRUNCATE;
  const bool dark = handle.disk->dark();
  const int answer = handle.disk->call(Call::truncate);
  if (answer != SQLITE_OK && (dark || !handle.disk->dark())) return SQLITE_IOERR_TRUNCATE;
  (*handle.file)->truncate(static_cast<std::uint64_t>(size));
  return answer == SQLITE_OK ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync_file(sqlite3_file* base, int) {
  Handle& handle = handle_of(base);
  if (handle.stale()) return SQLITE_IOERR_FSYNC;
  const int answer = handle.disk->call(Call::sync);
  File& file = **handle.file;
  if (answer == SQLITE_OK) {
    // The first sync of a file is one of its directory too: SQLite does so for logs and journals, and file systems for the rest.
    if (!file.named) handle.disk->sync_names();
    file.sync();
    return SQLITE_OK;
  }
  if (!handle.disk->dark()) file.fail_sync();
  return SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
  Handle& handle = handle_of(base);
  if (handle.stale() || handle.disk->dark()) return SQLITE_IOERR_FSTAT;
  *size = static_cast<sqlite3_int64>((*handle.file)->bytes.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file* base, int level) {
  Handle& handle = handle_of(base);
  if (handle.stale() || handle.disk->call(Call::lock) != SQLITE_OK) return SQLITE_IOERR_LOCK;
  File& file = **handle.file;
  if (handle.level >= level) return SQLITE_OK;
  const auto free_for = [&handle](const void* owner) { return owner == nullptr || owner == &handle; };
  if (level == SQLITE_LOCK_SHARED) {
    if (!free_for(file.pending) || !free_for(file.exclusive)) return SQLITE_BUSY;
    ++file.shared;
  } else if (level == SQLITE_LOCK_RESERVED) {
    if (!free_for(file.reserved) || !free_for(file.pending)) return SQLITE_BUSY;
    file.reserved = &handle;
  } else {
    if (!free_for(file.reserved) || !free_for(file.pending) || !free_for(file.exclusive)) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE && file.shared > 1) {
      file.pending = &handle;
      handle.level = SQLITE_LOCK_PENDING;
      return SQLITE_BUSY;
    }
    (level == SQLITE_LOCK_EXCLUSIVE ? file.exclusive : file.pending) = &handle;
  }
  handle.level = level;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* base, int level) {
  Handle& handle = handle_of(base);
  if (handle.file == nullptr || handle.level <= level) return SQLITE_OK;
  unlock_all(handle);
  if (level == SQLITE_LOCK_SHARED) {
    ++(*handle.file)->shared;
    handle.level = level;
  }
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* base, int* answer) {
  const File& file = **handle_of(base).file;
  *answer = file.reserved != nullptr || file.pending != nullptr || file.exclusive != nullptr;
  return SQLITE_OK;
}

int control(sqlite3_file*, int operation, void* argument) {
  if (operation != SQLITE_FCNTL_LAST_ERRNO) return SQLITE_NOTFOUND;
  *static_cast<int*>(argument) = EIO;
  return SQLITE_OK;
}

int sector_size(sqlite3_file*) { return 4096; }
// As the system's own VFS on Linux: a torn write hurts no bytes beside it.
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int map_index(sqlite3_file* base, int region, int size, int extend, void volatile** out) {
  Handle& handle = handle_of(base);
  *out = nullptr;
  if (handle.stale() || handle.disk->call(Call::lock) != SQLITE_OK) return SQLITE_IOERR_SHMMAP;
  SharedIndex& index = (*handle.file)->index;
  if (!handle.indexed) {
    handle.indexed = true;
    ++index.users;
  }
  const auto wanted = static_cast<std::size_t>(region);
  if (static_cast<std::size_t>(size) != std::tuple_size_v<std::array<char, 32768>>) return SQLITE_IOERR_SHMSIZE;
  if (index.regions.size() <= wanted && extend == 0) return SQLITE_OK;
  while (index.regions.size() <= wanted) index.regions.push_back(std::make_unique<std::array<char, 32768>>());
  *out = index.regions[wanted]->data();
  return SQLITE_OK;
}

int lock_index(sqlite3_file* base, int first, int count, int flags) {
  Handle& handle = handle_of(base);
  const bool unlocking = (flags & SQLITE_SHM_UNLOCK) != 0;
  if (!unlocking && (handle.stale() || handle.disk->call(Call::lock) != SQLITE_OK)) return SQLITE_IOERR_SHMLOCK;
  SharedIndex& index = (*handle.file)->index;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  const auto begin = static_cast<std::size_t>(first);
  const auto end = begin + static_cast<std::size_t>(count);
  for (std::size_t i = begin; i < end && !unlocking; ++i) {
    if (index.writer[i] != nullptr && index.writer[i] != &handle) return SQLITE_BUSY;
    if (exclusive && index.readers[i] > 0) return SQLITE_BUSY;
  }
  for (std::size_t i = begin; i < end; ++i) {
    if (exclusive) {
      index.writer[i] = unlocking ? nullptr : &handle;
    } else {
      index.readers[i] += unlocking ? -1 : 1;
    }
  }
  return SQLITE_OK;
}

void index_barrier(sqlite3_file*) {}

int unmap_index(sqlite3_file* base, int) {
  leave_index(handle_of(base));
  return SQLITE_OK;
}

constexpr sqlite3_io_methods methods = {
    2,          close_file,    read_file,      write_file, truncate_file, sync_file,       file_size,
    lock_file,  unlock_file,   check_reserved, control,    sector_size,   characteristics, map_index,
    lock_index, index_barrier, unmap_index,    nullptr,    nullptr};

int open_path(sqlite3_vfs*, sqlite3_filename path, sqlite3_file* base, int flags, int* out_flags) {
  const auto place = place_of(path);
  if (!place) return system_vfs->xOpen(system_vfs, path, base, flags, out_flags);
  base->pMethods = nullptr;
  if (place->disk == nullptr) return SQLITE_CANTOPEN;
  bool created = false;
  auto file = place->disk->open(place->name, (flags & SQLITE_OPEN_CREATE) != 0, created);
  if (!file || place->disk->dark()) return SQLITE_CANTOPEN;
  Handle& handle = *new (base) Handle{};
  handle.base.pMethods = &methods;
  handle.disk = place->disk;
  handle.file = new std::shared_ptr<File>(std::move(file));
  handle.name = new std::string(place->name);
  handle.generation = place->disk->generation();
  handle.level = SQLITE_LOCK_NONE;
  handle.delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int delete_path(sqlite3_vfs*, const char* path, int sync_folder) {
  const auto place = place_of(path);
  if (!place) return system_vfs->xDelete(system_vfs, path, sync_folder);
  if (place->disk == nullptr) return SQLITE_IOERR_DELETE;
  return place->disk->remove_called(place->name, sync_folder != 0);
}

int access_path(sqlite3_vfs*, const char* path, int flags, int* answer) {
  const auto place = place_of(path);
  if (!place) return system_vfs->xAccess(system_vfs, path, flags, answer);
  if (place->disk == nullptr || place->disk->dark()) return SQLITE_IOERR_ACCESS;
  *answer = place->disk->has(place->name) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
  if (!place_of(path)) return system_vfs->xFullPathname(system_vfs, path, size, out);
  if (std::strlen(path) + 1 > static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
  std::memcpy(out, path, std::strlen(path) + 1);
  return SQLITE_OK;
}

// What no disk answers goes on to the system.
void* open_library(sqlite3_vfs*, const char* path) { return system_vfs->xDlOpen(system_vfs, path); }
void library_error(sqlite3_vfs*, int size, char* out) { system_vfs->xDlError(system_vfs, size, out); }
void (*library_symbol(sqlite3_vfs*, void* library, const char* symbol))(void) {
  return system_vfs->xDlSym(system_vfs, library, symbol);
}
void close_library(sqlite3_vfs*, void* library) { system_vfs->xDlClose(system_vfs, library); }
int random_bytes(sqlite3_vfs*, int size, char* out) { return system_vfs->xRandomness(system_vfs, size, out); }
int sleep_for(sqlite3_vfs*, int microseconds) { return microseconds; }  // who waits for a lock of this thread waits for ever
int current_time(sqlite3_vfs*, double* out) { return system_vfs->xCurrentTime(system_vfs, out); }
int last_error(sqlite3_vfs*, int size, char* out) { return system_vfs->xGetLastError(system_vfs, size, out); }
int current_time_64(sqlite3_vfs*, sqlite3_int64* out) { return system_vfs->xCurrentTimeInt64(system_vfs, out); }

}  // namespace

void mount_disks() {
  static std::once_flag once;
  std::call_once(once, [] {
    system_vfs = sqlite3_vfs_find(nullptr);
    static sqlite3_vfs vfs{};
    vfs.iVersion = 2;
    vfs.szOsFile = std::max<int>(system_vfs->szOsFile, static_cast<int>(sizeof(Handle)));
    vfs.mxPathname = system_vfs->mxPathname;
    vfs.zName = "vitrine-memory-disks";
    vfs.xOpen = open_path;
    vfs.xDelete = delete_path;
    vfs.xAccess = access_path;
    vfs.xFullPathname = full_path;
    vfs.xDlOpen = open_library;
    vfs.xDlError = library_error;
    vfs.xDlSym = library_symbol;
    vfs.xDlClose = close_library;
    vfs.xRandomness = random_bytes;
    vfs.xSleep = sleep_for;
    vfs.xCurrentTime = current_time;
    vfs.xGetLastError = last_error;
    vfs.xCurrentTimeInt64 = current_time_64;
    sqlite3_vfs_register(&vfs, 1);
  });
}

void seed_sqlite(std::uint32_t seed) {
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(seed), nullptr);
  sqlite3_randomness(0, nullptr);
}

}  // namespace vitrine::faults
