"""The engine stands alone."""

import subprocess
import sys

PROGRAM = """
import sys
sys.modules["django"] = None  # as if it were not installed
from canvas.engine import codec, geometry, log, ops, render, rules, scene
assert not [name for name in sys.modules if name.startswith(("django.", "gevent"))]
"""


def test_it_imports_where_there_is_no_django():
    subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], check=True)
