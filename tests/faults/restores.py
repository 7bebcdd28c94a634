# SPDX-License-Identifier: Apache-2.0
"""Backups that are put back, and a store box that exists twice. What a lost disk alone knew is lost, and no program brings it back:
the ledger is told which confirmations those are, before the program starts again."""

import time

from clients import Kiosk
from programs import Database, Edge


def transactions_of_hub(database):
    return {request for (request,) in database.read("SELECT id FROM transactions")}


def transactions_of_edge(database):
    return {request for (request,) in database.read("SELECT id FROM outbox")}


def only_here(world, store, kept):
    """What this store confirmed and neither the hub nor `kept` has."""
    known = kept | transactions_of_hub(world.hub.database)
    return [action for action in world.ledger.of(end=store, state="confirmed") if action.request not in known]


def restore_edge(world, edge, counts):
    """An edge dies, and its database of some seconds ago is put back."""
    backup = Database(edge.folder / "backup.db")
    edge.database.back_up(backup.file)
    kept = transactions_of_edge(backup)
    drained = world.rng.random() < 0.5
    if not drained:
        world.relays[edge.store].tell(stall=True)  # what it confirms from here on goes with the disk
    time.sleep(world.rng.uniform(1, 2))
    with edge.lock:
        edge.kill()
        world.relays[edge.store].tell(cut=True)
        time.sleep(0.3)  # a client may be writing down its last answer, and the hub may be applying the last batch
        world.unsure.add(edge.store)
        world.ledger.lost_with_the_box(only_here(world, edge.store, kept), f"{edge.store}: backup put back")
        edge.database.put_back(backup.file)
        world.relays[edge.store].tell(stall=False)
        edge.start()
    counts["restored edge"] += 1
    counts["restored edge: with confirmations that only it had"] += not drained
    time.sleep(1.5)


def restore_hub(world, counts):
    """The hub dies, and its database of some seconds ago is put back. Stores send again what they keep; what only the hub knew,
    actions on phones, is gone with its disk."""
    backup = Database(world.hub.folder / "backup.db")
    world.hub.database.back_up(backup.file)
    time.sleep(world.rng.uniform(1.5, 3))
    with world.hub.lock:
        world.hub.kill()
        time.sleep(0.3)
        kept = transactions_of_hub(backup)
        lost = [action for action in world.ledger.of(end="phone", state="confirmed") if action.request not in kept]
        world.ledger.lost_with_the_box(lost, "hub: backup put back")
        counts["restored hub: actions of stores to send again"] += sum(
            1 for store in world.stores for action in world.ledger.of(end=store, state="confirmed") if action.request not in kept)
        world.hub_was_restored = True
        world.hub.database.put_back(backup.file)
        world.hub.start()
    counts["restored hub"] += 1
    time.sleep(1.5)


def clone_edge(world, edge, counts):
    """The box of a store is copied and both answer for it; then the copy goes."""
    folder = edge.folder / f"copy-{counts['cloned edge']}"
    state = folder / "state"
    state.mkdir(parents=True)
    with edge.lock:  # as an image of the disk of a box that is switched off
        edge.kill()
        edge.database.back_up(state / "store.db")
        for file in edge.state.iterdir():
            if file.is_file() and not file.name.startswith(("store.db", "search.db", "ballast")):
                (state / file.name).write_bytes(file.read_bytes())
        edge.start()
    copy = Edge(edge.store, world.options.edge, folder, state, world.address_of(edge.store), edge.folder / "box", world.cables[edge.store])
    copy.start()
    people = Kiosk(copy, 9, world, world.rng.getrandbits(32))
    world.unsure.add(edge.store)
    people.start()
    time.sleep(world.rng.uniform(2, 4))
    people.stopping.set()
    people.join(60)
    if people.crash:
        raise people.crash
    copy.kill()
    time.sleep(0.3)
    kept = transactions_of_edge(edge.database)
    world.ledger.lost_with_the_box(only_here(world, edge.store, kept), f"{edge.store}: the copy is switched off")
    counts["cloned edge"] += 1


def restore_boxes(world, figures, counts):
    for number in range(figures["restored edge"]):
        restore_edge(world, list(world.edges.values())[number % len(world.edges)], counts)


def clone_boxes(world, figures, counts):
    for number in range(figures["cloned edge"]):
        clone_edge(world, list(world.edges.values())[number % len(world.edges)], counts)


def restore_hubs(world, figures, counts):
    for _ in range(figures["restored hub"]):
        restore_hub(world, counts)
