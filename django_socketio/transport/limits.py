"""How much is too much."""


class Bucket:
    """Tokens that drip in at a rate; each thing taken costs one."""

    __slots__ = ("_burst", "_rate", "_tokens", "_when")

    def __init__(self, rate: float, burst: float):
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._when = 0.0

    def take(self, now: float) -> bool:
        """Take a token if there is one; say whether there was."""
        gained = (now - self._when) * self._rate
        self._when = now
        self._tokens = min(self._burst, self._tokens + gained)
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
