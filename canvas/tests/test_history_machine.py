"""Whatever people do and whatever fails, the rows are what the engine's log says.

Ann and Bob draw on several drawings at once, in batches as the store commits them: strokes,
hides and shows of their own ops, of other people's and of none, clears, the same op
twice, layers locked and deleted, removes of their own; what a moderator removes and brings back (P69). Drawings are
finished, reopened and forked. Two processes write by turns. The database fails: at the end of a
transaction whose rows are in, so that they have to go again.
"""

from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)

from canvas.engine.log import Log
from canvas.engine.ops import Clear, Hide, Layer, Rejected, Remove, Show
from canvas.engine.rules import check
from canvas.engine.scene import Scene
from canvas.history.fork import fork
from canvas.history.pack import pack
from canvas.history.unpack import unpack
from canvas.history.verify import verify
from canvas.models import Author, Drawing
from canvas.standing import Standings
from canvas.store import Entry, Proposal, commit
from canvas.tests.engine.strokes import mark
from canvas.tests.examples import examples
from canvas.tests.history import log_of, scene_of

picks = st.integers(0, 30)
people = st.sampled_from(["ann", "bob"])
layers = st.sampled_from([0, 0, 1])
sayings = st.sampled_from(
    [
        {"locked": True},
        {"locked": False},
        {"deleted": True},
        {"deleted": False},
        {"name": "Sky"},
    ]
)


@pytest.mark.django_db(transaction=True)
def test_the_rows_are_what_the_log_says():
    if connection.vendor != "sqlite":
        pytest.skip("the triggers that make a commit fail are SQLite's")
    run_state_machine_as_test(
        Gallery,
        settings=examples(30, stateful_step_count=40),
    )


class Sheet:
    """A drawing in the database, and what it should be."""

    def __init__(self, drawing, ops=()):
        self.drawing = drawing
        self.is_finished = False
        self.is_broken = False
        self.ops = []
        self.log, self.scene = Log(), Scene()
        for op in ops:
            self.append(op)

    def append(self, op):
        self.ops.append(op)
        self.scene.apply(self.log.append(op), op)

    def take(self, proposals):
        """Return what should come of proposals; they count only if all can be kept."""
        tried = Sheet(self.drawing, self.ops)
        outcomes = [tried.outcome(one, self.is_finished) for one in proposals]
        if tried.log.head == self.log.head:
            return outcomes
        if self.is_broken:
            return ["not-saved" for _ in proposals]
        self.ops, self.log, self.scene = tried.ops, tried.log, tried.scene
        return outcomes

    def outcome(self, proposal, is_finished):
        """Return the seq an op should get, or the code it should be rejected with."""
        moderates = proposal.moderates
        known = self.log.seq_of(proposal.op.id)
        if known or (is_finished and not moderates):
            return known or "watch-only"
        try:
            check(self.scene, proposal.op, proposal.mine, moderates=moderates)
        except Rejected as rejected:
            return rejected.code
        self.append(proposal.op)
        return self.log.head


class Gallery(RuleBasedStateMachine):
    """Several drawings, and a batch of ops on its way to them."""

    def __init__(self):
        super().__init__()
        self.made = 0
        self.batch = []
        self.authors = {key: author(key) for key in ("ann", "bob", "sue")}
        self.processes = [Standings(), Standings()]
        self.sheets = []
        self.start()

    def start(self):
        drawing = Drawing.objects.create(owner=self.authors["ann"])
        self.sheets.append(Sheet(drawing))

    def sheet(self, pick):
        return self.sheets[pick % len(self.sheets)]

    def propose(self, pick, who, op):
        drawing = self.sheet(pick).drawing.pk
        moderates = who == "sue"
        self.batch.append(Proposal(drawing, op, frozenset({who}), None, moderates))

    def new_id(self, who):
        self.made += 1
        return f"{who}.{self.made}"

    def some(self, pick, choices):
        """Return the ids of one or two ops there are, or of one there is not."""
        ops = self.sheet(pick).ops
        ids = [ops[one % len(ops)].id for one in choices] if ops else ["ann.0"]
        return tuple(dict.fromkeys(ids))

    @rule(pick=picks, who=people, layer=layers)
    def draw(self, pick, who, layer):
        self.propose(pick, who, mark(self.new_id(who), (layer, 0), layer=layer))

    @rule(pick=picks, who=people, layer=layers)
    def draw_and_undo(self, pick, who, layer):
        stroke = mark(self.new_id(who), (layer, 0), layer=layer)
        self.propose(pick, who, stroke)
        self.propose(pick, who, Hide(self.new_id(who), (stroke.id,)))

    @rule(pick=picks, who=people, layer=layers)
    def clear(self, pick, who, layer):
        self.propose(pick, who, Clear(self.new_id(who), layer))

    @rule(pick=picks, who=people, choices=st.lists(picks, min_size=1, max_size=2))
    def hide(self, pick, who, choices):
        self.propose(pick, who, Hide(self.new_id(who), self.some(pick, choices)))

    @rule(pick=picks, who=people, choices=st.lists(picks, min_size=1, max_size=2))
    def show(self, pick, who, choices):
        self.propose(pick, who, Show(self.new_id(who), self.some(pick, choices)))

    @rule(pick=picks, who=people, layer=layers, said=sayings)
    def change_a_layer(self, pick, who, layer, said):
        self.propose(pick, who, Layer(self.new_id(who), layer, **said))

    @rule(pick=picks, who=people, choices=st.lists(picks, min_size=1, max_size=2))
    def remove(self, pick, who, choices):
        self.propose(
            pick, who, Remove(self.new_id(who), self.some(pick, choices), None)
        )

    @rule(pick=picks, choices=st.lists(picks, min_size=1, max_size=2))
    def moderate(self, pick, choices):
        ops = self.some(pick, choices)
        self.propose(pick, "sue", Remove(self.new_id("sue"), ops, None))

    @rule(pick=picks, whose=st.sampled_from(["ann", "bob", None]))
    def moderate_all(self, pick, whose):
        self.propose(pick, "sue", Remove(self.new_id("sue"), None, whose))

    @rule(pick=picks, which=picks, kind=st.sampled_from([Hide, Hide, Show]))
    def take_moderation_back(self, pick, which, kind):
        rulings = [op.id for op in self.sheet(pick).ops if op.id.startswith("sue.")]
        if rulings:
            target = rulings[which % len(rulings)]
            self.propose(pick, "sue", kind(self.new_id("sue"), (target,)))

    @rule(which=picks)
    def send_again(self, which):
        if self.batch:
            self.batch.append(replace(self.batch[which % len(self.batch)]))

    @rule(pick=picks, which=picks, who=people)
    def send_again_what_is_kept(self, pick, which, who):
        ops = self.sheet(pick).ops
        if ops:
            self.propose(pick, who, ops[which % len(ops)])

    @rule()
    def start_another(self):
        if len(self.sheets) < 4:
            self.start()

    @rule(pick=picks, seq=picks, who=people)
    def fork(self, pick, seq, who):
        parent = self.sheet(pick)
        parent.drawing.refresh_from_db()
        seq = min(seq, parent.log.head)
        child = fork(parent.drawing, seq, self.authors[who])
        ops = [op for _, _, _, _, op in log_of(child)]
        assert ops[:seq] == parent.ops[:seq]
        self.sheets.append(Sheet(child, ops))
        self.shows_nothing_its_parent_hides(parent, self.sheets[-1])

    def shows_nothing_its_parent_hides(self, parent, child):
        """See that a fork has no more of what a moderator removed than its parent has."""
        seen = {op.id for op in child.scene.strokes()}
        assert not seen & ruled_out(parent.ops)

    @rule(pick=picks)
    def finish_or_reopen(self, pick):
        sheet = self.sheet(pick)
        sheet.is_finished = not sheet.is_finished
        finished_at = timezone.now() if sheet.is_finished else None
        Drawing.objects.filter(pk=sheet.drawing.pk).update(finished_at=finished_at)

    @rule(pick=picks)
    def break_or_mend(self, pick):
        """Have the database fail a drawing's commits when their rows are in, or no more."""
        sheet = self.sheet(pick)
        sheet.is_broken = not sheet.is_broken

    @rule(which=st.integers(0, 1))
    def commit(self, which=0):
        batch, self.batch = self.batch, []
        with failing(sheet.drawing.pk for sheet in self.sheets if sheet.is_broken):
            outcomes = commit(batch, self.processes[which])
        expected = self.expected(batch)
        for proposal, outcome in zip(batch, outcomes, strict=True):
            assert told(outcome) == expected[id(proposal)]
        self.compare()

    def expected(self, batch):
        """Return what should come of each proposal."""
        outcomes = {}
        for sheet in self.sheets:
            part = [one for one in batch if one.drawing == sheet.drawing.pk]
            outcomes.update(zip(map(id, part), sheet.take(part), strict=True))
        return outcomes

    def compare(self):
        for sheet in self.sheets:
            rows = [(seq, op) for seq, _, _, _, op in log_of(sheet.drawing)]
            assert rows == sheet.log.since(0)

    def teardown(self):
        self.commit()
        for sheet in self.sheets:
            assert verify(sheet.drawing) is None
            assert scene_of(sheet.drawing).strokes() == sheet.scene.strokes()
            sheet.drawing.refresh_from_db()
            assert sheet.drawing.is_hidden == is_hidden(sheet.ops)
            parcel = unpack(BytesIO(b"".join(pack(sheet.drawing))))
            assert (len(parcel.log), parcel.lost) == (sheet.log.head, 0)


def ruled_out(ops):
    """Return the ids of the ops a moderator has removed, and not brought back."""
    out = set()
    for place, op in enumerate(ops):
        if is_in_force(op, ops):
            earlier = {one.id for one in ops[:place]}
            out |= {name for name in op.ops or earlier if is_of(name, op.author)}
    return out


def is_in_force(op, ops):
    """Say whether an op is a moderator's remove that was not, or not last, hidden."""
    turns = [one for one in ops if isinstance(one, Hide | Show) and op.id in one.ops]
    is_ruling = isinstance(op, Remove) and op.id.startswith("sue.")
    return is_ruling and not (turns and isinstance(turns[-1], Hide))


def is_of(name, author):
    return author is None or name.startswith(f"{author}.")


def is_hidden(ops):
    """Say whether a moderator's remove of everything is in force."""
    everything = [one for one in ops if isinstance(one, Remove) and one.ops is None]
    return any(is_in_force(one, ops) for one in everything if one.author is None)


def author(key):
    shown = {"name": key.title(), "colour": "#1d4ed8"}
    return Author.objects.get_or_create(pk=key, defaults=shown)[0]


def told(outcome):
    return outcome.seq if isinstance(outcome, Entry) else outcome.code


@contextmanager
def failing(drawings):
    """Have the database fail to keep the head of some drawings."""
    broken = list(drawings)
    for pk in broken:
        run(
            f"CREATE TRIGGER failing_{pk} BEFORE UPDATE OF head ON canvas_drawing "
            f"WHEN NEW.id = {pk} BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    try:
        yield
    finally:
        for pk in broken:
            run(f"DROP TRIGGER failing_{pk}")


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
