# SPDX-License-Identifier: Apache-2.0
"""Whether a store and the hub agree, read straight from their database files with sqlite3 alone: every live document of every
stream that the store follows, its version and the bytes of its body, and nothing left over in the store's view.

    compare_databases.py <hub.db> <store.db> <store id>      prints what differs; exit code 1 when anything does
"""

import sqlite3
import sys


def open_read_only(path):
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)


def _bytes(body):
    return body.encode() if isinstance(body, str) else body


def hub_documents(hub, stream):
    """(collection, id) → (era, number, body) of the live documents that stand in the stream now."""
    rows = hub.execute(
        "SELECT d.collection, d.id, d.era, d.number, d.body FROM stream_entries e JOIN streams s ON s.number = e.stream "
        "JOIN documents d ON d.collection = e.collection AND d.id = e.id "
        "WHERE s.name = ? AND e.removal = 0 AND d.body IS NOT NULL", (stream,))
    return {(c, i): (era, number, _bytes(body)) for c, i, era, number, body in rows}


def store_documents(store, stream):
    """The same of a store's base."""
    rows = store.execute(
        "SELECT b.collection, b.id, b.era, b.number, b.body FROM base b JOIN streams s ON s.number = b.stream "
        "WHERE s.name = ? AND b.body IS NOT NULL", (stream,))
    return {(c, i): (era, number, _bytes(body)) for c, i, era, number, body in rows}


def differences(hub_path, store_path, store_id):
    """What differs, one line each, and how many documents were compared."""
    hub = open_read_only(hub_path)
    try:
        return differences_from(lambda stream: hub_documents(hub, stream), store_path, store_id)
    finally:
        hub.close()


def differences_from(hub_documents_of, store_path, store_id):
    """The same where something else reads the hub's rows."""
    store = open_read_only(store_path)
    lines, compared = [], 0
    streams = [name for (name,) in store.execute("SELECT name FROM streams ORDER BY name")]
    own = f"store.{store_id}"
    if own not in streams:
        lines.append(f"the store does not follow {own}")
    for stream in streams:
        expected, found = hub_documents_of(stream), store_documents(store, stream)
        compared += len(expected)
        for key in sorted(expected.keys() | found.keys()):
            if key not in found:
                lines.append(f"{stream}: {key[0]}/{key[1]} is missing in the store")
            elif key not in expected:
                lines.append(f"{stream}: {key[0]}/{key[1]} is in the store and not placed there")
            elif expected[key] != found[key]:
                lines.append(f"{stream}: {key[0]}/{key[1]} differs: hub {expected[key][:2]}, store {found[key][:2]}")
    for collection, document in store.execute("SELECT collection, id FROM view ORDER BY collection, id"):
        lines.append(f"view: {collection}/{document} still has own changes over the base")
    store.close()
    return lines, compared


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    lines, compared = differences(*arguments)
    for line in lines[:50]:
        print(line)
    print(f"{compared} documents compared, {len(lines)} differences")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
