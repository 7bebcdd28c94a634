# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL's logical replication beside us: a central and a store cluster on loopback in a throw-away folder, run by an
unprivileged user, as Debian's package has them but for wal_level and the wait between attempts. Nothing is made less durable."""

import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools/vitrine"), str(ROOT / "tests/postgres")]

import cluster as clusters  # noqa: E402
import ports  # noqa: E402

programs = clusters.programs


class Session:
    """One psql that stays: an answer costs a round trip, not a connection."""

    def __init__(self, cluster):
        self._psql = subprocess.Popen([cluster.bin / "psql", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", clusters.USER, "-d", "postgres", "-qAtX", "-v",
                                       "ON_ERROR_STOP=1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.ask("SET client_min_messages = warning")

    def ask(self, sql):
        """All rows as lines."""
        self._psql.stdin.write(sql.rstrip().rstrip(";") + ";\n\\echo <end>\n")
        self._psql.stdin.flush()
        lines = []
        for line in self._psql.stdout:
            if line == "<end>\n":
                return lines
            lines.append(line.rstrip("\n"))
        raise SystemExit(f"bench: psql ended at {sql[:100]}")

    def close(self):
        self._psql.stdin.close()
        self._psql.wait()


DOCUMENTS = "CREATE TABLE documents (collection text, id text, era int, number bigint, body text, PRIMARY KEY (collection, id))"
ORDERS = "CREATE TABLE orders (n bigint PRIMARY KEY, body text)"


class Pair:
    """Both clusters, with one table that goes down and one that goes up."""

    def __init__(self):
        self._folder = clusters.make_folder("vitrine-bench-postgres-")
        self.clusters, self.sessions = [], []
        try:
            self.central, self.store = self._cluster("central"), self._cluster("store")
            self.at_central, self.at_store = (self._session(cluster) for cluster in (self.central, self.store))
            for session in (self.at_central, self.at_store):
                session.ask(DOCUMENTS)
                session.ask(ORDERS)
        except BaseException:
            self.close()
            raise

    def _cluster(self, name):
        self.clusters.append(clusters.Cluster(self._folder, name, port=ports.choose([15432]),
                                              settings="wal_level = logical\nwal_retrieve_retry_interval = 500ms\n"))
        self.clusters[-1].start()
        return self.clusters[-1]

    def _session(self, cluster):
        self.sessions.append(Session(cluster))
        return self.sessions[-1]

    def close(self):
        for session in self.sessions:
            session.close()
        for cluster in self.clusters:
            cluster.stop("immediate")
        clusters.remove_folder(self._folder)

    def load(self, rows):
        """(collection, id, era, number, body) in random order, then at rest."""
        psql = subprocess.Popen([self.central.bin / "psql", "-qX", "-h", "127.0.0.1", "-p", str(self.central.port), "-U", clusters.USER, "-d", "postgres",
                                 "-c", "COPY documents FROM STDIN"], stdin=subprocess.PIPE, text=True)
        for row in rows:
            psql.stdin.write("\t".join(str(cell).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") for cell in row) + "\n")
        psql.stdin.close()
        if psql.wait() != 0:
            raise SystemExit("bench: PostgreSQL did not take the documents")
        self.at_central.ask("VACUUM ANALYZE documents")
        self.at_central.ask("CHECKPOINT")

    def fill(self):
        """Seconds from the subscription to all rows committed at the store."""
        self.at_central.ask("CREATE PUBLICATION down FOR TABLE documents")
        began = time.monotonic()
        self.at_store.ask(f"CREATE SUBSCRIPTION down CONNECTION '{self.central.address()}' PUBLICATION down")
        while self.at_store.ask("SELECT count(*) FROM pg_subscription_rel WHERE srsubstate IN ('f', 's', 'r')") != ["1"]:
            time.sleep(0.005)
        took = time.monotonic() - began
        if self.at_store.ask("SELECT count(*) FROM documents") != self.at_central.ask("SELECT count(*) FROM documents"):
            raise SystemExit("bench: PostgreSQL's copy is not whole")
        self.at_store.ask("CREATE PUBLICATION up FOR TABLE orders")
        self.at_central.ask(f"CREATE SUBSCRIPTION up CONNECTION '{self.store.address()}' PUBLICATION up")
        return took

    def cut(self):
        self.at_store.ask("ALTER SUBSCRIPTION down DISABLE")
        self.at_central.ask("ALTER SUBSCRIPTION up DISABLE")
        time.sleep(1)

    def change(self, count):
        """`count` documents at the central end in one transaction; as many orders at the store, each a transaction of its own."""
        self.at_central.ask(f"UPDATE documents SET number = number + 1, body = body || ' ' WHERE (collection, id) IN "
                            f"(SELECT collection, id FROM documents WHERE collection = 'price' ORDER BY random() LIMIT {count})")
        began = time.monotonic()
        for start in range(0, count, 500):
            self.at_store.ask(";\n".join(f"INSERT INTO orders VALUES ({n}, '{'x' * 300}')" for n in range(start, min(count, start + 500))))
        return time.monotonic() - began

    def catch_up(self, count):
        """(seconds from the first of both connections, seconds of waiting before it)."""
        total = self.at_central.ask("SELECT sum(number) FROM documents")
        began = time.monotonic()
        self.at_store.ask("ALTER SUBSCRIPTION down ENABLE")
        self.at_central.ask("ALTER SUBSCRIPTION up ENABLE")
        connected = None
        while True:
            if connected is None and int(self.at_central.ask("SELECT count(*) FROM pg_stat_replication")[0]) > 0:
                connected = time.monotonic()
            if self.at_central.ask("SELECT count(*) FROM orders") == [str(count)] and self.at_store.ask("SELECT sum(number) FROM documents") == total:
                ended = time.monotonic()
                return ended - (connected or began), (connected or began) - began
            time.sleep(0.02)
