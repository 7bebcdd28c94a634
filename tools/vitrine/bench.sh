# SPDX-License-Identifier: Apache-2.0
# ./vitrine bench [name]: builds the benchmarks as shops run the programs and runs them, or the named one.
command_bench() {
  install_packages build run test
  mkdir -p build
  cmake --preset bench >build/bench.configure.log 2>&1 || {
    cat build/bench.configure.log
    return 1
  }
  ninja -C build/bench -j "$JOBS" programs tests/bench/all
  local program found=false
  for program in $(find build/bench/tests/bench -maxdepth 1 -type f -perm -u+x | sort); do
    if [ -n "${1:-}" ] && [ "$(basename "$program")" != "$1" ]; then continue; fi
    found=true
    say "$(basename "$program")"
    "$program"
  done
  $found || refuse "bench: no benchmark \"${1:-}\""
}
