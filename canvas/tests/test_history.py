"""The log over HTTP, and the page on which it is replayed."""

import gzip
import json
import re

import pytest
from django.urls import reverse

from canvas.models import Drawing
from canvas.tests.history import put
from canvas.tests.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def carol():
    return Visitor()


def tail(visitor, drawing, **query):
    return visitor.get(reverse("log_tail", args=[drawing.key]), query)


def seqs(response):
    return [seq for seq, _, _ in response.json()]


def test_p51_the_end_of_the_log_comes_after_the_full_chunks(drawing, ann, carol):
    put(drawing, ann, *[ann.stroke() for _ in range(5)])
    response = tail(carol, drawing, since=3)
    assert seqs(response) == [4, 5]
    assert response["Cache-Control"] == "private, no-store"
    assert seqs(tail(carol, drawing, since=5)) == []


def test_p51_a_tail_is_no_longer_than_a_chunk(drawing, ann, carol, monkeypatch):
    monkeypatch.setattr("canvas.views.history.LOG_CHUNK", 2)
    put(drawing, ann, *[ann.stroke() for _ in range(5)])
    assert seqs(tail(carol, drawing, since=1)) == [2, 3]


@pytest.mark.parametrize("since", ["", "-1", "x", "1.5", "٣", "9" * 12])
def test_p51_since_is_a_seq(drawing, carol, since):
    assert tail(carol, drawing, since=since).status_code == 400


def test_p32_an_op_that_was_damaged_comes_as_null(drawing, ann, carol):
    put(drawing, ann, ann.stroke(), ann.stroke())
    drawing.ops.filter(seq=1).update(data=b"{}")
    assert [op and op["t"] for _, _, op in tail(carol, drawing, since=0).json()] == [
        None,
        "stroke",
    ]


def test_the_log_is_compressed_for_whoever_can_read_that(drawing, ann, carol):
    put(drawing, ann, *[ann.stroke() for _ in range(5)])
    address = reverse("log_tail", args=[drawing.key]) + "?since=0"
    plain = carol.get(address)
    compressed = carol.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert compressed["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == plain.content
    assert plain["Vary"] == compressed["Vary"]
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.parametrize("page", ["log_tail", "replay"])
def test_the_log_of_a_private_drawing_is_not_told_from_none(drawing, ann, carol, page):
    put(drawing, ann, ann.stroke())
    Drawing.objects.update(visibility=Drawing.Visibility.PRIVATE)
    private = carol.get(reverse(page, args=[drawing.key]), {"since": 0})
    missing = carol.get(reverse(page, args=["x" * 22]), {"since": 0})
    assert private.status_code == missing.status_code == 404
    assert private.content == missing.content


def replayed(visitor, drawing, **query):
    """Return a drawing's replay page as HTML."""
    page = visitor.get(reverse("replay", args=[drawing.key]), query)
    assert page.status_code == 200
    return page.content.decode()


def test_a_replay_knows_by_name_who_drew(drawing, ann, bob, carol):
    put(drawing, ann, ann.stroke())
    put(drawing, bob, bob.stroke())
    page = replayed(carol, drawing)
    authors = re.search(r'<script id="authors"[^>]*>(.*?)</script>', page)[1]
    assert [(one["key"], one["name"]) for one in json.loads(authors)] == [
        (ann.person.key, "Ann"),
        (bob.person.key, "Bob"),
    ]


@pytest.mark.parametrize(("at", "start"), [("1", "1"), ("0", "0"), ("99", "2")])
def test_a_link_leads_to_a_moment(drawing, ann, carol, at, start):
    put(drawing, ann, ann.stroke(), ann.stroke())
    assert f'data-start="{start}"' in replayed(carol, drawing, at=at)


def test_without_a_moment_a_replay_begins_at_the_beginning(drawing, ann, carol):
    put(drawing, ann, ann.stroke())
    assert "data-start" not in replayed(carol, drawing)


def test_a_moment_that_is_none_is_refused(drawing, carol):
    address = reverse("replay", args=[drawing.key])
    assert carol.get(address, {"at": "dawn"}).status_code == 400


def test_there_is_nothing_to_replay_where_nothing_was_drawn(drawing, carol):
    page = replayed(carol, drawing)
    assert "Nothing was drawn on it." in page
    assert "<canvas" not in page


def test_a_finished_drawing_leads_to_its_replay(ann, carol):
    own = carol.starts()
    put(own, ann, ann.stroke())
    carol.post(reverse("finish", args=[own.key]), {"title": "Sunset"})
    page = carol.get(own.get_absolute_url()).content.decode()
    assert f'href="/d/{own.key}/replay/"' in page
