# SPDX-License-Identifier: Apache-2.0
"""A browser for the end-to-end tests: plain WebDriver over HTTP, with Python's standard library alone.

    with Browser(trust=[ca_pem]) as phone:
        phone.open("https://127.0.0.1:8443/")
        phone.find(test="add").click()
        phone.find(role="button", name="My cart").click()
        phone.screenshot("cart.png")

Each Browser starts its own chromedriver and its own headless Chromium in a throw-away home folder. Certificates are judged as
on a shopper's phone: only the certificate authorities in `trust` are added, to the NSS database of that home, and nothing
is ignored. Needs the programs chromium, chromedriver and certutil (Debian: chromium, chromium-driver, libnss3-tools).
"""
import base64
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

ELEMENT_KEY = "element-6066-11e4-a52e-4f735466cecf"  # W3C WebDriver, "web element identifier"
PHONE = (390, 844)
# Two frames with the same place follow each other; a moving element gets a second.
STANDS_STILL = """const frame = () => new Promise(done => setTimeout(done, 40));
let before = "";
for (let i = 0; i < 25; ++i) {
  const {x, y} = arguments[0].getBoundingClientRect();
  if (before === `${x} ${y}`) return;
  before = `${x} ${y}`;
  await frame();
}"""
# What can carry one of the roles that tests ask for.
ROLE_CANDIDATES = "a,button,input,select,textarea,summary,dialog,h1,h2,h3,h4,ul,ol,li,main,nav,header,footer,section,img,svg,[role]"


class WebDriverError(Exception):
    """What the driver answered instead of a value; `code` is WebDriver's error code, such as "no such element"."""

    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code = code


class NotThere(AssertionError):
    """Something waited for did not come."""


def _program(name):
    path = shutil.which(name)
    if path is None:
        raise FileNotFoundError(f"the program '{name}' is needed and was not found")
    return path


def trust_certificates(home, authorities):
    """Writes an NSS database under `home` that trusts the given certificate authorities (PEM files) for servers."""
    database = pathlib.Path(home) / ".pki" / "nssdb"
    database.mkdir(parents=True, exist_ok=True)
    certutil = _program("certutil")
    where = f"sql:{database}"
    subprocess.run([certutil, "-N", "-d", where, "--empty-password"], check=True, capture_output=True)
    for number, authority in enumerate(authorities):
        subprocess.run([certutil, "-A", "-d", where, "-n", f"authority-{number}", "-t", "C,,", "-i", str(authority)],
                       check=True, capture_output=True)


class Element:
    """One element of the page. Goes stale when the page replaces it; find it again then."""

    def __init__(self, browser, reference):
        self._browser = browser
        self.reference = reference

    def _call(self, method, what, body=None):
        return self._browser.call(method, f"/element/{self.reference[ELEMENT_KEY]}/{what}", body)

    def click(self):
        """Brings the element to the middle of the screen, clear of what lies over the edges, and taps it once it stands still."""
        self._browser.run("arguments[0].scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'})", self.reference)
        self.stand_still()
        self._call("POST", "click", {})

    def stand_still(self):
        """Waits until the element has stopped moving; itself."""
        self._browser.run_async(STANDS_STILL, self.reference)
        return self

    def type(self, text):
        self._call("POST", "value", {"text": text})

    def clear(self):
        self._call("POST", "clear", {})

    @property
    def text(self):
        return self._call("GET", "text")

    @property
    def role(self):
        return self._call("GET", "computedrole")

    @property
    def name(self):
        """The accessible name, as a screen reader gets it."""
        return self._call("GET", "computedlabel")

    @property
    def rect(self):
        return self._call("GET", "rect")

    @property
    def shown(self):
        return self._call("GET", "displayed")

    @property
    def enabled(self):
        return self._call("GET", "enabled")

    def attribute(self, name):
        return self._call("GET", f"attribute/{name}")

    def screenshot(self, path):
        _write_png(path, self._call("GET", "screenshot"))


def _write_png(path, encoded):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(encoded))


class Browser:
    """A headless Chromium as a phone. `trust`: PEM files of certificate authorities; `size` in CSS px; `language` as in
    Accept-Language; `arguments`: more switches for Chromium."""

    def __init__(self, trust=(), size=PHONE, pixel_ratio=2, language="en-GB", mobile=True, arguments=()):
        self._folder = tempfile.mkdtemp(prefix="vitrine-browser-")
        self._driver = None
        self._session = None
        try:
            home = os.path.join(self._folder, "home")
            os.makedirs(home)
            trust_certificates(home, trust)
            self._start_driver(home)
            self._start_session(size, pixel_ratio, language, mobile, arguments)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # ── starting and stopping ──

    def _start_driver(self, home):
        environment = {key: value for key, value in os.environ.items()
                       if key.lower() not in ("http_proxy", "https_proxy", "all_proxy")}
        environment.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache",
                           XDG_DATA_HOME=f"{home}/.local/share")
        self._log = open(os.path.join(self._folder, "chromedriver.log"), "w+", encoding="utf-8", errors="replace")
        self._driver = subprocess.Popen([_program("chromedriver"), "--port=0"], stdout=self._log, stderr=subprocess.STDOUT,
                                        env=environment, start_new_session=True)
        # Port 0: the driver takes a free one and says which.
        marker = "started successfully on port "
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            said = pathlib.Path(self._log.name).read_text(encoding="utf-8", errors="replace")
            if marker in said:
                self._port = int(said.split(marker, 1)[1].split(".", 1)[0].split()[0])
                return
            if self._driver.poll() is not None:
                raise RuntimeError(f"chromedriver ended at once:\n{said}")
            time.sleep(0.05)
        raise RuntimeError("chromedriver did not start within 30 s")

    def _start_session(self, size, pixel_ratio, language, mobile, arguments):
        switches = ["--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--no-proxy-server", f"--lang={language}",
                    f"--user-data-dir={self._folder}/profile", f"--window-size={size[0]},{size[1]}", *arguments]
        if os.geteuid() == 0:
            switches.append("--no-sandbox")  # Chromium's sandbox does not start as root
        options = {"binary": _program("chromium"), "args": switches,
                   "prefs": {"intl.accept_languages": language, "intl.selected_languages": language}}
        if mobile:
            options["mobileEmulation"] = {"deviceMetrics": {"width": size[0], "height": size[1], "pixelRatio": pixel_ratio,
                                                            "mobile": True, "touch": True}}
        else:
            switches.append(f"--force-device-scale-factor={pixel_ratio}")
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "acceptInsecureCerts": False,
                                                   "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}}
        self._session = self._request("POST", "/session", wanted)["sessionId"]
        self.call("POST", "/timeouts", {"pageLoad": 30000, "script": 30000, "implicit": 0})

    def close(self):
        if self._session is not None:
            try:
                self._request("DELETE", f"/session/{self._session}")
            except (WebDriverError, OSError, http.client.HTTPException):
                pass  # a browser that is gone already is closed
            self._session = None
        if self._driver is not None:
            try:
                os.killpg(self._driver.pid, signal.SIGTERM)
                self._driver.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                self._driver.kill()
            self._driver.wait()
            self._driver = None
            self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # ── the protocol ──

    def _request(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=90)
        try:
            payload = None if body is None else json.dumps(body).encode()
            connection.request(method, path, payload, {"Content-Type": "application/json; charset=utf-8"})
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise WebDriverError(value["error"], value.get("message", "").split("\n", 1)[0])
        return value

    def call(self, method, path, body=None):
        """One WebDriver command of this session; `path` starts behind the session id."""
        return self._request(method, f"/session/{self._session}{path}", body)

    # ── the page ──

    def open(self, url):
        """Opens a page. Raises when the browser shows a page of its own instead: no server, or a certificate it does not trust."""
        self.call("POST", "/url", {"url": url})
        if self.run("return location.protocol") == "chrome-error:":
            raise WebDriverError("page not opened", f"{url}: {self.page_text().splitlines()[0]}")

    @property
    def url(self):
        return self.call("GET", "/url")

    @property
    def title(self):
        return self.call("GET", "/title")

    def reload(self):
        self.call("POST", "/refresh", {})

    def back(self):
        self.call("POST", "/back", {})

    def all(self, css=None, test=None, role=None, name=None):
        """Every shown element that fits: `css` selector, `test` (its data-test), `role` and `name` (accessible; a name that
        ends in … fits by its beginning)."""
        if test is not None:
            css = f'[data-test="{test}"]'
        found = [Element(self, each) for each in
                 self.call("POST", "/elements", {"using": "css selector", "value": css or ROLE_CANDIDATES})]
        fitting = []
        for element in found:
            try:
                if ((role is None or element.role == role) and (name is None or _name_fits(element.name, name)) and
                        element.shown):
                    fitting.append(element)
            except WebDriverError as error:
                if error.code != "stale element reference":
                    raise
        return fitting

    def find(self, css=None, test=None, role=None, name=None, within=10.0):
        """The first fitting element, waited for up to `within` seconds."""
        what = ", ".join(f"{key} {value!r}" for key, value in (("css", css), ("test", test), ("role", role), ("name", name))
                         if value is not None)
        return self.wait(lambda: next(iter(self.all(css, test, role, name)), None), what, within)

    def absent(self, css=None, test=None, role=None, name=None, within=10.0):
        """Waits until nothing fits any more."""
        self.wait(lambda: not self.all(css, test, role, name), f"absence of {css or test or role} {name or ''}", within)

    def wait(self, condition, what, within=10.0):
        """Calls `condition` until it answers something true, and returns that. Raises NotThere after `within` seconds."""
        deadline = time.monotonic() + within
        while True:
            try:
                value = condition()
            except WebDriverError as error:
                if error.code not in ("stale element reference", "no such element"):
                    raise
                value = None
            if value:
                return value
            if time.monotonic() > deadline:
                raise NotThere(f"{what}: not there within {within:g} s at {self.url}")
            time.sleep(0.1)

    def wait_for_text(self, text, within=10.0):
        """Waits until the page shows `text`."""
        self.wait(lambda: text in self.page_text(), f"text {text!r}", within)

    def page_text(self):
        return self.run("return document.body.innerText")

    def run(self, script, *arguments):
        """Runs a script's function body in the page; what it returns comes back."""
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        """Runs the body of an async function in the page and waits for what it returns."""
        wrapped = ("const done = arguments[arguments.length - 1]; const given = Array.from(arguments).slice(0, -1);"
                   "(async function () {" + script + "}).apply(null, given)"
                   ".then(value => done({value}), error => done({error: String(error)}));")
        answer = self.call("POST", "/execute/async", {"script": wrapped, "args": list(arguments)})
        if "error" in answer:
            raise WebDriverError("javascript error", answer["error"])
        return answer.get("value")

    def screenshot(self, path):
        _write_png(path, self.call("GET", "/screenshot"))

    def cookies(self):
        """The page's cookies by name, those that scripts cannot read too."""
        return {cookie["name"]: cookie["value"] for cookie in self.call("GET", "/cookie")}

    def press(self, *keys):
        """Presses keys one after the other, wherever the focus is: "\ue004" is Tab (W3C WebDriver, keyboard actions)."""
        steps = [step for key in keys for step in ({"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": steps}]})

    def console(self):
        """What the page's console said since the last call: [{"level", "message", …}]."""
        return self.call("POST", "/se/log", {"type": "browser"})

    def offline(self, off=True):
        """Cuts this browser's network, or joins it again."""
        if off:
            self.call("POST", "/chromium/network_conditions",
                      {"network_conditions": {"offline": True, "latency": 0, "download_throughput": 0, "upload_throughput": 0}})
        else:
            self.call("DELETE", "/chromium/network_conditions")


def _name_fits(actual, wanted):
    return actual.startswith(wanted[:-1]) if wanted.endswith("…") else actual == wanted
