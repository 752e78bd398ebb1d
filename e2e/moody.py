"""Somebody who changes their mind: draws, takes back, brings back, and clears."""

from e2e.drawer import Drawer

HIDE, SHOW, CLEAR = 0.12, 0.06, 0.02  # of all ops
MOST = 3  # ops taken back at once


class Moody(Drawer):
    """A drawer who also hides, shows and clears, at random and without waiting for an answer."""

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
        self._shown.append(name)
        if mood > 1 - CLEAR:
            return {"t": "clear", "id": name, "layer": 0}
        return super().next_op(name)

    def _turn(self, kind: str, name: str, of: list[str], to: list[str]) -> dict:
        """Take some of one's ops out of the picture, or bring them back."""
        some = self._random.sample(of, min(len(of), self._random.randint(1, MOST)))
        for op in some:
            of.remove(op)
        to += some
        return {"t": kind, "id": name, "ops": some}
