# SPDX-License-Identifier: Apache-2.0
# ./vitrine test --fresh 12|13: a minimal Debian in a throw-away folder, the repository as committed cloned into it, and there both
# commands of README.md as a newcomer types them. Mounts and processes live in namespaces of their own and end with this script.
# VITRINE_FRESH_COMMANDS chooses among "run", "test" and "build" (all but build when unset).
set -euo pipefail
source tools/vitrine/say.sh
source tools/vitrine/install.sh

release="${1:-}"
case "$release" in
  12) suite=bookworm ;;
  13) suite=trixie ;;
  *) refuse "test --fresh: 12 or 13" ;;
esac
[ "$(id -u)" -eq 0 ] || refuse "test --fresh: needs root, for debootstrap and its mounts"

if [ -z "${VITRINE_FRESH_FOLDER:-}" ]; then
  # First time through: make the folder, then go on inside new namespaces, so that nothing is left mounted or running.
  install_packages fresh
  folder="$(mktemp -d /var/tmp/vitrine-fresh.XXXXXX)"
  chmod 755 "$folder"  # apt's own user reads what lies inside
  trap 'rm -rf --one-file-system "$folder"' EXIT
  VITRINE_FRESH_FOLDER="$folder" unshare --mount --pid --fork --kill-child bash tools/vitrine/fresh.sh "$release"
  exit
fi

folder="$VITRINE_FRESH_FOLDER"
mirror="$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)"
say "Debian $release ($suite) into $folder"
debootstrap --variant=minbase "$suite" "$folder" "$mirror" >"$folder.log" 2>&1 || {
  tail -n 20 "$folder.log"
  exit 1
}
rm -f "$folder.log"
mount -t proc proc "$folder/proc"
mount -t sysfs -o ro sysfs "$folder/sys"
mount -t tmpfs -o size=1g tmpfs "$folder/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$folder/dev/pts"
mount -t tmpfs tmpfs "$folder/tmp"
cp /etc/resolv.conf "$folder/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d"
chmod +x "$folder/usr/sbin/policy-rc.d"
# The proxy that this machine goes through, if any.
apt-config dump Acquire::http::Proxy | grep . >"$folder/etc/apt/apt.conf.d/90proxy" || rm -f "$folder/etc/apt/apt.conf.d/90proxy"
git clone -q --no-local "file://$PWD" "$folder/root/vitrine"

inside() { chroot "$folder" env -i HOME=/root TERM=dumb LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "VITRINE_JOBS=${VITRINE_JOBS:-$(nproc)}" bash -c "cd; cd vitrine || exit
$1"; }

for command in ${VITRINE_FRESH_COMMANDS:-run test}; do
  say "./vitrine $command on a fresh Debian $release"
  case "$command" in
    run)
      # Until all of it is well, then Ctrl-C.
      inside './vitrine run & runner=$!
        while kill -0 $runner 2>/dev/null && ! ./vitrine status >/dev/null 2>&1; do sleep 2; done
        ./vitrine status || { echo "the shop did not come up"; exit 1; }
        kill -INT $runner; wait $runner'
      ;;
    *) inside "./vitrine $command" ;;
  esac
done
say "fresh Debian $release: all well"
