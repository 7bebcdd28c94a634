# SPDX-License-Identifier: Apache-2.0
# What the command says while it works: steps, refusals, and how long each step took.
PARTS=()         # "seconds name result" of each finished part
FAILED_PARTS=()  # names

say() { printf '== %s\n' "$*"; }
refuse() {
  printf 'vitrine: %s\n' "$*" >&2
  exit 2
}

# part <name> <command…>: runs it, notes the time and whether it failed, and goes on: one run shows all that is wrong.
# The command runs in a shell of its own, because `set -e` sleeps inside a condition.
part() {
  local name="$1" began=$SECONDS result=ok
  shift
  say "$name"
  set +e
  (
    set -e
    "$@"
  )
  local code=$?
  set -e
  if [ $code -ne 0 ]; then
    result=FAILED
    FAILED_PARTS+=("$name")
    say "$name: FAILED"
  fi
  PARTS+=("$((SECONDS - began)) $name: $result")
}

print_parts() {
  say "seconds of each part"
  local line
  for line in "${PARTS[@]}"; do printf '%6s  %s\n' "${line%% *}" "${line#* }"; done
}
