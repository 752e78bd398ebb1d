"""What happens, counted; a project may count in a way of its own."""

from collections import Counter


class Metrics:
    """Counts things by name; SOCKETIO_METRICS may name another class with the same `add`.

    The names: connected, disconnected, messages, errors, delivered (broadcasts, once for each socket), left-out
    (volatile messages not sent to a socket that did not keep up), refused-CODE, closed-REASON.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, name: str, amount: int = 1) -> None:
        """Count something."""
        self._counts[name] += amount

    def counts(self) -> dict[str, int]:
        """Return how often each thing has happened since the process began."""
        return dict(self._counts)
