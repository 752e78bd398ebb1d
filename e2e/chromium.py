"""The Chromium the tests drive: the one CHROMIUM names, the system's without its windows or with them, or Playwright's."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--no-sandbox",  # root, as in a container, cannot have one
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=path(), args=FLAGS)


def path() -> str | None:
    """Return where it is; None: where Playwright has put its own."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium-headless-shell") or shutil.which("chromium")
