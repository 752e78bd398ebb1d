"""How static files are stored: each under the hash of its content, imports between modules too."""

import os
import re
from graphlib import TopologicalSorter
from posixpath import dirname, join, normpath

from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What a script takes from another, as `from "./other.js"` or `import("./other.js")`.
IMPORT = re.compile(rb"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Files browsers may keep for ever, because a changed file has another name."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        small = {name: minified(name, *found) for name, found in paths.items()}
        return super().post_process(imports_first(small), dry_run=dry_run, **options)

    def create_compressor(self, **options):
        return WholeFiles(**options)

    def compress_files(self, paths):
        """Compress what is new; what has the same hash was compressed already."""
        return super().compress_files(
            path for path in paths if not self.exists(f"{path}.br")
        )


def imports_first(paths):
    """Return scripts after those they import: a pass names a script for good once it has named these."""
    imports = {name: imported(name, *found) for name, found in paths.items()}
    order = TopologicalSorter(imports).static_order()
    return {name: paths[name] for name in order if name in paths}


def imported(name, storage, path):
    """Return the names of the scripts a script imports; nothing else imports any."""
    if not name.endswith(".js"):
        return []
    with storage.open(path) as script:
        found = IMPORT.findall(script.read())
    return [normpath(join(dirname(name), one.decode())) for one in found]


class WholeFiles(Compressor):
    """Writes a compressed file as a whole or not at all: one cut short would be served for good."""

    def write_data(self, path, data, suffix, stat_result):
        part = super().write_data(path, data, f"{suffix}.part", stat_result)
        os.replace(part, path + suffix)
        return path + suffix


def minified(name, storage, path):
    """Return where a file is to be read: a script of this project without what only people read in it."""
    is_own = name.startswith("js/") and name.endswith(".js")
    return (Minified(storage), path) if is_own else (storage, path)


class Minified:
    """Scripts as browsers need them: comments and spaces would be two fifths of what travels."""

    def __init__(self, storage):
        self._storage = storage

    def open(self, path):
        """Open a script as it is when minified."""
        with self._storage.open(path) as script:
            return ContentFile(jsmin(script.read()))
