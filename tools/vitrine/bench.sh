# SPDX-License-Identifier: Apache-2.0
# ./vitrine bench [name…]: builds the programs as shops run them and runs the benchmarks, or the named ones (tests/bench/bench.py).
command_bench() {
  install_packages build run test
  mkdir -p build
  cmake --preset bench >build/bench.configure.log 2>&1 || {
    cat build/bench.configure.log
    return 1
  }
  ninja -C build/bench -j "$JOBS" programs bench_tools
  python3 tests/bench/bench.py --json build/bench.json "$@"
}
