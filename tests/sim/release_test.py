# SPDX-License-Identifier: Apache-2.0
"""release_test.py <vitrine-sim> <program>…: the simulator holds the names of the planted bugs and their switch; what shops run holds neither."""
import pathlib
import subprocess
import sys

SWITCH = b"planted_bug"


def main():
    simulator, programs = sys.argv[1], sys.argv[2:]
    names = [name.encode() for name in subprocess.run([simulator, "--bugs"], capture_output=True, check=True).stdout.decode().split()]
    assert len(names) >= 30, f"only {len(names)} planted bugs"
    found = pathlib.Path(simulator).read_bytes()
    missing = [name for name in [SWITCH, *names] if name not in found]
    assert not missing, f"the simulator itself lacks {missing}: this test would find nothing"
    for program in programs:
        content = pathlib.Path(program).read_bytes()
        held = [name.decode() for name in [SWITCH, *names] if name in content or b"vitrine_" + name in content]
        assert not held, f"{program} holds {held}"
        print(f"{pathlib.Path(program).name}: none of {len(names)} planted bugs, no switch")


if __name__ == "__main__":
    main()
