"""The modules a page's script is made of, so that a browser can ask for all of them at once."""

import posixpath
import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders

register = template.Library()

# An import or export that names a module, one statement a match.
IMPORT = re.compile(
    r"""^(?:import|export)\s+(?:[\w*{][^'"();=]*?\sfrom\s+)?["']([^"']+)["'];""",
    re.MULTILINE,
)
PACKAGES = {"socket.io-client": "vendor/socket.io-client/socket.io.esm.min.js"}


@register.simple_tag
def modules(script):
    """Return the static names of a script and of all it imports, each after those that import it."""
    return walk(script) if settings.DEBUG else walked(script)


@cache
def walked(script):
    """Return what walk finds; files of a running server stay as they are."""
    return walk(script)


def walk(script):
    """Follow the imports from a script on, the nearest first."""
    found = [script]
    for name in found:
        found += [one for one in imported_by(name) if one not in found]
    return found


def imported_by(name):
    """Return the static names of the modules a module imports."""
    if name in PACKAGES.values():
        return []
    source = Path(finders.find(name)).read_text()
    return list(dict.fromkeys(static_name(name, one) for one in IMPORT.findall(source)))


def static_name(importer, imported):
    """Return the static name of what a module imports under a relative or a package's name."""
    if not imported.startswith("."):
        return PACKAGES[imported]
    return posixpath.normpath(posixpath.join(posixpath.dirname(importer), imported))
