# SPDX-License-Identifier: Apache-2.0
"""What ./vitrine installs: only what is missing, by the name that this release of Debian has. dpkg and apt are stood in for."""
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class InstallTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "packaging/packages").mkdir(parents=True)
        (self.folder / "bin").mkdir()

    def program(self, name, script):
        file = self.folder / "bin" / name
        file.write_text("#!/bin/sh\n" + script)
        file.chmod(0o755)

    def missing(self, listed, installed, known):
        (self.folder / "packaging/packages/build.txt").write_text(listed)
        self.program("dpkg-query", f"printf '{installed}'\n")
        self.program("apt-cache", "shift 2; for one in " + known + '; do [ "$one" = "$1" ] && exit 0; done; exit 100\n')
        script = f"set -euo pipefail; source {ROOT}/tools/vitrine/install.sh; missing_packages build"
        env = {**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}"}
        return subprocess.run(["bash", "-c", script], cwd=self.folder, env=env, capture_output=True, text=True, check=True).stdout.split()

    def test_what_is_installed_is_not_missing(self):
        self.assertEqual(self.missing("cmake\nninja-build # quick\n\n", "installed cmake \\ninstalled ninja-build \\n", ""), [])

    def test_removed_packages_whose_settings_stay_are_missing(self):
        self.assertEqual(self.missing("cmake\n", "config-files cmake \\n", "cmake"), ["cmake"])

    def test_part_of_a_name_is_no_name(self):
        self.assertEqual(self.missing("cmake\n", "installed cmake-data \\n", "cmake"), ["cmake"])

    def test_either_name_will_do_and_the_one_that_is_known_is_taken(self):
        self.assertEqual(self.missing("pkgconf | pkg-config\n", "installed pkg-config \\n", "pkgconf"), [])
        self.assertEqual(self.missing("libnew-dev | libold-dev\n", "", "libold-dev"), ["libold-dev"])
        self.assertEqual(self.missing("libnew-dev | libold-dev\n", "", "libold-dev libnew-dev"), ["libnew-dev"])

    def test_what_another_package_provides_is_there(self):
        self.assertEqual(self.missing("pkg-config\n", "installed pkgconf pkg-config, pkgconf-bin (= 1)\\n", "pkg-config"), [])

    def test_before_the_first_update_names_are_taken_as_they_stand(self):
        self.assertEqual(self.missing("libnew-dev | libold-dev\n", "", ""), ["libnew-dev"])


if __name__ == "__main__":
    unittest.main()
