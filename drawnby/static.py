"""How static files are stored: each under the hash of its content, imports between modules too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Files browsers may keep for ever, because a changed file has another name."""

    support_js_module_import_aggregation = True
    # One pass names what a module imports, another what imports that: as many as modules lie on one another.
    max_post_process_passes = 20
