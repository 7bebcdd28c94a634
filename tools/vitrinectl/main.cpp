// SPDX-License-Identifier: Apache-2.0
// vitrinectl: the clock and the standard streams around command_line.cpp.
#include <sys/stat.h>

#include <chrono>
#include <iostream>

#include "tools/vitrinectl/command.hpp"

int main(int count, char** arguments) {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  umask(0077);
  const vitrine::Now now{
      vitrine::UtcMs{duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()},
      vitrine::MonoMs{duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count()}};
  return vitrine::ctl::run({arguments + 1, arguments + count}, now, std::cout, std::cerr);
}
