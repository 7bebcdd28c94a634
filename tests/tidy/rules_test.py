# SPDX-License-Identifier: Apache-2.0
"""Each rule is shown a tree with one violation, and must name it, and the same tree without, and must be silent."""
import unittest

import docs
import files
import includes
from check import RULES
from tree import Tree

HEAD = "// SPDX-License-Identifier: Apache-2.0\n// Carts as the hub minted them.\n"
LATER = "TO" + "DO"

# rule → [(a tree that keeps the rule, what breaks it, words of the report)]
CASES = {
    includes.folders_may_see: [
        ({"base/a.hpp": HEAD, "sync/model/m.hpp": HEAD, "sync/rules/r.hpp": HEAD + '#include "sync/model/m.hpp"\n'},
         {"sync/model/m.hpp": HEAD + '#include "sync/rules/r.hpp"\n'}, 'sync/model may not include "sync/rules/r.hpp"'),
        ({"hub/h.hpp": HEAD, "edge/e.hpp": HEAD}, {"edge/e.cpp": HEAD + '#include "hub/h.hpp"\n'}, 'edge may not include "hub/h.hpp"'),
        ({"edge/e.hpp": HEAD}, {"edge/e.cpp": HEAD + '#include "e.hpp"\n'}, '"e.hpp" is no file'),
        ({"base/a.hpp": HEAD}, {"attic/a.cpp": HEAD}, "does not know"),
    ],
    includes.only_main_includes_io: [
        ({"edge/io/clock.hpp": HEAD, "edge/io/clock.cpp": HEAD + '#include "edge/io/clock.hpp"\n', "edge/main.cpp": HEAD + '#include "edge/io/clock.hpp"\n'},
         {"edge/daemon/loop.cpp": HEAD + '#include "edge/io/clock.hpp"\n'}, "only a main.cpp includes an io folder"),
        ({"link/l.hpp": HEAD, "hub/io/m.cpp": HEAD + '#include "link/l.hpp"\n'}, {"hub/api/a.cpp": HEAD + '#include "link/l.hpp"\n'}, "include link"),
    ],
    includes.libraries_stay_where_they_are: [
        ({"base/log.cpp": HEAD + "#include <fmt/core.h>\n#include <sys/stat.h>\n#include <vector>\n"},
         {"base/log.hpp": HEAD + "#include <fmt/core.h>\n"}, "<fmt/core.h> is not included here"),
        ({"base/log.cpp": HEAD}, {"base/log.cpp": HEAD + "#include <boost/any.hpp>\n"}, "no library of the house"),
    ],
    includes.sync_asks_nothing: [
        ({"sync/rules/r.cpp": HEAD + "#include <map>\n"}, {"sync/rules/r.cpp": HEAD + "#include <chrono>\n"}, "sync does without <chrono>"),
        ({"sync/rules/r.cpp": HEAD}, {"sync/rules/r.cpp": HEAD + "  randombytes_buf(at, 4);\n"}, "sync does without randombytes_buf"),
    ],
    files.starts_with_licence_and_purpose: [
        ({"base/a.cpp": HEAD}, {"base/a.cpp": "// Carts.\n"}, "does not start with SPDX"),
        ({"base/a.cpp": HEAD}, {"base/a.cpp": "// SPDX-License-Identifier: Apache-2.0\n#pragma once\n"}, "does not say what the file is for"),
        ({"tools/t.py": '# SPDX-License-Identifier: Apache-2.0\n"""Makes certificates."""\n'}, {"tools/t.py": '# SPDX-License-Identifier: Apache-2.0\nimport os\n'},
         "does not say what the file is for"),
    ],
    files.is_not_too_long: [({"base/a.cpp": HEAD + "int i;\n" * 498}, {"base/a.cpp": HEAD + "int i;\n" * 499}, "501 lines"),
                            ({"tests/a_test.cpp": HEAD + "int i;\n" * 598}, {"tests/a_test.cpp": HEAD + "int i;\n" * 599}, "601 lines")],
    files.has_a_name_that_says_something: [
        ({"base/commons_list.cpp": HEAD}, {"base/string_util.cpp": HEAD}, "a name that fits anything"),
        ({"hub/a.cpp": HEAD + "class Streams {};\n"}, {"hub/a.cpp": HEAD + "class StreamManager {};\n"}, "StreamManager"),
        ({"hub/a.cpp": HEAD}, {"hub/CartView.cpp": HEAD}, "snake_case"),
    ],
    files.has_no_leftovers: [
        ({"hub/a.cpp": HEAD}, {"hub/a.cpp": HEAD + f"// {LATER}: later\n"}, "left for later"),
        ({"docs/A.md": "See /var/lib/vitrine-hub.\n"}, {"docs/A.md": "See /home/" "ann/vitrine.\n"}, "a path of one machine"),
        ({"docs/A.md": "From hub.example.\n"}, {"docs/A.md": "From deb." "debian.org.\n"}, "the host of a package source"),
        ({"docs/A.md": "ann@example.org\n"}, {"docs/A.md": "ann@" "shop.com\n"}, "somebody's address"),
    ],
    files.scripts_can_be_run: [({"vitrine": "#!/usr/bin/env bash\n"}, {"vitrine": "set -e\n"}, "no #! line")],
    docs.links_resolve: [
        ({"README.md": "[a](docs/A.md#two-words)\n", "docs/A.md": "# Two words\n[up](../README.md) [all](../docs)\n"}, {"README.md": "[a](docs/B.md)\n"}, "not there"),
        ({"README.md": "[a](#here)\n# Here\n"}, {"README.md": "[a](#there)\n# Here\n"}, "no such heading"),
    ],
    docs.commands_exist: [
        ({"vitrine": "  run)\n  stop | -h)\n", "tools/vitrine/help.txt": "./vitrine run ./vitrine stop\n", "README.md": "./vitrine run --fresh\n"},
         {"README.md": "./vitrine start\n"}, "./vitrine start: no such command"),
        ({"vitrine": "  run)\n", "tools/vitrine/help.txt": "./vitrine run\n"}, {"vitrine": "  run)\n  stop)\n"}, "./vitrine stop is not in the help"),
    ],
    docs.decisions_are_listed: [
        ({"docs/decisions/0001-a.md": "", "docs/decisions/README.md": "[0001](0001-a.md)"}, {"docs/decisions/0002-b.md": ""}, "not in docs/decisions/README.md"),
        ({"docs/decisions/0001-a.md": "", "docs/decisions/README.md": "0001-a.md 0001-b.md"}, {"docs/decisions/0001-b.md": ""}, "the number of"),
    ],
    docs.code_belongs_to_a_target: [
        ({"hub/CMakeLists.txt": "add_library(h a.cpp api/b.cpp)\n", "hub/a.cpp": HEAD, "hub/api/b.cpp": HEAD}, {"hub/api/a.cpp": HEAD}, "belongs to no target"),
        ({"hub/CMakeLists.txt": "add_library(h a.cpp)\n", "hub/a.cpp": HEAD}, {"hub/CMakeLists.txt": "# a.cpp\n"}, "belongs to no target"),
    ],
}


class Rules(unittest.TestCase):
    def test_every_rule_has_a_planted_violation(self):
        self.assertEqual(set(CASES), set(RULES))

    def test_violations_are_named_and_nothing_else_is(self):
        for rule, cases in CASES.items():
            for kept, broken, words in cases:
                with self.subTest(rule=rule.__name__, words=words):
                    self.assertEqual(rule(Tree(kept)), [])
                    found = rule(Tree({**kept, **broken}))
                    self.assertEqual(len(found), 1, [str(one) for one in found])
                    self.assertIn(words, str(found[0]))


if __name__ == "__main__":
    unittest.main()
