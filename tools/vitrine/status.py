# SPDX-License-Identifier: Apache-2.0
"""./vitrine status: what runs, where, how healthy, and how far each store is behind. Code 0 when all that should run is well."""
import json
import sys

import local_http
import places
import ports


def look():
    """All that can be seen from outside, as one value; what does not answer is null."""
    record = places.read_run()
    pid = places.runner_pid(record)
    seen = {"running": bool(pid), "pid": pid or None, "state": str(places.STATE)}
    if not record:
        return seen
    store = record["store"]
    seen["addresses"] = {"page": f"https://{record['address']}:{record['ports']['page']}/", "broker": f"127.0.0.1:{record['ports']['broker']}",
                         "api": str(places.api_socket(store)), "logs": str(places.LOGS)}
    if record.get("display"):
        seen["addresses"]["picture"] = str(places.PICTURE)
    seen["broker"] = {"answers": ports.is_taken(record["ports"]["broker"])} if pid else None
    seen["hub"] = local_http.health(places.HUB_SOCKET) if pid else None
    seen["edge"] = local_http.health(places.api_socket(store)) if pid else None
    seen["kiosk_wanted"] = record["kiosk"]
    seen["counter_wanted"] = record.get("counter", False)
    return seen


def is_well(seen):
    edge, hub = seen.get("edge"), seen.get("hub")
    if not (seen["running"] and edge and hub and seen["broker"]["answers"]):
        return False
    return edge["status"] == "ok" and hub["status"] == "ok" and edge["kiosks"] >= seen["kiosk_wanted"] + seen["counter_wanted"]


def ago(at, now):
    seconds = max(0, (now - at) // 1000)
    return f"{seconds} s ago" if seconds < 120 else f"{seconds // 60} min ago"


def tell_edge(edge):
    link = edge["link"]
    last = ago(link["last_contact"], edge["now"]) if link["last_contact"] else "never"
    line = "reaches the hub" if link["online"] else f"cut off from the hub ({link['reason'] or 'no reason given'}), last contact {last}"
    print(f"edge    {edge['status']}: {edge['store']}, {line}")
    for stream in edge["streams"]:
        behind = stream["head"] - stream["seq"]
        print(f"          {stream['name']:24} {'filling' if not stream['filled'] else 'up to date' if behind <= 0 else f'{behind} entries behind'}")
    waiting = edge["outbox"]["waiting"]
    print(f"          {waiting} of its own changes wait for the hub" if waiting else "          nothing of its own waits for the hub")


def tell(seen):
    if not seen["running"]:
        print("nothing runs; ./vitrine run starts a shop")
        return
    for name, where in seen["addresses"].items():
        print(f"{name:8}{where}")
    if not seen["broker"]["answers"]:
        print("broker  does not answer")
    hub = seen["hub"]
    if hub:
        print(f"hub     {hub['status']}" + ("" if hub["broker"]["connected"] else ": not connected to the broker"))
        for store in hub["stores"]:
            print(f"          {store['store']:24} {'online' if store['online'] else 'not heard'}, {store['behind']} entries behind")
    else:
        print("hub     does not answer")
    if seen["edge"]:
        tell_edge(seen["edge"])
        if seen["kiosk_wanted"]:
            print(f"kiosk   {'connected' if seen['edge']['kiosks'] else 'not connected'}")
        if seen["counter_wanted"]:
            print(f"counter {'connected' if seen['edge']['kiosks'] > seen['kiosk_wanted'] else 'not connected'}")
    else:
        print("edge    does not answer")


def main():
    words = sys.argv[1:]
    if words not in ([], ["--json"]):
        print("vitrine status: only --json", file=sys.stderr)
        return 2
    seen = look()
    if words == ["--json"]:
        print(json.dumps(seen, indent=1))
    else:
        tell(seen)
    return 0 if is_well(seen) else 1


if __name__ == "__main__":
    sys.exit(main())
