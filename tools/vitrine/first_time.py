# SPDX-License-Identifier: Apache-2.0
"""What has to be there before the programs start: config files, certificates, broker rights, a pass key, the demonstration data.
Made once; a later run finds them and goes on."""
import hashlib
import pathlib
import subprocess

import configs
import places


def hub(*words, quiet=True):
    """A command of vitrine-hub; what it says is for the log unless it is progress."""
    places.LOGS.mkdir(parents=True, exist_ok=True)
    command = [str(word) for word in (places.program("hub"), *words, "--config", places.HUB / "hub.toml")]
    if not quiet:
        subprocess.run(command, check=True)
        return
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with open(places.LOGS / "setup.log", "a") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}")
    if done.returncode != 0:
        raise subprocess.CalledProcessError(done.returncode, " ".join(command) + "\n" + done.stdout)


def demo_folders():
    """The demonstration's tables and their parts under other licences: each folder that holds packed ones."""
    return sorted({file.parent for file in places.DEMO.rglob("*.csv.gz")})


def fingerprint(folders):
    digest = hashlib.sha256((places.DEMO / "LAST_DAY").read_bytes())
    for file in sorted(file for folder in folders for file in folder.glob("*.csv.gz")):
        digest.update(file.name.encode() + pathlib.Path(file).read_bytes())
    return digest.hexdigest()


def prepare(record, say):
    configs.write_hub(record)
    configs.write_edge(record)
    if record["kiosk"]:
        configs.write_kiosk(record)
    if record["counter"]:
        configs.write_counter(record)
    if not (places.AUTHORITY / "ca.crt").exists():
        say("making keys and certificates, valid for this shop only")
    hub("make-authority")
    if not (places.HUB / "keys").exists():
        hub("make-pass-key")
    folders = demo_folders()
    mark = fingerprint(folders)
    if record.get("imported") != mark:
        say("reading the demonstration data (once)")
        last_day = (places.DEMO / "LAST_DAY").read_text().strip()
        hub("import", *folders, "--last-day", last_day, quiet=False)
        record["imported"] = mark
    keys = places.store(record["store"]) / "keys"
    if not (keys / "store.crt").exists():
        hub("make-store", record["store"], "--out", keys)
