"""A page names the modules of its script beforehand: no browser finds them one after the other."""

import re

import pytest
from django.conf import settings
from django.templatetags.static import static

from canvas.templatetags.modules import modules, walk

ROOT = settings.BASE_DIR / "static"


def test_every_module_is_named_once():
    found = walk("js/pages/draw.js")
    assert found[0] == "js/pages/draw.js"
    assert len(found) == len(set(found))
    assert "js/draw/studio.js" in found
    assert "js/engine/geometry.js" in found


def test_no_module_of_the_draw_page_is_forgotten():
    drawn = {f"js/draw/{path.name}" for path in (ROOT / "js/draw").glob("*.js")}
    assert drawn <= set(walk("js/pages/draw.js"))


def test_packages_are_named_as_the_import_map_names_them():
    assert "vendor/socket.io-client/socket.io.esm.min.js" in walk("js/pages/draw.js")


def test_a_module_somebody_has_just_written_is_found_while_developing(settings):
    settings.DEBUG = True
    assert modules("js/pages/draw.js") == walk("js/pages/draw.js")


@pytest.mark.django_db
def test_the_draw_page_preloads_its_modules(client, drawing):
    page = client.get(drawing.get_absolute_url()).content.decode()
    preloaded = re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)
    assert preloaded == [static(name) for name in walk("js/pages/draw.js")]
