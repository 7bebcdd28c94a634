// SPDX-License-Identifier: Apache-2.0
// Looks into the memory of a running program, for what should not be there any more.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>

namespace vitrine::kiosk {

// How often these bytes stand in what it can write to.
std::size_t copies_in_memory(pid_t program, const std::string& bytes);

}  // namespace vitrine::kiosk
