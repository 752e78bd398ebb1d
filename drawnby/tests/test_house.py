"""The house stays in order: which folder may know which, and what no file may say."""

import gzip
import importlib
import re
import shutil
import subprocess
from pathlib import Path
from unittest.mock import Mock

import brotli
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from bench.__main__ import NAMES
from canvas.templatetags.modules import modules
from drawnby.static import WholeFiles
from e2e.server import first_data

ROOT = Path(settings.BASE_DIR)
SCRIPTS = ROOT / "static/js"
STYLES = ROOT / "static/css"
IMPORT = re.compile(
    r"""^(?:import|export)\s+(?:[\w*{][^'"();=]*?\sfrom\s+)?["']([^"']+)["']""",
    re.MULTILINE,
)
HASHED = re.compile(r"\.[0-9a-f]{12}\.js")
COMMENT = re.compile(r"/\*(?:(?!\*/).)*\*/|^[ \t]*//.*?$", re.MULTILINE | re.DOTALL)
BESIDE = re.compile(r"[ \t]+// .*$", re.MULTILINE)  # a comment beside code

# What a folder of scripts may import, beside itself.
MAY_IMPORT = {
    "engine": set(),
    "realtime": {"socket.io-client"},
    "draw": {"engine", "realtime"},
    "replay": {"engine", "draw"},
    "pages": {"engine", "realtime", "draw", "replay"},
}


def scripts():
    return sorted(SCRIPTS.rglob("*.js"))


def imported(script: Path) -> set[str]:
    """Return the folders and packages a script imports from."""
    found = IMPORT.findall(script.read_text())
    return {folder_of(script, name) for name in found}


def folder_of(script: Path, name: str) -> str:
    if not name.startswith("."):
        return name
    return (script.parent / name).resolve().relative_to(SCRIPTS.resolve()).parts[0]


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.name)
def test_scripts_import_one_way(script):
    folder = script.relative_to(SCRIPTS).parts[0]
    assert imported(script) <= MAY_IMPORT[folder] | {folder}


@pytest.mark.parametrize("folder", ["engine", "realtime"])
def test_the_engine_and_the_channels_know_no_page(folder):
    for script in (SCRIPTS / folder).rglob("*.js"):
        assert not re.search(r"\b(document|window|localStorage)\.", script.read_text())


def test_the_engine_knows_no_network():
    for script in (SCRIPTS / "engine").rglob("*.js"):
        assert not re.search(
            r"\b(fetch|XMLHttpRequest|WebSocket)\(", script.read_text()
        )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The static files as they are served, to do with as one likes."""
    folder = tmp_path_factory.mktemp("built") / "static"
    return shutil.copytree(first_data() / "static", folder)


def collect(folder: Path) -> None:
    """Build the static files as they are served."""
    backend = {"BACKEND": "drawnby.static.StaticFiles"}
    storages = {**settings.STORAGES, "staticfiles": backend}
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", verbosity=0, interactive=False)


@pytest.mark.slow
def test_built_scripts_import_each_other_by_their_hashed_names(built):
    """Django's hashing passes over an import that ends without a semicolon."""
    names = {path.relative_to(SCRIPTS).with_suffix("") for path in scripts()}
    for name in names:
        for found in IMPORT.findall(script_in(built, name).read_text()):
            if found != "socket.io-client":
                assert re.search(r"\.[0-9a-f]{12}\.js$", found), f"{name}: {found}"


@pytest.mark.slow
def test_building_again_compresses_nothing_again(built):
    before = written(built)
    collect(built)
    assert written(built) == before


def test_a_compressed_file_is_whole_or_not_there(tmp_path, monkeypatch):
    script = tmp_path / "script.js"
    script.write_text("a" * 1000)
    with monkeypatch.context() as cut_short:
        cut_short.setattr("os.utime", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            WholeFiles(quiet=True).compress(str(script))
    assert not Path(f"{script}.br").exists()
    WholeFiles(quiet=True).compress(str(script))
    assert brotli.decompress(Path(f"{script}.br").read_bytes()) == b"a" * 1000


def written(built: Path) -> dict[Path, int]:
    """Return when each compressed file was written."""
    found = [path for path in built.rglob("*") if path.suffix in {".gz", ".br"}]
    assert len(found) > 400
    return {path: path.stat().st_ctime_ns for path in found}


@pytest.mark.slow
def test_the_draw_page_gets_at_most_150_kilobytes_of_scripts(built):
    names = [Path(name) for name in modules("js/pages/draw.js")]
    served = [served_as(built, name) for name in names]
    assert len(served) > 90
    assert sum(len(gzip.compress(one.read_bytes())) for one in served) <= 150_000


@pytest.mark.slow
def test_built_scripts_are_the_written_ones_without_comments(built):
    for path in scripts():
        name = path.relative_to(SCRIPTS).with_suffix("")
        served = HASHED.sub(".js", script_in(built, name).read_text())
        bare = BESIDE.sub("", COMMENT.sub("", path.read_text()))
        assert squeezed(served) == squeezed(bare), name


def squeezed(script: str) -> str:
    """Return a script without the spaces in it."""
    return re.sub(r"\s", "", script)


def script_in(built: Path, name: Path) -> Path:
    """Return a script as it is served."""
    return served_as(built, "js" / name.with_suffix(".js"))


def served_as(built: Path, name: Path) -> Path:
    """Return a static file under the name it is served by."""
    [found] = (built / name.parent).glob(f"{name.stem}.????????????{name.suffix}")
    return found


@pytest.mark.parametrize(
    "sheet", sorted(STYLES.rglob("*.css")), ids=lambda path: path.name
)
def test_no_style_asks_whether_what_is_within_is_empty(sheet):
    """Safari never notices when it is filled."""
    assert not re.search(r":has\([^{]*:empty", sheet.read_text())


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_lock_file_names_a_registry():
    for path in tracked("requirements", "package-lock.json", ".npmrc", "Makefile"):
        text = path.read_text()
        assert '"resolved"' not in text
        assert not re.search(r"index-url\s*=|--index-url \S*//|find-links \S*/", text)


def test_every_setting_is_in_the_readme():
    source = (ROOT / "drawnby/settings.py").read_text()
    names = re.findall(r"""\benv(?:\.\w+)?\(\s*["'](\w+)["']""", source)
    told = (ROOT / "README.md").read_text()
    assert names
    assert [name for name in names if f"`{name}`" not in told] == []


def test_every_rule_of_the_protocol_is_cited_by_a_test():
    rules = re.findall(
        r"^- \*\*(P\d+)\*\*", (ROOT / "docs/protocol.md").read_text(), re.M
    )
    tests = [*tracked("*test_*.py"), *tracked("*.test.js"), *tracked("*/cases/*.json")]
    cited = "\n".join(path.read_text() for path in tests).upper()
    assert rules
    assert [rule for rule in rules if not re.search(rf"{rule}(?!\d)", cited)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_fits_what_it_measures(name):
    assert callable(importlib.import_module(f"bench.{name}").run)
