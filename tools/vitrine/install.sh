# SPDX-License-Identifier: Apache-2.0
# Installs what a command needs and the machine lacks, with apt, and says so first. Lists: packaging/packages/<purpose>.txt.

# The packages of the purposes that are missing, one per line. A line "a | b" is content with either; where none is installed,
# the first that this release of Debian has is taken.
missing_packages() {
  local installed purpose line name chosen
  installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' 2>/dev/null | sed -n 's/^installed //p' | tr ',\n' '  ') "
  for purpose in "$@"; do
    while IFS= read -r line; do
      line="${line%%#*}"
      [ -n "${line// /}" ] || continue
      chosen=
      for name in ${line//|/ }; do
        case "$installed" in *" $name "*) continue 2 ;; esac
      done
      # apt is asked only where there is a choice: each question takes it a second.
      case "$line" in
        *'|'*)
          for name in ${line//|/ }; do
            if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
              chosen="$name"
              break
            fi
          done
          ;;
      esac
      for name in $line; do break; done
      printf '%s\n' "${chosen:-$name}"
    done <"packaging/packages/$purpose.txt"
  done | sort -u
}

install_packages() {
  command -v apt-get >/dev/null || refuse "this is not Debian; install by hand what packaging/packages/ lists"
  local missing as_root=()
  missing="$(missing_packages "$@")"
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || refuse "missing, and neither root nor sudo to install them: ${missing//$'\n'/ }"
    as_root=(sudo)
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
  missing="$(missing_packages "$@")"  # names are known only now
  say "installing: ${missing//$'\n'/ }"
  case "$missing" in
    *mosquitto*) say "Debian starts a broker of its own with mosquitto, on 127.0.0.1:1883; Vitrine leaves it alone and runs a private one" ;;
  esac
  # Debian makes and starts a database with the server's package, unless it is told not to. Tests start servers of their own.
  local no_database=
  case "$missing" in
    *postgresql*)
      no_database=/etc/postgresql-common/createcluster.d/vitrine.conf
      "${as_root[@]}" mkdir -p "${no_database%/*}"
      echo "create_main_cluster = false" | "${as_root[@]}" tee "$no_database" >/dev/null
      ;;
  esac
  local installed=0
  # shellcheck disable=SC2086
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing || installed=$?
  [ -z "$no_database" ] || "${as_root[@]}" rm -f "$no_database"
  return $installed
}
