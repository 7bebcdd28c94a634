# SPDX-License-Identifier: Apache-2.0
"""A client of both APIs that nobody wrote: openapi-typescript makes its types from the documents, a story in client/ is compiled against
them and played with a real hub and a real store, and every answer is held against the documents. A wrong field in a document is found.

    python3 generated_client_test.py --hub PROGRAM --edge PROGRAM --folder FOLDER    FOLDER: where the client is built
"""
import argparse
import csv
import gzip
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import time

from answers import IN_TRAFFIC, ROOT, Document

sys.path[:0] = [str(ROOT / "tests/e2e"), str(ROOT / "tools/vitrine")]
import hub_rig  # noqa: E402
import local_http  # noqa: E402

CLIENT, STORE, STAFF, COLLEAGUE, ORDER, PHONE = ROOT / "tests/docs/client", "harbour-street", "1001", "1002", "C-581234", "77"
APIS = ("edge", "hub")
# Fields that the story reads and sends: (after this, what stands in the edge's document, what is put in its place, what the compiler says then).
PLANTED = (("required: [products, total,", "total: {type: integer, minimum: 0,", "in_all: {type: integer, minimum: 0,", "'total' does not exist"),
           ("    CartAction:\n", "seen: {type: string, maxLength: 32,", "seen: {type: integer,", "type 'number'"))
PRODUCTS = 400
# Needs another store that has something, a picture at the hub, a line that stays open: shown in tests of their own.
IN_VAIN = {"POST /v1/carts/{id}/holds", "GET /v1/pictures/{picture}", "GET /v1/events"}

hub_rig.TABLES = ("stores", "departments")


def command(words, folder, what, **more):
    done = subprocess.run([str(word) for word in words], cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    assert done.returncode == 0, f"{what}: {done.returncode}\n{done.stdout[-3000:]}"
    return done.stdout


def install(folder):
    """What package-lock.json names, into the build folder; once, as long as it names the same."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "out", ignore_errors=True)
    for file in CLIENT.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    lock = (CLIENT / "package-lock.json").read_bytes()
    assert b"://" not in lock, "package-lock.json has addresses; docs/TESTING.md says how it is made without"
    named, done = hashlib.sha256(lock).hexdigest(), folder / "node_modules/of-lock"
    if done.exists() and done.read_text() == named:
        return
    command(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-timeout=60000", "--fetch-retries=1"], folder,
            "npm cannot install what tests/docs/client/package-lock.json names; it needs npm's registry once, and then no more")
    done.write_text(named)


def generate(folder, document, name):
    """<name>.d.ts from the document, by openapi-typescript. What has a default may be left out of a request."""
    command(["node_modules/.bin/openapi-typescript", document, "-o", f"{name}.d.ts", "--default-non-nullable", "false"], folder,
            f"no client can be made from {document}")


def compiled(folder):
    """What the compiler finds wrong; nothing when it is well."""
    done = subprocess.run(["node_modules/.bin/tsc", "--pretty", "false"], cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout if done.returncode else ""


def planted_fields_are_found(folder):
    """The story does not compile against a document that says something else."""
    document = (ROOT / "docs/openapi-edge.yaml").read_text()
    for after, right, wrong, _ in PLANTED:
        begin = document.index(right, document.index(after))
        document = document[:begin] + wrong + document[begin + len(right):]
    (folder / "planted.yaml").write_text(document)
    generate(folder, "planted.yaml", "edge")
    said = compiled(folder)
    for *_, finds in PLANTED:
        assert "story.ts" in said and finds in said, f"the compiler does not say {finds!r}: {said}"


def import_some(hub):
    """The first products of the demonstration with what is said of them: enough for a story."""
    folder, demo, skus = hub.folder / "some", ROOT / "assets/demo", set()
    folder.mkdir()
    for table in ("products", "prices", "stock"):
        with gzip.open(demo / f"{table}.csv.gz", "rt", newline="", encoding="utf-8") as packed:
            rows = list(csv.DictReader(packed))
        if table == "products":
            rows = rows[:PRODUCTS]
            skus = {row["sku"] for row in rows}
        with open(folder / f"{table}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(row for row in rows if row["sku"] in skus)
    hub.run("import", str(folder), "--last-day", (demo / "LAST_DAY").read_text().strip())
    # Of today, with a buyer whose order waits for them.
    folder, day = hub.folder / "order", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600))
    folder.mkdir()
    (folder / "customers.csv").write_text(f"customer,first_name,initial,language,country,phone_last2\nC-77,Ann,Q,en,GB,{PHONE}\n")
    (folder / "orders.csv").write_text("order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency,promise_at,hold_until,paid,state,place\n"
                                       f"{ORDER},C-77,{STORE},web,{day},1,{min(skus)},2,2.50,GBP,,,5.00,ready,A3\n")
    hub.run("import", str(folder))


def start_store(hub, edge, children):
    """Broker and edge with a counter; the folder of its sockets."""
    folder, keys = hub.folder / "edge", hub.folder / "edge/keys"
    folder.mkdir()
    hub.run("make-store", STORE, "--out", str(keys), "--zone", "uk")
    (folder / "edge.toml").write_text(f"""[edge]
store = "{STORE}"
state = "{folder}"
[mqtt]
host = "127.0.0.1"
port = {hub.broker_port}
ca = "{keys / "ca.crt"}"
cert = "{keys / "store.crt"}"
key = "{keys / "store.key"}"
tenant = "fernby"
[streams]
zone = "uk"
[devices.counter-1]
role = "counter"
[devices.till-1]
role = "till"
""")
    broker = shutil.which("mosquitto", path="/usr/sbin:" + os.environ["PATH"])
    with open(hub.folder / "children.log", "w") as log:
        for words in ([broker, "-c", hub.folder / "broker/mosquitto.conf"], [edge, "--config", folder / "edge.toml"]):
            children.append(subprocess.Popen([str(word) for word in words], stdout=log, stderr=subprocess.STDOUT))
    deadline = time.monotonic() + 90

    def stands():
        return ((local_http.health(folder / "api.sock") or {}).get("status") == "ok"
                and local_http.ask(folder / "counter-1.sock", "GET", "/v1/staff")[1].get("staff"))

    while not stands():
        assert time.monotonic() < deadline, "the store did not come up"
        time.sleep(0.1)
    return folder


def code_of_order(hub):
    """What the hub's mail to the buyer says."""
    with sqlite3.connect(f"file:{hub.folder}/state/hub.db?mode=ro", uri=True) as database:
        (body,) = database.execute("SELECT body FROM documents WHERE collection = 'order' AND id = ?", [ORDER]).fetchone()
    return json.loads(body)["code"]


def play(folder, hub_program, edge_program):
    """What each API answered, line by line."""
    children = []
    with hub_rig.HubRig(hub_program, ROOT) as hub:
        try:
            import_some(hub)
            pin = re.search(r"PIN (\d{6})", hub.run("staff", "add", STORE, STAFF, "--name", "Tom", "--role", "manager")).group(1)
            hub.run("staff", "add", STORE, COLLEAGUE, "--name", "Ida")
            sockets = start_store(hub, edge_program, children)
            environment = {**os.environ, "VITRINE_SOCKETS": str(sockets), "VITRINE_HUB": hub.url.rstrip("/"), "VITRINE_STORE": STORE,
                           "VITRINE_STAFF": STAFF, "VITRINE_COLLEAGUE": COLLEAGUE, "VITRINE_PIN": pin, "VITRINE_ORDER": ORDER,
                           "VITRINE_CODE": code_of_order(hub), "VITRINE_PHONE": PHONE, "NODE_EXTRA_CA_CERTS": hub.ca}
            done = subprocess.run(["node", "out/story.js"], cwd=folder, env=environment, text=True, capture_output=True, timeout=120)
            assert done.returncode == 0, f"the story ended otherwise: {done.stderr[-2000:]}\n{done.stdout[-1500:]}\n{hub.log()[-1000:]}"
            return [json.loads(line) for line in done.stdout.splitlines()]
        finally:
            for child in reversed(children):
                child.terminate()
                child.wait(20)


def parsed(one):
    return json.loads(one["text"]) if "json" in one["type"] else None


def judge(answers, documents):
    return [mistake for one in answers
            for mistake in documents[one["api"]].mistakes(one["method"], one["path"], one["status"], parsed(one), one["type"].split(";")[0])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--hub", "--edge", "--folder"):
        parser.add_argument(name, required=True)
    options = parser.parse_args()
    folder = pathlib.Path(options.folder).resolve()
    install(folder)
    generate(folder, ROOT / "docs/openapi-hub.yaml", "hub")
    planted_fields_are_found(folder)
    generate(folder, ROOT / "docs/openapi-edge.yaml", "edge")
    wrong = compiled(folder)
    assert not wrong, f"the story does not compile against the documents:\n{wrong}"
    answers = play(folder, options.hub, options.edge)
    documents = {api: Document(api) for api in APIS}
    mistakes = judge(answers, documents)
    assert not mistakes, "answers that the documents do not promise:\n" + "\n".join(sorted(set(mistakes)))
    # What is dropped from the document is found in an answer, and what is put into it is missed there.
    text = (ROOT / "docs/openapi-edge.yaml").read_text()
    for right, wrong in (("        keeps_carts: {type: boolean,", "        keeps_cart: {type: boolean,"), ("required: [products, total,", "required: [products, totals,")):
        assert judge(answers, {**documents, "edge": Document("edge", text.replace(right, wrong, 1))}), f"{wrong!r} is not found"
    done = {(one["api"], documents[one["api"]].operation(one["method"], one["path"])) for one in answers if one["status"] < 400}
    left = documents["edge"].operations() - {name for api, name in done if api == "edge"} - IN_TRAFFIC - IN_VAIN
    assert not left, f"nobody asks {sorted(left)}"
    problems = sum(one["status"] >= 400 for one in answers)
    print(f"{len(answers)} answers, {problems} of them problems, are as the documents promise; {len(done)} operations were done")


if __name__ == "__main__":
    main()
