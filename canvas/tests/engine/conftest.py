"""Fixtures of the engine's tests."""

import random as chance
from collections.abc import Iterator

import pytest

from canvas.tests.engine.node import Node


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    process = Node()
    yield process
    process.close()


@pytest.fixture
def random() -> chance.Random:
    """Fresh numbers in each run; pytest-randomly prints the seed that brings them back."""
    return chance.Random(chance.getrandbits(64))
