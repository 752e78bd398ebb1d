"""How static files are stored: each under the hash of its content, imports between modules too."""

import os
import re
from graphlib import TopologicalSorter
from posixpath import dirname, join, normpath

from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Comments on lines of their own, and beside code; one with a quotation mark in it stays there, for it may be a string.
COMMENT = re.compile(
    rb"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n|[ \t]+// [^\n\"'`]*$",
    re.M | re.S,
)

# What a script takes from another, as `from "./other.js"` or `import("./other.js")`.
IMPORT = re.compile(rb"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Files browsers may keep for ever, because a changed file has another name."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        bare = {name: without_comments(name, *found) for name, found in paths.items()}
        return super().post_process(imports_first(bare), dry_run=dry_run, **options)

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


def without_comments(name, storage, path):
    """Return where a file is to be read: a script of this project without its comments."""
    is_own = name.startswith("js/") and name.endswith(".js")
    return (Uncommented(storage), path) if is_own else (storage, path)


class Uncommented:
    """Scripts as browsers need them: what people read in them would be a third of what travels."""

    def __init__(self, storage):
        self._storage = storage

    def open(self, path):
        """Open a script as it is without comments."""
        with self._storage.open(path) as script:
            return ContentFile(COMMENT.sub(b"", script.read()))
