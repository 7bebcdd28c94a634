# SPDX-License-Identifier: Apache-2.0
"""docs/PLATFORM.md as a stranger types it: its shell commands, in one shell, against a real hub; every answer by the document.

    python3 platform_test.py --hub build/hub/vitrine-hub
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
from hub_rig import HubRig  # noqa: E402

DOCUMENT = yaml.safe_load((ROOT / "docs/openapi-hub.yaml").read_text())


def commands():
    """The ```sh blocks, one after the other."""
    return re.findall(r"^```sh\n(.*?)^```", (ROOT / "docs/PLATFORM.md").read_text(), re.S | re.M)


def validate(name, value):
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(schema).validate(value)


def calls_in(blocks):
    return sum(len(re.findall(r'^(?:key=\S+ )?push "', block, re.M)) for block in blocks)


def run(hub, program):
    """Each answer on a line of its own, as the commands of the document printed them."""
    blocks = commands()
    script = "set -euo pipefail\n" + "\n".join(blocks).replace("--config hub.toml", f"--config {hub.folder}/hub.toml")
    script = script.replace("curl --silent", "curl --write-out '\\n' --silent")
    environment = {**os.environ, "PATH": f"{pathlib.Path(program).resolve().parent}:{os.environ['PATH']}", "ca": hub.ca,
                   "hub": hub.url.rstrip("/"), "no_proxy": "*"}
    done = subprocess.run(["bash", "-c", script], text=True, capture_output=True, env=environment)
    assert done.returncode == 0, f"{done.returncode}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}"
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(answers) == calls_in(blocks), f"{len(answers)} answers\n{done.stdout}"
    return answers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hub", required=True)
    arguments = parser.parse_args()
    with HubRig(arguments.hub, ROOT) as hub:
        # The document's examples name the department and the store of a small shop.
        tables = hub.folder / "small"
        tables.mkdir()
        (tables / "departments.csv").write_text("department,name_en,name_de,pictogram,tile\nkitchen,Kitchen,,mug,mint\n")
        (tables / "customers.csv").write_text("customer,first_name,initial,language,country,phone_last2\n17850,Amelia,R,en,GB,81\n")
        hub.run("import", str(tables))
        answers = run(hub, arguments.hub)
        products, prices, stock, placed, paid, read, cancelled, refunded, page, told, cases, offered, offers, reserved, erased = answers
        shown = re.search(r'^\{"accepted".*$', (ROOT / "docs/PLATFORM.md").read_text(), re.M).group()
        assert products == json.loads(shown), f"the document shows another answer than {products}"
        for rows in (products, prices, stock, placed):
            validate("RowsTaken", rows)
        for rows in (told, offered):
            validate("RowsTaken", rows)
            assert rows["accepted"] == 1, rows
        for documents, mark in ((cases, "C-88"), (offers, "NBA-7")):
            assert mark in json.dumps(documents), documents
        for rows in (prices, stock, placed):
            assert rows["accepted"] == rows["changed"] == 1, rows
        for order, state, money in ((paid, "placed", "paid"), (read, "placed", "paid"), (cancelled, "cancelled", "refund_due"),
                                    (refunded, "cancelled", "refunded")):
            validate("PlatformOrder", order)
            assert (order["state"], order["payment"]) == (state, money), order
        assert any(order["order"] == "W-1001" for order in page["orders"]), page
        validate("Reservation", reserved)
        validate("ErasureDone", erased)
        assert not erased["repeated"], erased
        assert [line["state"] for line in reserved["lines"]] == ["pending"], reserved
        for order in page["orders"]:
            validate("PlatformOrder", order)
        log = hub.log()
        assert "vtp_" not in log, "a credential is in the log"
    print(f"{len(answers)} calls of docs/PLATFORM.md were answered as it says")


if __name__ == "__main__":
    main()
