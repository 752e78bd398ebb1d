"""Somebody who changes their mind: draws, moves, deletes, takes back, brings back, and clears."""

from e2e.drawer import Drawer

HIDE, SHOW, REMOVE, MOVE, CLEAR = 0.12, 0.06, 0.04, 0.04, 0.02  # of all ops
ONE = 65_536  # what a move counts in
MOST = 3  # ops taken back at once


class Moody(Drawer):
    """A drawer who also does everything else there is to marks, at random and without waiting for an answer."""

    def __init__(self, url: str, key: str, seed: int, pace: float):
        super().__init__(url, key, seed, pace)
        self._shown: list[str] = []
        self._hidden: list[str] = []

    def next_op(self, name: str) -> dict:
        mood = self._random.random()
        if mood < HIDE and self._shown:
            return self._turn("hide", name, self._shown, self._hidden)
        if HIDE < mood < HIDE + SHOW and self._hidden:
            return self._turn("show", name, self._hidden, self._shown)
        op = self._done_to_some(mood - HIDE - SHOW, name)
        self._shown.append(name)
        if op is None and mood > 1 - CLEAR:
            return {"t": "clear", "id": name, "layer": 0}
        return op or super().next_op(name)

    def _done_to_some(self, mood: float, name: str) -> dict | None:
        """Return what deletes some of one's ops, or moves them, if one is in the mood."""
        if 0 < mood < REMOVE and self._shown:
            ops = self._some(self._shown)
            return {"t": "remove", "id": name, "ops": ops, "author": None}
        if REMOVE < mood < REMOVE + MOVE and self._shown:
            matrix = [ONE, 0, 0, ONE, *(self._random.randint(-99, 99) for _ in "xy")]
            ops = self._some(self._shown)
            return {"t": "move", "id": name, "ops": ops, "matrix": matrix}
        return None

    def _turn(self, kind: str, name: str, of: list[str], to: list[str]) -> dict:
        """Take some of one's ops out of the picture, or bring them back."""
        some = self._some(of)
        for op in some:
            of.remove(op)
        to += some
        return {"t": kind, "id": name, "ops": some}

    def _some(self, of: list[str]) -> list[str]:
        return self._random.sample(of, min(len(of), self._random.randint(1, MOST)))
