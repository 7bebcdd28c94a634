# SPDX-License-Identifier: Apache-2.0
"""Reads `ctest --show-only=json-v1` and prints the build targets of the tests in it: a test program is named as its target."""
import json
import os
import sys

tests = json.load(sys.stdin)["tests"]
names = {os.path.basename(test["command"][0]) for test in tests if test.get("command")}
print("\n".join(sorted(name for name in names if name.startswith("test_"))))
