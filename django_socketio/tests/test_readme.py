"""The README's project, built from its own words, works as it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import django_socketio
from django_socketio.conf import Options
from django_socketio.tests.site import Raw, Site, tab

README = Path(django_socketio.__file__).with_name("README.md")
FILE = re.compile(
    r"^\*\*`([\w/.]+)`\*\*\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL
)
TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    for name, text in FILE.findall(README.read_text()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    manage(folder, "makemigrations", "scores", "-v", "0")
    return folder


def manage(folder, *arguments):
    """Run manage.py there; return what it says."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def environment(folder):
    root = str(Path(django_socketio.__file__).parent.parent)
    settings = {"DJANGO_SETTINGS_MODULE": "project.settings"}
    return {
        **os.environ,
        **settings,
        "PYTHONPATH": os.pathsep.join([root, str(folder)]),
    }


def test_it_names_every_file_of_its_project():
    assert [name for name, _ in FILE.findall(README.read_text())] == [
        "manage.py",
        "project/settings.py",
        "project/urls.py",
        "scores/models.py",
        "scores/events.py",
        "scores/views.py",
        "scores/templates/scores/game.html",
        "scores/tests.py",
    ]


@pytest.mark.slow
def test_its_tests_pass(project):
    assert "Ran 3 tests" in manage(project, "test", "scores")


@pytest.mark.server
def test_its_scoreboard_is_live(project):
    manage(project, "migrate", "-v", "0")
    new_game = "from scores.models import Game; Game.objects.create(home='A', away='B')"
    manage(project, "shell", "-v", "0", "-c", new_game)
    site = Scoreboard(project)
    ann, bob = tab(site), tab(site)
    for one in (ann, bob):
        assert one.ask_for("subscribe", "game-1") == {"ok": {"home": 0, "away": 0}}
    assert ann.ask_for("subscribe", "game-2") == {"refused": "no-such-game"}
    assert ann.ask_for("message", "Go!") == {"ok": 2}
    assert bob.event() == ["message", {"cheer": "Go!"}, "game-1"]
    status, _, page = Raw(site.port).request("GET", "/games/1/")
    site.stop()
    assert status == 200
    assert 'src="/static/django_socketio/socketio.js"' in page


class Scoreboard(Site):
    """The README's project, served."""

    command = ("manage.py", "runserver_socketio", "127.0.0.1:0")
    ready = "Serving"

    def __init__(self, folder):
        self.folder = folder
        super().__init__()

    def place(self, settings):
        """Return where to run, and with what environment."""
        return {"cwd": self.folder, "env": environment(self.folder)}


def test_every_setting_is_in_its_table():
    table = README.read_text().partition("### Settings")[2].partition("### In")[0]
    named = set(re.findall(r"`([A-Z_]+)`", table))
    assert {name.upper() for name in Options.__slots__} <= named


def test_every_test_it_names_is_there():
    named = set(re.findall(r"`(test_\w+\.py)`", README.read_text()))
    assert {name for name in named if not (TESTS / name).exists()} == set()
    sources = "".join(path.read_text() for path in TESTS.glob("test_*.py"))
    tests = set(re.findall(r"def (test_\w+)", sources))
    for words in re.findall(r"`…([\w…]+)`", README.read_text()):
        pattern = re.compile(words.strip("…").replace("…", ".*"))
        assert any(map(pattern.search, tests)), words


def test_every_test_of_the_protocol_suites_is_there():
    named = set(re.findall(r"`(test_\w+)`", (TESTS / "README.md").read_text()))
    sources = "".join(path.read_text() for path in TESTS.glob("test_*_rules.py"))
    sources += (TESTS / "test_abuse.py").read_text()
    assert named
    assert {name for name in named if f"def {name}(" not in sources} == set()
