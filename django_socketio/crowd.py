"""How many sockets one user has, or one address."""

from collections import Counter

from django_socketio.errors import Refused


class Crowd:
    """Counts the sockets of each name, and refuses those beyond a number."""

    def __init__(self, most: int, code: str):
        self._most = most
        self._code = code
        self._counts: Counter[str] = Counter()

    def enter(self, name: str) -> None:
        """Count a socket in; nobody in particular is not counted."""
        if name and self._counts[name] >= self._most:
            raise Refused(self._code)
        self._counts[name] += 1

    def leave(self, name: str) -> None:
        """Count a socket out."""
        self._counts[name] -= 1
        if not self._counts[name]:
            del self._counts[name]
