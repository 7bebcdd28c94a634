# SPDX-License-Identifier: Apache-2.0
"""./vitrine offline and ./vitrine online: cut and join the running store's line to the hub, by its local API."""
import http.client
import sys

import local_http
import places


def main():
    wish = sys.argv[1]
    if len(sys.argv) > 2:
        print(f"vitrine {wish}: takes no more words", file=sys.stderr)
        return 2
    store = places.read_run().get("store")
    if not store:
        print("vitrine: nothing runs; ./vitrine run starts a shop", file=sys.stderr)
        return 1
    try:
        status, said = local_http.ask(places.operator_socket(store), "POST", "/v1/link", {"enabled": wish == "online"})
    except (OSError, ValueError, http.client.HTTPException) as why:
        print(f"vitrine: the edge of {store} does not answer ({why}); ./vitrine run starts a shop", file=sys.stderr)
        return 1
    if status != 200:
        print(f"vitrine: {said}", file=sys.stderr)
        return 1
    if wish == "offline":
        print(f"{store} is cut off from the hub. The kiosk works on with what the store knows; ./vitrine online joins the line again.")
    else:
        print(f"{store} may reach the hub again; ./vitrine status shows when it has caught up.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
