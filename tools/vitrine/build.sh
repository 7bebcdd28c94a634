# SPDX-License-Identifier: Apache-2.0
# Configures and builds by the presets of CMakePresets.json; `VITRINE_JOBS` limits how many compilers run at once.
JOBS="${VITRINE_JOBS:-$(nproc)}"

# build_preset <preset> [ninja targets…]. TESTED_ELSEWHERE: folders of tests/ that another build makes and runs. TOGETHER=ON: the
# preset dev compiles several sources at a time, as the others do; without, it is quick after each change.
build_preset() {
  local preset="$1" options=("-DVITRINE_TESTED_ELSEWHERE=${TESTED_ELSEWHERE:-}")
  shift
  [ "$preset" != dev ] || options+=("-DVITRINE_UNITY=${TOGETHER:-OFF}")
  # A broken CMake cache (moved tree, other compiler) is told apart from a broken build: configure again from nothing.
  if ! cmake --preset "$preset" "${options[@]}" >"build/$preset.configure.log" 2>&1; then
    cmake --fresh --preset "$preset" "${options[@]}" >"build/$preset.configure.log" 2>&1 || {
      cat "build/$preset.configure.log"
      return 1
    }
  fi
  ninja -C "build/$preset" -j "$JOBS" "$@"
}

build_release() {
  mkdir -p build
  say "building (release; ccache makes the next time quick)"
  build_preset release programs
}

command_build() {
  local preset=release
  case "${1:-}" in
    "") ;;
    --debug) preset=dev ;;
    *) refuse "build: no option \"$1\"; only --debug" ;;
  esac
  install_packages build
  mkdir -p build
  if [ "$preset" = dev ]; then
    install_packages run test
    build_preset dev
  else
    build_release
  fi
}

# Written in place: only files that git knows.
command_format() {
  install_packages test
  git ls-files -z '*.cpp' '*.hpp' | xargs -0 -r -n 20 -P "$JOBS" clang-format-19 -i
}
