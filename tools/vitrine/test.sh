# SPDX-License-Identifier: Apache-2.0
# ./vitrine test: cheap checks first, ctest last, so that its summary ends the output. With CI=true or --deep also the sanitizers
# and clang-tidy. Every part runs even when an earlier one failed.

check_format() {
  local bad=0 file
  while IFS= read -r -d '' file; do
    clang-format-19 "$file" | diff -u --label "$file" --label "$file (formatted)" "$file" - || bad=1
  done < <(git ls-files -z '*.cpp' '*.hpp')
  [ $bad -eq 0 ] || say "./vitrine format writes it that way"
  return $bad
}

check_rules() { python3 tests/tidy/check.py; }

# Sources for clang-tidy: all of sync, and what changed since the branch left its base (all when that is unknown).
tidy_sources() {
  local base
  if base="$(git merge-base HEAD HEAD~1 2>/dev/null)"; then
    {
      git ls-files 'sync/*.cpp'
      git diff --name-only --diff-filter=d "$base" -- '*.cpp'
    } | grep -v '^tests/' | sort -u
  else
    git ls-files '*.cpp' | grep -v '^tests/'
  fi
}

# Its own folder, so that a warning does not end the build of somebody who only wants to run it.
build_as_shipped() { build_preset shipped programs; }

# The other compiler, and no file that forgets an include.
build_by_gcc() { build_preset gcc programs; }

# Several at a time, as the build compiled them: tests/tidy/units.py.
check_clang_tidy() {
  rm -rf build/dev/tidy && mkdir -p build/dev/tidy
  tidy_sources | python3 -B tests/tidy/units.py build/dev/compile_commands.json build/dev/tidy |
    xargs -0 -r -n 1 -P "$JOBS" clang-tidy-19 -p build/dev/tidy --quiet --warnings-as-errors='*' 2>/dev/null
}

# sanitized <preset> <label…>: builds and runs only the tests that carry one of the labels.
sanitized() {
  local preset="$1"
  shift
  cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 || {
    cat "build/$preset.configure.log"
    return 1
  }
  ninja -C "build/$preset" -j "$JOBS" "${@/#/tests_}"
  run_ctest "$preset" -L "^($(IFS='|' && echo "$*"))\$" -E '^sim_(release_is_clean|ledger)$'
}

run_ctest() {
  local preset="$1" wrap=()
  shift
  # ThreadSanitizer wants the address space laid out as without randomisation.
  if [ "$preset" = tsan ] && setarch "$(uname -m)" -R true 2>/dev/null; then wrap=(setarch "$(uname -m)" -R); fi
  "${wrap[@]}" ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j "$JOBS" "$@"
}

# Schedules that nobody has run yet, for an hour or as long as VITRINE_DEEP_FOR says; what they came to is added up by commit.
simulated_long() {
  VITRINE_COMMIT="$(git describe --always --dirty --abbrev=12)" build/dev/tests/sim/vitrine-sim --jobs "$JOBS" \
    --for "${VITRINE_DEEP_FOR:-60m}" --ledger "${VITRINE_LEDGER:-build/sim-ledger.jsonl}"
}

# Each mistake that can be planted is found by the oracle or a comparison at the end; the table is what docs/TESTING.md shows.
planted_bugs() { build/dev/tests/sim/vitrine-sim --each-bug --schedules 20000 --jobs "$JOBS"; }

command_test() {
  local deep="${CI:-false}" fresh= arguments=()
  [ "$deep" = true ] || deep=false
  while [ $# -gt 0 ]; do
    case "$1" in
      --deep)
        deep=true
        export VITRINE_DEEP=1
        ;;
      --fresh)
        fresh="${2:-}"
        shift
        ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
  if [ -n "$fresh" ]; then
    exec bash tools/vitrine/fresh.sh "$fresh"
  fi
  mkdir -p build
  part "packages" install_packages build run test
  part "format" check_format
  part "rules of the tree" check_rules
  # What the sanitizers run is not built and run a second time without them.
  if $deep; then TESTED_ELSEWHERE="sync;edge;hub;link" TOGETHER=ON; fi
  part "build (debug)" build_preset dev
  if $deep; then
    part "clang-tidy" check_clang_tidy
    part "address and undefined-behaviour sanitizers" sanitized asan sync edge hub link sim
    part "thread sanitizer" sanitized tsan threads
  fi
  if [ -n "${VITRINE_DEEP:-}" ]; then
    part "build (release)" build_as_shipped
    part "build (release, g++)" build_by_gcc
    part "simulator, planted bugs" planted_bugs
    part "simulator, long" simulated_long
  fi
  # ctest's own summary is to be the end of the output, so what came before it is summed up first.
  print_parts
  [ ${#FAILED_PARTS[@]} -eq 0 ] || printf '== failed before the tests: %s\n' "${FAILED_PARTS[@]}"
  say "tests${TESTED_ELSEWHERE:+ (those of ${TESTED_ELSEWHERE//;/, } ran above, under the sanitizers)}"
  run_ctest dev "${arguments[@]}" || FAILED_PARTS+=(tests)
  [ ${#FAILED_PARTS[@]} -eq 0 ]
}
