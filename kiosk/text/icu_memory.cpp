// SPDX-License-Identifier: Apache-2.0
// See icu_memory.hpp.
#include "kiosk/text/icu_memory.hpp"

#include <malloc.h>
#include <string.h>
#include <unicode/uclean.h>

#include <algorithm>
#include <cstdlib>

namespace vitrine::kiosk {
namespace {

void* allocate(const void*, std::size_t size) { return std::malloc(size); }

void release(const void*, void* memory) {
  if (memory == nullptr) return;
  explicit_bzero(memory, malloc_usable_size(memory));
  std::free(memory);
}

void* grow(const void*, void* memory, std::size_t size) {
  void* larger = std::malloc(size);
  if (larger == nullptr || memory == nullptr) return larger;
  memcpy(larger, memory, std::min(size, malloc_usable_size(memory)));
  release(nullptr, memory);
  return larger;
}

}  // namespace

bool overwrite_what_icu_frees() {
  UErrorCode status = U_ZERO_ERROR;
  u_setMemoryFunctions(nullptr, allocate, grow, release, &status);
  return U_SUCCESS(status) != 0;
}

}  // namespace vitrine::kiosk
