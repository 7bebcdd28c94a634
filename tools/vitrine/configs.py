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

[authority]
key = {text(places.AUTHORITY / "ca.key")}
broker = {text(places.BROKER)}
""")


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

[devices.counter-1]
role = "counter"

[devices.till-1]
role = "till"
""")


def write_kiosk(record):
    store, folder = record["store"], places.kiosk("kiosk-1")
    width, height = display.SIZE if record.get("display") else (540, 960)
    (folder / "scans").mkdir(parents=True, exist_ok=True)
    return write(folder / "kiosk.toml", f"""# Written by ./vitrine run.
assets = {text(places.ROOT / "assets")}

[kiosk]
name = "kiosk-1"
where = "Kiosk 1, by the stairs"
state = {text(folder)}

[edge]
api_socket = {text(places.api_socket(store))}
events_socket = {text(places.store(store) / "events.sock")}

[window]
mode = "window"
width = {width}
height = {height}
panel_mm_wide = 336

[scanner]
wedge = true
folder = {text(folder / "scans")}
""")


def write_counter(record):
    store, folder = record["store"], places.kiosk("counter-1")
    width, height = display.COUNTER_SIZE if record.get("counter_display") else (1280, 720)
    folder.mkdir(parents=True, exist_ok=True)
    return write(folder / "kiosk.toml", f"""# Written by ./vitrine run.
assets = {text(places.ROOT / "assets")}

[kiosk]
role = "counter"
name = "counter-1"
where = "Counter 1"
state = {text(folder)}

[edge]
api_socket = {text(places.counter_socket(store))}
events_socket = {text(places.store(store) / "events.sock")}

[window]
mode = "window"
width = {width}
height = {height}
panel_mm_wide = 531

[scanner]
wedge = true

[counter]
shelves = [{", ".join(text(row + column) for row in "AB" for column in "12345678")}]
""")
