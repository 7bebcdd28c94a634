// SPDX-License-Identifier: Apache-2.0
// See spare_memory.hpp.
#include "kiosk/io/spare_memory.hpp"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string_view>

namespace vitrine::kiosk {
namespace {

// Of a library's segments only those that nobody can have written to: they are the file's, and come back from it.
int give_back_code(dl_phdr_info* library, std::size_t, void*) {
  if (std::string_view(library->dlpi_name).find("/libLLVM") == std::string_view::npos) return 0;
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  for (int i = 0; i < library->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = library->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
    const std::uintptr_t from = (library->dlpi_addr + segment.p_vaddr + page - 1) / page * page;
    const std::uintptr_t to = (library->dlpi_addr + segment.p_vaddr + segment.p_memsz) / page * page;
    if (from < to) madvise(reinterpret_cast<void*>(from), to - from, MADV_DONTNEED);
  }
  return 0;
}

}  // namespace

void give_back_spare_memory() {
  dl_iterate_phdr(give_back_code, nullptr);
  malloc_trim(0);
}

}  // namespace vitrine::kiosk
