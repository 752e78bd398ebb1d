"""What any test may ask for."""

import contextlib
import os
import signal

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect, sync_playwright

from e2e import services
from e2e.chromium import launch
from e2e.server import shared_folder
from e2e.waiting import PATIENCE

LONG = {"server", "slow"}  # marks of tests that may take half a minute

expect.set_options(timeout=PATIENCE * 1000)

# However slow the machine is, that proves nothing about the code. "quick" is what `make quick` asks for.
unhurried = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("whole", **unhurried)
settings.register_profile("quick", max_examples=20, **unhurried)
settings.load_profile("whole")

# In the background a shell has Ctrl-C ignored, and whatever is started there too: servers are to heed it.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure():
    """Have everybody who tests beside each other share what a first start makes."""
    shared_folder()


def pytest_collection_modifyitems(items):
    """Begin with what takes long: at the end the others would wait for it."""
    items.sort(key=lambda item: LONG.isdisjoint(item.keywords))


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Static files under their own names: tests need not collect them first."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(scope="session")
def postgres():
    """The DATABASE_URL of a PostgreSQL that only these tests use."""
    # No test cuts the machine's power, so none has to wait for the disk; those that kill it have one that does.
    with needed(services.postgres(fsync="off")) as service:
        yield service.url


@pytest.fixture(scope="session")
def redis(tmp_path_factory):
    """The URL of a Redis that only these tests use."""
    with needed(services.redis(tmp_path_factory.mktemp("redis"))) as service:
        yield service.url


@pytest.fixture(scope="session")
def browser():
    """The Chromium of all tests: one process can drive Playwright once at a time."""
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@contextlib.contextmanager
def needed(service):
    """Run a service; without it the test is skipped by name, but in CI it fails."""
    try:
        with service as found:
            yield found
    except services.Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(f"{missing}: .ci/machine should have installed it")
        pytest.skip(str(missing))
