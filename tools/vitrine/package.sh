# SPDX-License-Identifier: Apache-2.0
# ./vitrine package: Debian packages of what is committed, for the release of Debian that this is, into dist/.
command_package() {
  [ $# -eq 0 ] || refuse "package: takes no words"
  install_packages build package
  local version tag work
  version="$(sed -n 's/^project(vitrine VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)"
  # 0.1.0-1~deb12u1: one source, one build for each release of Debian.
  # shellcheck source=/dev/null
  tag="$(. /etc/os-release && printf '%s~%s%su1' "$version" "${ID:0:3}" "${VERSION_ID:-0}")"
  work=build/package
  rm -rf "$work"
  mkdir -p "$work/vitrine" dist
  git archive HEAD | tar -x -C "$work/vitrine"
  (
    cd "$work/vitrine"
    cp -r packaging/debian debian
    for program in hub edge kiosk; do
      cp "packaging/systemd/vitrine-$program.service" debian/
      cp "packaging/sysusers/vitrine-$program.conf" "debian/vitrine-$program.sysusers"
      [ ! -f "packaging/tmpfiles/vitrine-$program.conf" ] || cp "packaging/tmpfiles/vitrine-$program.conf" "debian/vitrine-$program.tmpfiles"
    done
    sed -e "s/@VERSION@/$tag/" -e "s/@DATE@/$(git -C "$ROOT" log -1 --format=%cD)/" debian/changelog.in >debian/changelog
    sed -i "s/@BUILD@/$(build_dependencies)/" debian/control
    rm debian/changelog.in
    DEB_BUILD_OPTIONS="parallel=$JOBS nocheck" dpkg-buildpackage -b -us -uc -rfakeroot
  )
  mv "$work"/*.deb dist/
  say "packages in dist/"
  (cd dist && ls -l ./*"$tag"*.deb)
}

# packaging/packages/build.txt as dpkg wants it: with commas.
build_dependencies() {
  sed -e 's/#.*//' -e '/^ *$/d' -e '/^build-essential\|^cmake\|^ninja\|^ccache\|^git$/d' packaging/packages/build.txt | paste -sd, | sed 's/,/, /g'
}
