"""Who sits in a drawing by which right, and who is shown out when that right is gone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.sessions.models import Session

NO_SUCH_DRAWING = "no-such-drawing"
SIGNED_OUT = "signed-out"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a drawing; `show_out` takes a code and ends it. `session` is Django's, of who is signed in."""

    show_out: Callable[[str], None]
    sees_private: bool
    session: str | None


class Seats:
    """The seats of one drawing, by participant."""

    def __init__(self) -> None:
        self._seats: dict[str, Seat] = {}

    def take(self, name: str, seat: Seat) -> None:
        """Let a participant sit down."""
        self._seats[name] = seat

    def leave(self, name: str) -> None:
        """Let a participant get up."""
        self._seats.pop(name, None)

    @property
    def sessions(self) -> set[str]:
        """The sessions of those who are signed in."""
        return {seat.session for seat in self._seats.values() if seat.session}

    def close_to_strangers(self) -> None:
        """Show out those who may not see a private drawing."""
        for seat in list(self._seats.values()):
            if not seat.sees_private:
                seat.show_out(NO_SUCH_DRAWING)

    def close_to_everybody(self) -> None:
        """Show everybody out: there is no such drawing any more."""
        for seat in list(self._seats.values()):
            seat.show_out(NO_SUCH_DRAWING)

    def sign_out(self, sessions: Iterable[str]) -> None:
        """Show out those whose session has ended."""
        ended = set(sessions)
        for seat in list(self._seats.values()):
            if seat.session in ended:
                seat.show_out(SIGNED_OUT)


def living(sessions: Iterable[str]) -> set[str]:
    """Return those of these sessions that have not ended."""
    found = Session.objects.filter(pk__in=list(sessions))
    return set(found.values_list("pk", flat=True))
