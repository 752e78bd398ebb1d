"""However messages travel, everybody ends with one scene (P32 to P36).

Three browsers, the real replica.js each, draw on one log; what they draw is undone, redone,
removed, and taken out and brought back by a moderator (P69). Messages are lost, doubled and
overtaken, connections drop, pages are reloaded, and some ops break the rules. After each
step a browser's painter, who hears only what changed, must have painted its scene.
"""

import json

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)

from canvas.engine.codec import decode, encode
from canvas.engine.log import Log
from canvas.engine.matrix import ONE
from canvas.engine.ops import Clear, Hide, Layer, Move, Rejected, Remove, Show
from canvas.engine.rules import check
from canvas.engine.scene import Scene
from canvas.tests.engine.strokes import figure, filled, mark, pasted, wrote
from canvas.tests.examples import examples

BROWSERS = {"laptop": "ann", "tablet": "ann", "desk": "bob"}

anybody = st.sampled_from(sorted(BROWSERS))
layers = st.sampled_from([0, 0, 0, 1, 2])  # the server has layers 0 and 1
picks = st.integers(0, 20)
properties = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Sky", "Sea"]),
        "opacity": st.integers(0, 255),
        "locked": st.booleans(),
        "deleted": st.booleans(),
        "position": st.integers(0, 9),
    },
)
factors = st.integers(-3 * ONE, 3 * ONE)
shifts = st.integers(-20_000, 20_000)
matrices = st.tuples(factors, factors, factors, factors, shifts, shifts)


def test_everybody_ends_with_one_scene(node):
    run_state_machine_as_test(
        lambda: Drawing(node),
        settings=examples(100, stateful_step_count=50),
    )


class Drawing(RuleBasedStateMachine):
    """A server and three browsers, driven by chance."""

    def __init__(self, node):
        super().__init__()
        self.made = []
        self.server = Server()
        self.browsers = {
            name: Browser(node, name, author, self.server)
            for name, author in BROWSERS.items()
        }
        for browser in self.browsers.values():
            browser.load()
            browser.join()

    @rule(name=anybody, layer=layers)
    def draw(self, name, layer):
        browser = self.browsers[name]
        browser.propose(mark(self.new_id(browser), (layer, 0), layer=layer))

    @rule(name=anybody, layer=layers)
    def draw_a_shape(self, name, layer):
        browser = self.browsers[name]
        corners = (0, 0), (9, 0), (9, 9)
        op_id = self.new_id(browser)
        browser.propose(figure(op_id, "ellipse", *corners, layer=layer))

    @rule(name=anybody, layer=layers)
    def write(self, name, layer):
        browser = self.browsers[name]
        browser.propose(wrote(self.new_id(browser), "Hello", layer=layer))

    @rule(name=anybody, layer=layers)
    def fill(self, name, layer):
        browser = self.browsers[name]
        corners = (0, 0), (640, 0), (640, 640)
        browser.propose(filled(self.new_id(browser), corners, layer=layer))

    @rule(name=anybody, layer=layers)
    def paste(self, name, layer):
        browser = self.browsers[name]
        browser.propose(pasted(self.new_id(browser), layer=layer))

    @rule(name=anybody, layer=layers)
    def clear(self, name, layer):
        browser = self.browsers[name]
        browser.propose(Clear(self.new_id(browser), layer))

    @rule(name=anybody, layer=layers, said=properties)
    def change_a_layer(self, name, layer, said):
        browser = self.browsers[name]
        browser.propose(Layer(self.new_id(browser), layer, **said))

    @rule(name=anybody, matrix=matrices, chosen=st.sets(picks, max_size=6))
    def move(self, name, matrix, chosen):
        browser = self.browsers[name]
        if ops := self.pick(chosen):
            browser.propose(Move(self.new_id(browser), ops, matrix))

    @rule(name=anybody, chosen=st.sets(picks, max_size=6))
    def remove(self, name, chosen):
        browser = self.browsers[name]
        if ops := self.pick(chosen):
            browser.propose(Remove(self.new_id(browser), ops, None))

    @rule(
        chosen=st.sets(picks, max_size=6),
        whose=st.sampled_from(["ann", "bob", None]),
        by_name=st.booleans(),
    )
    def moderate(self, chosen, whose, by_name):
        ops = tuple(op for op in self.pick(chosen) if self.server.scene.has([op]))
        if ops and by_name:
            self.server.append(Remove(self.new_name("sue"), ops, None))
        elif not by_name:
            self.server.append(Remove(self.new_name("sue"), None, whose))

    @rule(kind=st.sampled_from([Hide, Hide, Show]), which=picks)
    def take_moderation_back(self, kind, which):
        removes = [name for name in self.made if name.startswith("sue.")]
        found = [name for name in removes if self.server.scene.has([name])]
        if found:
            target = found[which % len(found)]
            self.server.append(kind(self.new_name("sue"), (target,)))

    @rule(name=anybody)
    def undo(self, name):
        browser = self.browsers[name]
        if ops := browser.ask("undo", mine=[browser.author]):
            browser.propose(Hide(self.new_id(browser), tuple(ops)))

    @rule(name=anybody)
    def redo(self, name):
        browser = self.browsers[name]
        if ops := browser.ask("redo", mine=[browser.author]):
            browser.propose(Show(self.new_id(browser), tuple(ops)))

    @rule(
        name=anybody,
        kind=st.sampled_from([Hide, Show]),
        chosen=st.sets(picks, max_size=6),
    )
    def hide_or_show_just_anything(self, name, kind, chosen):
        browser = self.browsers[name]
        if ops := self.pick(chosen):
            browser.propose(kind(self.new_id(browser), ops))

    def pick(self, chosen):
        """Return ops by how many were made since."""
        return tuple(op for i, op in enumerate(self.made[::-1]) if i in chosen)

    @rule(name=anybody, which=picks, twice=st.booleans())
    def a_message_arrives_at_the_server(self, name, which, twice):
        browser = self.browsers[name]
        if browser.sent:
            self.server.take(browser, take(browser.sent, which, keep=twice))

    @rule(name=anybody, which=picks, twice=st.booleans())
    def a_message_arrives_at_a_browser(self, name, which, twice):
        browser = self.browsers[name]
        if browser.coming:
            browser.hear(take(browser.coming, which, keep=twice))

    @rule(name=anybody, which=picks)
    def a_message_is_lost(self, name, which):
        browser = self.browsers[name]
        if browser.coming:
            take(browser.coming, which, keep=False)

    @rule(name=anybody)
    def a_connection_drops(self, name):
        self.browsers[name].drop()

    @rule(name=anybody)
    def a_browser_comes_back(self, name):
        self.browsers[name].drop()
        self.browsers[name].join()

    @rule(name=anybody, log_first=st.booleans())
    def a_page_is_reloaded(self, name, log_first):
        self.browsers[name].reload(log_first)

    def teardown(self):
        for browser in self.browsers.values():
            browser.drop()
            browser.join()
        while any(browser.sent or browser.coming for browser in self.browsers.values()):
            for browser in self.browsers.values():
                self.let_pass(browser)
        self.everybody_has_one_scene()
        self.any_snapshot_and_the_ops_after_it_make_the_scene()

    def let_pass(self, browser):
        """Deliver in turn all that is travelling to and from a browser."""
        while browser.sent:
            self.server.take(browser, browser.sent.pop(0))
        while browser.coming:
            browser.hear(browser.coming.pop(0))

    def everybody_has_one_scene(self):
        expected = sight(replay(self.server.log))
        assert sight(self.server.scene) == expected
        for browser in self.browsers.values():
            assert browser.state["shown"] == browser.state["confirmed"] == expected
            assert browser.state["head"] == self.server.log.head
            assert browser.state["pending"] == []

    def any_snapshot_and_the_ops_after_it_make_the_scene(self):
        entries = self.server.log.since(0)
        expected = sight(replay(self.server.log))
        for seq in range(len(entries) + 1):
            scene = Scene()
            for one in entries[:seq]:
                scene.apply(*one)
            seen = set(scene.strokes())
            for one in entries[seq:]:
                added, removed = scene.apply(*one)
                assert seen >= set(removed)
                seen = seen - set(removed) | set(added)
            assert seen == set(scene.strokes())
            assert sight(scene) == expected

    def new_id(self, browser):
        return self.new_name(browser.author)

    def new_name(self, author):
        self.made.append(f"{author}.{len(self.made)}")
        return self.made[-1]


class Server:
    """What the server does with an op: check it, number it, tell everybody."""

    def __init__(self):
        self.log = Log()
        self.scene = Scene(layers=[0, 1], images={pasted("ann.1").content})
        self.joined = []

    def take(self, browser, wire):
        op = decode(wire)
        seq = self.log.seq_of(op.id)
        try:
            if seq is None:
                check(self.scene, op, frozenset([browser.author]))
                self.append(op)
            else:
                browser.coming.append(("entries", self.since(seq - 1)[:1]))
        except Rejected as rejected:
            browser.coming.append(("rejected", [op.id, rejected.code]))

    def append(self, op):
        self.scene.apply(self.log.append(op), op)
        for browser in self.joined:
            browser.coming.append(("entries", self.since(self.log.head - 1)))

    def since(self, seq):
        return [(seq, json.loads(encode(op))) for seq, op in self.log.since(seq)]


class Browser:
    """A tab with a drawing in it: the real replica, and what travels to it and from it."""

    def __init__(self, node, name, author, server):
        self.node, self.name, self.author = node, name, author
        self.server = server
        self.sent, self.coming = [], []

    def ask(self, question, **about):
        return self.node.ask(question, replica=self.name, **about)

    def load(self):
        self.state = self.ask("start")

    def propose(self, op):
        wire = json.loads(encode(op))
        self.state = self.ask("propose", op=wire)
        if self in self.server.joined:
            self.sent.append(wire)

    def hear(self, message):
        match message:
            case "entries", entries:
                self.receive(entries)
            case "rejected", (op_id, code):
                self.state = self.ask("reject", id=op_id, code=code)

    def receive(self, entries):
        self.state = self.ask("receive", entries=entries)
        if self.state["place"] == "gap":
            self.catch_up()

    def catch_up(self):
        if self in self.server.joined:
            self.coming.append(("entries", self.server.since(self.state["head"])))

    def join(self):
        self.server.joined.append(self)
        self.catch_up()
        self.sent = list(self.state["pending"])

    def drop(self):
        self.sent, self.coming = [], []
        if self in self.server.joined:
            self.server.joined.remove(self)

    def reload(self, log_first):
        """Begin anew with the log and the ops kept here, in either order."""
        kept = self.state["pending"]
        self.drop()
        self.load()
        if log_first:
            self.receive(self.server.since(0))
        for wire in kept:
            self.state = self.ask("propose", op=wire)


def replay(log):
    scene = Scene()
    for seq, op in log.since(0):
        scene.apply(seq, op)
    return scene


def take(messages, which, keep):
    """Return one of several messages, which stays there if it is to come twice."""
    index = which % len(messages)
    return messages[index] if keep else messages.pop(index)


def sight(scene):
    """Return all that one sees, as the browser tells it."""
    marks = [json.loads(encode(mark)) for mark in scene.strokes()]
    return {"marks": marks, "stack": [level._asdict() for level in scene.stack()]}
