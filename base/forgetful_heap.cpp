// SPDX-License-Identifier: Apache-2.0
// What a program frees is overwritten first, whoever frees it: search words and scanned codes pass through HTTP, JSON, SQLite,
// ICU and the C library, and none of their copies outlives its use. Part of a program, not of the library: edge and kiosk have
// it. In builds whose sanitizer owns the heap, it stays the sanitizer's.
#include <malloc.h>
#include <string.h>

#include <algorithm>
#include <cstddef>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define VITRINE_HEAP_IS_WATCHED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define VITRINE_HEAP_IS_WATCHED
#endif
#endif

#ifndef VITRINE_HEAP_IS_WATCHED

namespace {

// A large block is a mapping of its own: it goes back to the kernel as it is freed, and grows without being copied.
constexpr int large_bytes = 128 * 1024;
bool is_mapping(const void* memory) {
  return (static_cast<const std::size_t*>(memory)[-1] & 2U) != 0;  // the C library's mark, before the block
}

[[gnu::constructor]] void keep_large_blocks_apart() { mallopt(M_MMAP_THRESHOLD, large_bytes); }

}  // namespace

extern "C" {

void __libc_free(void* memory);
void* __libc_malloc(std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);

void free(void* memory) {
  if (memory == nullptr) return;
  if (!is_mapping(memory)) explicit_bzero(memory, malloc_usable_size(memory));
  __libc_free(memory);
}

// In place where there is room: a longer text may otherwise move, and leave itself behind.
void* realloc(void* memory, std::size_t size) {
  if (memory == nullptr) return __libc_malloc(size);
  if (is_mapping(memory)) return __libc_realloc(memory, size);
  const std::size_t room = malloc_usable_size(memory);
  if (size != 0 && size <= room && size >= room / 2) return memory;
  void* other = size == 0 ? nullptr : __libc_malloc(size);
  if (other == nullptr && size != 0) return nullptr;
  if (other != nullptr) memcpy(other, memory, std::min(size, room));
  free(memory);
  return other;
}

}  // extern "C"

#endif
