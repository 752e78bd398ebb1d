"""Real browsers, several at once, against a real server."""

import pytest

from e2e.drawer import Drawer
from e2e.people import Visitor
from e2e.server import Server


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "e2e":
            item.add_marker("browser")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A server for all the tests that leave it running."""
    running = Server(tmp_path_factory.mktemp("server")).start()
    yield running
    running.stop()


@pytest.fixture
def own_server(tmp_path):
    """A server for one test that does to it what it likes."""
    running = Server(tmp_path).start()
    yield running
    running.stop()


@pytest.fixture
def visit(browser):
    """Return a function that lets one more visitor in; none of them may meet an error."""
    visitors = []

    def arrive(server, **context):
        visitors.append(Visitor(browser, server.url, **context))
        return visitors[-1]

    yield arrive
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for visitor in visitors:
        visitor.leaves()
    assert troubles == []


@pytest.fixture
def draws_on(server):
    """Return a function that has somebody without a browser draw stroke after stroke on a drawing."""
    drawers = []

    def start(key):
        drawers.append(Drawer(server.url, key, seed=len(drawers)))
        drawers[-1].start()
        return drawers[-1]

    yield start
    for drawer in drawers:
        drawer.stop_drawing.set()
        while drawer.pending:
            drawer.join(0.05)
        drawer.leave.set()
        drawer.join()


@pytest.fixture
def ann(visit, server):
    return visit(server)


@pytest.fixture
def bob(visit, server):
    return visit(server)


@pytest.fixture
def carol(visit, server):
    return visit(server)
