"""The images on drawings, as the painter has them: asked for once, kept while there is room."""

from collections import OrderedDict
from collections.abc import Callable
from io import BytesIO

from PIL import Image

ROOM = 192 * 2**20  # bytes of pixels
BYTES_A_PIXEL = 4

Ask = Callable[[str], bytes]  # the file of an image, empty when there is none


class Album:
    """The pixels of images by their names in ops."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._kept: OrderedDict[str, Image.Image] = OrderedDict()

    def get(self, name: str) -> Image.Image | None:
        """Return the pixels of an image, None when there is no such image."""
        if name not in self._kept:
            file = self._ask(name)
            if not file:
                return None
            self._keep(name, file)
        self._kept.move_to_end(name)
        return self._kept[name]

    def file(self, name: str) -> bytes:
        """Return the file of an image, empty when there is none."""
        return self._ask(name)

    def _keep(self, name: str, file: bytes) -> None:
        with Image.open(BytesIO(file), formats=("WEBP",)) as image:
            self._kept[name] = image.convert("RGBA")
        while self._weight > ROOM and len(self._kept) > 1:
            self._kept.popitem(last=False)

    @property
    def _weight(self) -> int:
        sizes = (image.size for image in self._kept.values())
        return sum(width * height * BYTES_A_PIXEL for width, height in sizes)


EMPTY = Album(lambda name: b"")
