"""Whatever way it was said, everybody hears what they hear in the order it was said (P6)."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from django_socketio import codec
from django_socketio.channels import Channels
from django_socketio.clients import Session, Socket
from django_socketio.testing import decoded

people = st.sampled_from(["ann", "bob", "a stranger"])
rooms = st.sampled_from(["room-1", "room-2", "room-3"])


class Ear:
    """A way to a browser that keeps what comes."""

    def __init__(self):
        self.heard = []

    def deliver(self, messages):
        self.heard += [decoded(message)[1] for message in messages]

    def deliver_part(self, part):
        self.deliver(part.messages)

    def disconnect(self):
        """Stay: nobody is sent away here."""


class Turns(RuleBasedStateMachine):
    """People who come and go among rooms, and are told things, several of them in a turn."""

    def __init__(self):
        super().__init__()
        self.channels = Channels()
        self.channels.end_of_turn = lambda flush: None
        self.said = 0
        self.heard = {name: [] for name in ("ann", "bob", "a stranger")}
        self.held = {}
        self.sockets = {name: self.connected(name) for name in self.heard}

    def connected(self, name):
        socket = Socket(Session(name, name), Ear(), self.channels)
        self.channels.add(socket)
        return socket

    def say(self, listeners, room=None):
        """Return a message of its own, which listeners are to hear."""
        self.said += 1
        for name in listeners:
            self.held.get((name, room), self.heard[name]).append(self.said)
        return self.said

    @rule(name=people, room=rooms)
    def ask_for_a_room(self, name, room):
        if room not in self.sockets[name].channels:
            self.channels.enter(room, self.sockets[name], held=True)
            self.held[name, room] = []

    @rule(name=people, room=rooms)
    def be_let_into_a_room(self, name, room):
        self.channels.release(room, self.sockets[name])
        self.heard[name] += self.held.pop((name, room), [])

    @rule(name=people, room=rooms)
    def leave_a_room(self, name, room):
        self.channels.leave(room, self.sockets[name])
        self.held.pop((name, room), None)

    @rule(name=people, room=rooms)
    def speak_in_a_room(self, name, room):
        others = self.heard.keys() - {name}
        inside = [one for one in others if room in self.sockets[one].channels]
        message = self.say(inside, room)
        self.channels.broadcast_channel(room, message, self.sockets[name])

    @rule()
    def speak_to_everybody(self):
        self.channels.broadcast(self.say(self.heard))

    @rule(name=people)
    def speak_to_a_user(self, name):
        self.channels.send_to_user(name, self.say([name]))

    @rule(name=people)
    def speak_to_a_socket(self, name):
        message = codec.event(["message", self.say([name])])
        self.channels.tell(self.sockets[name], message)

    @rule()
    def end_the_turn(self):
        self.channels.flush()

    def teardown(self):
        self.channels.flush()
        for name, socket in self.sockets.items():
            assert socket.link.heard == self.heard[name]


test_everybody_hears_in_the_order_it_was_said = Turns.TestCase
