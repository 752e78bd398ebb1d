"""Many at once: idle, connecting, coming back."""

import resource

import pytest

from django_socketio.tests.site import Tab, tab

pytestmark = [pytest.mark.server, pytest.mark.slow]
MANY = 1000


@pytest.fixture(autouse=True)
def enough_files():
    """Let this process have as many sockets as it needs."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, before[1]), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def everybody(site):
    """Connect a thousand at once, and bring them into one channel."""
    tabs = []
    for _ in range(MANY):
        tabs.append(Tab(site.port))
        tabs[-1].write("40")
        site.drain()
    for one in tabs:
        one.text()
        assert one.text().startswith("40{")
        one.write('421["subscribe","hall"]')
        site.drain()
    for one in tabs:
        site.drain()
        assert one.acknowledgement() == {"ok": None}
    return tabs


def test_a_thousand_come_all_are_told_go_and_come_back(a_site):
    site = a_site(SOCKETIO_PING_INTERVAL=60)
    empty = site.memory()
    tabs = everybody(site)
    assert (
        site.memory() - empty
    ) / MANY < 84 * 1024  # 1.5 times plain python-socketio's
    tabs[0].emit("message", {"do": "to_channel", "say": "welcome"})
    assert {one.event()[1] for one in tabs[1:]} == {"welcome"}
    for one in tabs:
        one.close()
    for _ in tabs:
        site.until("finish")
    tabs = everybody(site)
    tabs[0].emit("message", {"do": "to_channel", "say": "welcome back"})
    assert {one.event()[1] for one in tabs[1:]} == {"welcome back"}


def test_who_comes_while_many_go_is_let_in(a_site):
    site = a_site(SOCKETIO_PING_INTERVAL=60)
    for _ in range(5):
        for one in [tab(site) for _ in range(200)]:
            one.close()
        site.drain()
    assert tab(site).ask_for("message", "here") == {"ok": "here"}


def test_a_thousand_idle_sockets_cost_one_greenlet_each(a_site):
    site = a_site(SOCKETIO_PING_INTERVAL=60)
    watcher = tab(site)
    few = watcher.ask_for("message", {"do": "greenlets"})["ok"]
    tabs = everybody(site)
    many = watcher.ask_for("message", {"do": "greenlets"})["ok"]
    assert many - few == len(tabs)
