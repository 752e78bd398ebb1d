"""A Chromium of one's own, spoken to in its DevTools' language and as little as possible.

A driver that hears of every request and every frame on a socket makes the browser tell them; nobody who draws has
such a listener.
"""

import asyncio
import base64
import itertools
import json
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from playwright.async_api import async_playwright
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from e2e.chromium import FLAGS, path

HEADLESS = [
    "--headless",
    "--remote-debugging-port=0",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-default-apps",
    "--disable-extensions",
]
LISTENING = "DevTools listening on "
MIB = 1 << 20

Message = dict[str, Any]


class Session:
    """One page, or the browser itself, as DevTools see it."""

    def __init__(self, devtools: "DevTools", name: str | None = None):
        self._devtools = devtools
        self._name = name

    async def send(self, method: str, **params: Any) -> Message:
        """Send a command and return its result."""
        return await self._devtools.send(method, params, self._name)

    def on(self, event: str, hear: Callable[[Message], None]) -> None:
        """Hear of an event from now on."""
        self._devtools.listen(self._name, event, hear)

    async def next(self, event: str) -> Message:
        """Wait for an event."""
        came = asyncio.get_running_loop().create_future()
        self.on(event, lambda told: came.done() or came.set_result(told))
        return await came

    async def evaluate(self, expression: str) -> Any:
        """Return the value of JavaScript in the page, once it is there."""
        done = await self.send(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in done:
            raise RuntimeError(done["exceptionDetails"])
        return done["result"].get("value")

    async def read(self, stream: str) -> bytes:
        """Return all of a stream the browser keeps."""
        parts = []
        while True:
            part = await self.send("IO.read", handle=stream, size=MIB)
            data = part["data"]
            parts.append(
                base64.b64decode(data) if part.get("base64Encoded") else data.encode()
            )
            if part["eof"]:
                return b"".join(parts)


class DevTools:
    """The line to a browser, which all its sessions share."""

    def __init__(self, line: ClientConnection, pid: int):
        self.pid = pid
        self._line = line
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Message]] = {}
        self._listeners: dict[tuple[str | None, str], list[Callable]] = {}
        self._reading = asyncio.ensure_future(self._read())
        self.browser = Session(self)

    async def send(self, method: str, params: Message, session: str | None) -> Message:
        """Send a command and return its result."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": params}
        if session is not None:
            command["sessionId"] = session
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._line.send(json.dumps(command))
        return await self._answers[number]

    def listen(self, session: str | None, event: str, hear: Callable) -> None:
        """Hear of a session's event from now on."""
        self._listeners.setdefault((session, event), []).append(hear)

    async def page(self, width: int, height: int) -> tuple[Session, str]:
        """Return an empty page in a context of its own, and that context."""
        made = await self.browser.send("Target.createBrowserContext")
        context = made["browserContextId"]
        target = await self.browser.send(
            "Target.createTarget",
            url="about:blank",
            browserContextId=context,
            width=width,
            height=height,
        )
        attached = await self.browser.send(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        return Session(self, attached["sessionId"]), context

    async def close(self) -> None:
        """Have the browser end."""
        await self.browser.send("Browser.close")
        await self._reading

    async def _read(self) -> None:
        # A browser that ends says nothing.
        with suppress(ConnectionClosed):
            async for text in self._line:
                self._hear(json.loads(text))

    def _hear(self, message: Message) -> None:
        if "id" in message:
            self._answer(message)
            return
        key = message.get("sessionId"), message["method"]
        for hear in self._listeners.get(key, ()):
            hear(message["params"])

    def _answer(self, message: Message) -> None:
        answer = self._answers.pop(message["id"])
        if "error" in message:
            answer.set_exception(RuntimeError(message["error"]["message"]))
        else:
            answer.set_result(message["result"])


@asynccontextmanager
async def chromium() -> AsyncIterator[DevTools]:
    """Run a browser that has never been anywhere."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            *(await executable(), *FLAGS, *HEADLESS),
            *(f"--user-data-dir={profile}", "about:blank"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            listening = await address(process.stderr)
            # What it says later must not fill the pipe.
            said = asyncio.ensure_future(process.stderr.read())
            async with connect(listening, max_size=None) as line:
                devtools = DevTools(line, process.pid)
                yield devtools
                await devtools.close()
            await said
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def executable() -> str:
    """Return the browser the tests drive."""
    if found := path():
        return found
    async with async_playwright() as playwright:
        return playwright.chromium.executable_path


async def address(said: asyncio.StreamReader) -> str:
    """Return where a starting browser listens."""
    async for line in said:
        text = line.decode().strip()
        if text.startswith(LISTENING):
            return text.removeprefix(LISTENING)
    raise RuntimeError("Chromium did not start.")
