"""A network that treats people badly: it delays, narrows, cuts, and falls silent."""

import asyncio
import math
import random
from asyncio import StreamReader, StreamWriter
from dataclasses import dataclass
from threading import Event, Thread

CHUNK = 4096  # bytes carried at once
ON_THE_WAY = 64  # chunks; with more, whoever sends has to wait


@dataclass(frozen=True, slots=True)
class Line:
    """How connections fare; each has a delay and a life of its own, so that they overtake one another."""

    delay: float = 0.0  # seconds, at most
    rate: float = math.inf  # bytes a second, each way
    life: float = math.inf  # seconds, at most


class Pipe:
    """One direction of a connection."""

    def __init__(self, reader: StreamReader, writer: StreamWriter, line: Line):
        self.is_mute = False
        self._reader, self._writer, self._line = reader, writer, line
        self._delay = random.uniform(0, line.delay)
        self._on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(ON_THE_WAY)

    def start(self) -> list[asyncio.Task]:
        """Carry bytes in two tasks; the first ends when all that was sent has arrived."""
        self._taking = asyncio.create_task(self._take())
        return [self._taking, asyncio.create_task(self._deliver())]

    async def _take(self) -> None:
        while data := await self._reader.read(CHUNK):
            due = asyncio.get_running_loop().time() + self._delay
            await self._on_the_way.put((due, data))
        await self._on_the_way.join()

    async def _deliver(self) -> None:
        while True:
            due, data = await self._on_the_way.get()
            wait = max(due - asyncio.get_running_loop().time(), 0)
            await asyncio.sleep(wait + len(data) / self._line.rate)
            while self.is_mute:
                await asyncio.sleep(0.1)
            self._writer.write(data)
            await self._writer.drain()
            self._on_the_way.task_done()

    def cut(self) -> None:
        """Lose the connection, with what is on its way."""
        self._writer.transport.abort()
        self._taking.cancel()

    def close(self) -> None:
        self._writer.close()


class Proxy:
    """Carries TCP connections to a server, as its line allows; new ones find the line as it is then."""

    def __init__(self, port: int):
        self.line = Line()
        self._server_port = port
        self._pipes: list[tuple[Pipe, Pipe]] = []  # up, down
        self._ready = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> "Proxy":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *raised: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def cut(self) -> None:
        """Cut every connection there is."""
        self._loop.call_soon_threadsafe(self._cut)

    def mute(self) -> None:
        """Leave open the connections there are, and carry nothing on them any more."""
        for pipes in list(self._pipes):
            for pipe in pipes:
                pipe.is_mute = True

    def deafen(self) -> None:
        """Carry nothing more down to those who are connected; what they say still goes up."""
        for _, down in list(self._pipes):
            down.is_mute = True

    # In the proxy's own thread

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connect, "127.0.0.1", limit=CHUNK)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        self._cut()
        while self._pipes:
            await asyncio.sleep(0.01)

    async def _connect(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Carry one connection for as long as it lives."""
        try:
            far = await asyncio.open_connection(
                "127.0.0.1", self._server_port, limit=CHUNK
            )
        except OSError:  # the server is away
            writer.transport.abort()
            return
        pipes = Pipe(reader, far[1], self.line), Pipe(far[0], writer, self.line)
        self._pipes.append(pipes)
        tasks = [task for pipe in pipes for task in pipe.start()]
        await asyncio.wait(tasks, timeout=self._life(), return_when="FIRST_COMPLETED")
        ended = any(task.done() for task in tasks)
        for pipe in pipes:
            pipe.close() if ended else pipe.cut()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._pipes.remove(pipes)

    def _life(self) -> float | None:
        life = self.line.life
        return random.uniform(0, life) if life < math.inf else None

    def _cut(self) -> None:
        for pipes in self._pipes:
            for pipe in pipes:
                pipe.cut()
