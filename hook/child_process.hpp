// SPDX-License-Identifier: Apache-2.0
// Starts a small program beside this one.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace vitrine::hook {

// `words`: the program's file and its arguments. It reads `input` (-1: nothing) and its output goes nowhere; signals that are
// blocked here are not blocked in it; it is the first of a process group, so that what it started ends with it:
// kill(-its id, SIGKILL). Whoever starts it waits for it. 0: it cannot be started.
pid_t start_child(std::vector<std::string> words, int input = -1);

}  // namespace vitrine::hook
