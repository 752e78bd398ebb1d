"""Drawings painted by a real Chromium, with the modules the browser gets."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

from canvas.engine.ops import Mark
from canvas.engine.stack import Level
from e2e.chromium import launch

STATIC = Path(__file__).parents[2] / "static"
ORIGIN = "http://pictures.test"
NONE: Mapping[str, Path] = MappingProxyType({})

# Every layer is a canvas of its own; they are laid over each other, and then on paper.
PAINT = """async ({ strokes, size, paper, stack, images }) => {
  const { paint, lay, CONTEXT_SETTINGS } = await import("/js/engine/render.js");
  const { pixelsOf, Stamps } = await import("/js/draw/stamps.js");
  const typeface = await (await fetch("/fonts/inter.json")).json();
  const stamps = new Stamps({ width: size[0], height: size[1] });
  for (const [name, file] of Object.entries(images)) {
    stamps.add(name, await pixelsOf(await (await fetch(file)).blob()));
  }
  const context = () => {
    const canvas = new OffscreenCanvas(...size);
    return canvas.getContext("2d", CONTEXT_SETTINGS);
  };
  const picture = context();
  if (paper) {
    picture.fillStyle = paper;
    picture.fillRect(0, 0, ...size);
  }
  const layers = [];
  for (const stroke of strokes) {
    layers[stroke.layer] ??= context();
    paint(layers[stroke.layer], stroke, typeface, stamps);
  }
  const plain = layers.map((_, number) => ({ number, opacity: 255, blend: "normal" }));
  const whole = context();
  for (const level of stack ?? plain) {
    const layer = layers[level.number];
    if (layer && !level.hidden) lay(whole, layer.canvas, level);
  }
  picture.drawImage(whole.canvas, 0, 0);
  const blob = await picture.canvas.convertToBlob();
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""


@contextmanager
def chromium() -> Iterator[Page]:
    """Open a page that can import the engine."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield open_page(browser)
        browser.close()


def open_page(browser: Browser) -> Page:
    """Open a page that can import the engine in a browser that runs already."""
    page = browser.new_page()
    page.route(f"{ORIGIN}/**", serve)
    page.goto(f"{ORIGIN}/")
    return page


def serve(route: Route) -> None:
    """Answer with a file of the static folder, or with an empty page."""
    path = STATIC / route.request.url.removeprefix(ORIGIN).lstrip("/")
    if path.is_file():
        route.fulfill(path=path, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html")


def painted(
    page: Page,
    strokes: Sequence[Mark],
    size: tuple[int, int],
    paper: str | None = "#ffffff",
    stack: Sequence[Level] = (),
    images: Mapping[str, Path] = NONE,
) -> Image.Image:
    """Return what Chromium shows for strokes, RGB on paper or RGBA without.

    Images are the files of those on the paper, by their names in ops.
    """
    data = {"strokes": [told(s) for s in strokes], "size": size, "paper": paper}
    data["stack"] = [level._asdict() for level in stack] or None
    data["images"] = {name: address(file) for name, file in images.items()}
    png = base64.b64decode(page.evaluate(PAINT, data))
    return Image.open(BytesIO(png)).convert("RGB" if paper else "RGBA")


def address(file: Path) -> str:
    """Return a file as an address that holds all of it."""
    return f"data:image/{file.suffix[1:]};base64,{base64.b64encode(file.read_bytes()).decode()}"


def told(mark: Mark) -> dict:
    """Return a mark as ops.js has it."""
    fields = {"t": mark.t, **asdict(mark)}
    if "points" in fields:
        fields["points"] = [point._asdict() for point in mark.points]
    if "contours" in fields:
        fields["contours"] = [sum(corners, ()) for corners in mark.contours]
    return fields
