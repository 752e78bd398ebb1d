"""Browsers with another engine than Chromium's: Firefox, and WebKit, which is Safari's."""

import contextlib
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.webkitgtk.service import Service
from websockets.sync.client import ClientConnection, connect

from e2e.people import picture_at
from e2e.services import Missing, program
from e2e.waiting import PATIENCE, until

WINDOW = {"width": 1280, "height": 800}
# Firefox alone with the page: nothing is fetched from elsewhere.
QUIET = {
    "app.normandy.enabled": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}
CONTROL = "\ue009"

MIDDLE = """
  const { x, y, width, height } = document.querySelector(SELECTOR).getBoundingClientRect();
  return [x + width / 2, y + height / 2];
"""
PLACES = """
  const { x, y, width, height } = paper.getBoundingClientRect();
  return POINTS.map(([across, down]) =>
    [x + (across * width) / paper.width, y + (down * height) / paper.height]);
"""
DROP = """
  const canvas = new OffscreenCanvas(60, 40);
  canvas.getContext("2d").fillRect(0, 0, 60, 40);
  const blob = await canvas.convertToBlob();
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([blob], "black.png", { type: blob.type }));
  const [clientX, clientY] = PLACE;
  const drop = { dataTransfer, clientX, clientY, bubbles: true, cancelable: true };
  workspace.dispatchEvent(new DragEvent("drop", drop));
"""


class Person:
    """Somebody at such a browser, with verbs for what they do."""

    def goes_to(self, address: str) -> None:
        raise NotImplementedError

    def evaluates(self, body: str, **names):
        """Run a function's body on the page, where elements are known by their ids, and return what it returns."""
        raise NotImplementedError

    def acts(self, source: dict) -> None:
        """Do what a source of input does, as WebDriver describes it."""
        raise NotImplementedError

    def opens(self, address: str) -> None:
        """Open a drawing and wait until it is there."""
        self.goes_to(address)
        self.sees("saved.dataset.saved === 'saved' && paper.dataset.head !== ''")

    def clicks(self, selector: str) -> None:
        self._drags([self.evaluates(MIDDLE, SELECTOR=selector)])

    def draws(self, *points: tuple[float, float]) -> None:
        """Draw through points of the drawing."""
        self._drags(self.evaluates(PLACES, POINTS=points))

    def drops_an_image(self, *point: float) -> None:
        """Let a picture of 60 by 40 black pixels fall on a point of the drawing."""
        [place] = self.evaluates(PLACES, POINTS=[point])
        self.evaluates(DROP, PLACE=place)

    def undoes(self) -> None:
        """Press the keys for it."""
        down = [{"type": "keyDown", "value": key} for key in (CONTROL, "z")]
        up = [{"type": "keyUp", "value": key} for key in ("z", CONTROL)]
        self.acts({"type": "key", "id": "keys", "actions": down + up})

    def _drags(self, places: list[list[float]]) -> None:
        first, *rest = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 20}
            for x, y in places
        ]
        press = {"type": "pointerDown", "button": 0}
        lift = {"type": "pointerUp", "button": 0}
        actions = [first, press, *rest, lift]
        self.acts({"type": "pointer", "id": "mouse", "actions": actions})

    def sees(self, condition: str) -> None:
        """Wait until a condition holds on the page."""
        until(lambda: self.evaluates(f"return Boolean({condition});"))

    def sees_saved(self, seq: int) -> None:
        self.sees(f"saved.dataset.saved === 'saved' && paper.dataset.head === '{seq}'")

    def picture(self) -> Image.Image:
        """Return the drawing as this browser's canvas holds it, on white paper."""
        address = self.evaluates("return paper.toDataURL('image/png');")
        return picture_at(address)


def function(body: str, names: dict) -> str:
    """Return the call of a function with a body that knows these names."""
    known = "".join(f"const {name} = {json.dumps(it)};" for name, it in names.items())
    return f"(async () => {{ {known} {body} }})()"


class FirefoxPerson(Person):
    """Somebody at Firefox, which speaks WebDriver BiDi by itself."""

    def __init__(self, line: ClientConnection):
        self._line = line
        self._asked = 0
        self._ask("session.new", capabilities={})
        # The window it starts with, if nobody sees it, never has the focus.
        self._tab = self._ask("browsingContext.create", type="window")["context"]
        self._ask("browsingContext.setViewport", context=self._tab, viewport=WINDOW)

    def goes_to(self, address: str) -> None:
        where = {"context": self._tab, "url": address, "wait": "complete"}
        self._ask("browsingContext.navigate", **where)

    def evaluates(self, body: str, **names):
        call = f"{function(body, names)}.then((it) => JSON.stringify(it ?? null))"
        target = {"context": self._tab}
        answer = self._ask(
            "script.evaluate", expression=call, target=target, awaitPromise=True
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def acts(self, source: dict) -> None:
        self._ask("input.performActions", context=self._tab, actions=[source])

    def _ask(self, method: str, **params) -> dict:
        """Send a command and return its result."""
        self._asked += 1
        command = {"id": self._asked, "method": method, "params": params}
        self._line.send(json.dumps(command))
        answer = json.loads(self._line.recv(PATIENCE))
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]


class WebKitPerson(Person):
    """Somebody at WebKit's own browser; its windows are private ones."""

    def __init__(self, driver: WebKitGTK):
        self._driver = driver
        driver.set_window_rect(0, 0, **WINDOW)

    def goes_to(self, address: str) -> None:
        self._driver.get(address)

    def evaluates(self, body: str, **names):
        return self._driver.execute_script(f"return {function(body, names)};")

    def acts(self, source: dict) -> None:
        self._driver.execute("actions", {"actions": [source]})


@contextlib.contextmanager
def firefox(folder: Path) -> Iterator[Person]:
    """Let somebody use Firefox, with a profile in a folder."""
    settings = [
        f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in QUIET.items()
    ]
    (folder / "user.js").write_text("\n".join(settings))
    log = folder / "log"
    command = [program("firefox-esr"), "--headless", "--profile", folder]
    with log.open("w") as told:
        process = subprocess.Popen([*command, "--remote-debugging-port=0"], stderr=told)
    try:
        found = until(lambda: re.search(r"BiDi listening on (\S+)\n", log.read_text()))
        with connect(f"{found[1]}/session", max_size=None) as line:
            yield FirefoxPerson(line)
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextlib.contextmanager
def webkit(_folder: Path) -> Iterator[Person]:
    """Let somebody use WebKit, in front of a screen nobody sees."""
    options = WebKitGTKOptions()
    options.binary_location = str(mini_browser())
    options.add_argument("--automation")
    with screen() as display:
        environment = {**os.environ, "DISPLAY": display}
        service = Service(str(program("WebKitWebDriver")), env=environment)
        with WebKitGTK(options, service) as driver:
            yield WebKitPerson(driver)


def mini_browser() -> Path:
    """Return where WebKit's own browser is, which comes with the library."""
    for found in Path("/usr/lib").glob("*/webkit*gtk-*/MiniBrowser"):
        return found
    raise Missing("MiniBrowser is not on this machine")


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """Run a screen that nobody sees, and return its name."""
    command = [program("Xvfb"), "-displayfd", "1", "-screen", "0", "1600x1200x24"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen([*command, "-nolisten", "tcp"], **quiet) as process:
        try:
            yield f":{process.stdout.readline().strip()}"
        finally:
            process.terminate()
