"""The browser's engine, running in node and asked line by line."""

import json
import subprocess
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[1] / "js" / "answer.js"


class Node:
    """A node process with the real modules of static/js/engine."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, question: str, **about: Any) -> Any:
        """Return the answer to a question; what goes wrong there fails here."""
        self._process.stdin.write(json.dumps({"question": question, **about}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "wrong" not in answer, answer["wrong"]
        return answer["right"]

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.communicate(timeout=10)
