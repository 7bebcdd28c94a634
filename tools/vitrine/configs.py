# SPDX-License-Identifier: Apache-2.0
"""Writes the config files of a run: what config/examples/*.toml show, for one machine and one store."""
import json

import display
import places

TENANT = "fernby"


def text(value):
    """A TOML basic string: the escapes of JSON are a subset of TOML's."""
    return json.dumps(str(value))


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def write_hub(record):
    address, port = record["address"], record["ports"]["page"]
    return write(places.HUB / "hub.toml", f"""# Written by ./vitrine run.
[hub]
state = {text(places.HUB)}
name = "Fernby"
tagline_en = "Gifts and home"
tagline_de = "Geschenke und Wohnen"
distance_unit = "miles"
delivers = true
link_base = {text(f"https://{address}:{port}/k")}
demonstration = true

[mqtt]
host = "127.0.0.1"
port = {record["ports"]["broker"]}
ca = {text(places.AUTHORITY / "ca.crt")}
cert = {text(places.AUTHORITY / "hub.crt")}
key = {text(places.AUTHORITY / "hub.key")}
tenant = "{TENANT}"

[http]
address = {text(address)}
port = {port}
cert = {text(places.AUTHORITY / "http.crt")}
key = {text(places.AUTHORITY / "http.key")}
web = {text(places.ROOT / "hub/web")}
hosts = ["localhost"]

[availability]
every_s = 15

[authority]
key = {text(places.AUTHORITY / "ca.key")}
broker = {text(places.BROKER)}
""" + database_of(record))


def database_of(record):
    """PostgreSQL where the run names one, else the hub's own SQLite file."""
    if not record.get("database"):
        return ""
    return f"""
[database]
kind = "postgresql"
connection = {text(record["database"])}
"""


def write_edge(record):
    store = record["store"]
    return write(places.store(store) / "edge.toml", f"""# Written by ./vitrine run.
[edge]
store = {text(store)}
state = {text(places.store(store))}

[mqtt]
host = "127.0.0.1"
port = {record["ports"]["broker"]}
ca = {text(places.store(store) / "keys/ca.crt")}
cert = {text(places.store(store) / "keys/store.crt")}
key = {text(places.store(store) / "keys/store.key")}
tenant = "{TENANT}"

[streams]
zone = "uk"

[pictures]
address = {text(f"https://{record['address']}:{record['ports']['page']}")}
ca = {text(places.store(store) / "keys/ca.crt")}

[devices.counter-1]
role = "counter"

[devices.counter-2]
role = "counter"

[devices.till-1]
role = "till"
""")


def write_screen(name, store, about, socket, size, panel_mm_wide, more):
    """kiosk.toml of one device; `about`: lines of [kiosk], `more`: what follows [scanner]."""
    folder = places.kiosk(name)
    folder.mkdir(parents=True, exist_ok=True)
    width, height = size
    return write(folder / "kiosk.toml", f"""# Written by ./vitrine run.
assets = {text(places.ROOT / "assets")}

[kiosk]
name = {text(name)}
{about}
state = {text(folder)}

[edge]
api_socket = {text(socket)}
events_socket = {text(places.store(store) / "events.sock")}

[window]
mode = "window"
width = {width}
height = {height}
panel_mm_wide = {panel_mm_wide}

[scanner]
wedge = true
{more}
""")


def write_kiosk(record):
    store, scans = record["store"], places.kiosk("kiosk-1") / "scans"
    scans.mkdir(parents=True, exist_ok=True)
    paper = places.kiosk("kiosk-1") / "printer"  # what would be on paper: the printer's commands, one ticket after the other
    paper.touch()
    return write_screen("kiosk-1", store, 'where = "Kiosk 1, by the stairs"', places.api_socket(store),
                        display.SIZE if record.get("display") else (540, 960), 336, f"folder = {text(scans)}\n\n[printer]\ndevice = {text(paper)}")


def write_counter(record):
    store = record["store"]
    shelves = ", ".join(text(row + column) for row in "AB" for column in "12345678")
    return write_screen("counter-1", store, 'role = "counter"\nwhere = "Counter 1"', places.counter_socket(store),
                        display.COUNTER_SIZE if record.get("counter_display") else (1280, 720), 531,
                        f"\n[counter]\nshelves = [{shelves}]")
