"""Fingers on a visitor's screen, and a pen."""

import math
import time

from e2e.people import Place, Visitor


class Hands:
    """What a visitor does to a touch screen; places are points of the drawing."""

    def __init__(self, visitor: Visitor):
        self._visitor = visitor
        self._browser = visitor.context.new_cdp_session(visitor.page)

    def on_screen(self, *points: Place) -> list[Place]:
        """Return where points of the drawing lie on the screen now."""
        return [self._visitor._on_screen(point) for point in points]

    def drags_a_finger(self, *points: Place) -> None:
        """Draw through points with one finger, and lift it."""
        self.puts_finger_down(*points)
        self.touches("touchEnd")

    def puts_finger_down(self, *points: Place) -> None:
        """Draw through points with one finger, which stays."""
        kind = "touchStart"
        for place in self.on_screen(*points):
            self.touches(kind, place)
            kind = "touchMove"

    def adds_a_finger_and_spreads(self, first: Place, second: Place) -> None:
        """Put a second finger down beside one that lies at first, and draw them apart."""
        (x, y), (other_x, other_y) = self.on_screen(first, second)
        for step in range(8):
            kind = "touchStart" if step == 0 else "touchMove"
            far = 8 * step
            self.touches(kind, (x - far, y), (other_x + far, other_y))
        self.touches("touchEnd")

    def taps_with(self, *places: Place) -> None:
        """Touch places with as many fingers at once, for no longer than a moment, however busy the machine is."""
        moment = {"timestamp": time.time()}
        for count in range(len(places)):
            fingers = self.on_screen(*places[: count + 1])
            self.touches("touchStart", *fingers, **moment)
        self.touches("touchEnd", **moment)

    def twists(self, middle: Place, angle: float) -> None:
        """Turn two fingers about a place, by so many radians to the right."""
        [(x, y)] = self.on_screen(middle)
        for step in range(11):
            turn = angle * step / 10
            dx, dy = 120 * math.cos(turn), 120 * math.sin(turn)
            kind = "touchStart" if step == 0 else "touchMove"
            self.touches(kind, (x - dx, y - dy), (x + dx, y + dy))
        self.touches("touchEnd")

    def touches(self, kind: str, *places: Place, **more: float) -> None:
        """Have fingers touch places on the screen, or none any more."""
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        event = {"type": kind, "touchPoints": points, **more}
        self._browser.send("Input.dispatchTouchEvent", event)

    def pen(self, kind: str, point: Place, force: float, tilt: int = 0) -> None:
        """Have a pen press, move or let go: force is from 0 to 1, tilt in degrees to the right."""
        [(x, y)] = self.on_screen(point)
        event = {
            "type": kind,
            "x": x,
            "y": y,
            "button": "left",
            "buttons": 0 if kind == "mouseReleased" else 1,
            "clickCount": 1,
            "force": force,
            "tiltX": tilt,
            "pointerType": "pen",
        }
        self._browser.send("Input.dispatchMouseEvent", event)
