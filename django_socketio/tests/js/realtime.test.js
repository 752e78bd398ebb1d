import assert from "node:assert/strict";
import net from "node:net";
import { after, afterEach, before, test } from "node:test";
import { Channel } from "../../../static/js/realtime/channel.js";
import { Disconnected, Refused, Socket } from "../../../static/js/realtime/socket.js";

const PORT = Number(process.env.SITE_PORT);

/** A wire that can be cut. */
class Wire {
  upgrades = true;
  #ends = new Set();
  #server = net.createServer((near) => this.#join(near));

  async open() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }

  #join(near) {
    const far = net.connect(PORT, "127.0.0.1");
    near.on("data", (data) => this.#pass(data, near, far));
    far.pipe(near);
    near.on("close", () => far.destroy());
    for (const end of [near, far]) {
      this.#ends.add(end);
      end.on("error", () => {});
    }
  }

  /** Some proxies know nothing of WebSockets. */
  #pass(data, near, far) {
    if (!this.upgrades && /upgrade: websocket/i.test(data)) near.destroy();
    else far.write(data);
  }

  cut() {
    for (const end of this.#ends) end.destroy();
    this.#ends.clear();
  }

  close() {
    this.cut();
    this.#server.close();
  }
}

const wire = new Wire();
const sockets = [];

before(() => wire.open());
after(() => wire.close());
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});

function a(options = {}) {
  const socket = new Socket(wire.url, { forceNew: true, reconnectionDelay: 10, ...options });
  sockets.push(socket);
  return socket;
}

/** Wait for an event. */
function next(emitter, name) {
  return new Promise((resolve) => {
    const stop = emitter.on(name, (...args) => {
      stop();
      resolve(args);
    });
  });
}

async function connected(options) {
  const socket = a(options).connect();
  await next(socket, "connect");
  return socket;
}

for (const transports of [["websocket"], ["polling"]]) {
  test(`a message is answered by its handler over ${transports}`, async () => {
    const ann = await connected({ transports });
    assert.deepEqual(await ann.send({ hello: [1, 2.5, null, "é"] }), { hello: [1, 2.5, null, "é"] });
    assert.equal(await ann.send("next"), "next");
    assert.deepEqual(new Uint8Array(await ann.send(new Uint8Array([1, 2]))), new Uint8Array([1, 2]));
  });
}

test("without WebSockets it falls back to polling", async () => {
  wire.upgrades = false;
  const ann = await connected();
  wire.upgrades = true;
  assert.equal(await ann.send("hello"), "hello");
});

test("a refused message rejects with the code", async () => {
  const ann = await connected();
  await assert.rejects(ann.subscribe("private-1"), (error) => {
    return error instanceof Refused && error.code === "members-only";
  });
});

test("nothing is kept for later while there is no connection", async () => {
  const ann = a();
  await assert.rejects(ann.send("hello"), Disconnected);
  await assert.rejects(ann.subscribe("room-1"), Disconnected);
  ann.sendVolatile("hello");
  ann.connect();
  await next(ann, "connect");
  assert.equal(await ann.send({ do: "wait", seconds: 0 }), 1);
});

test("an answer that can no longer come rejects as disconnected", async () => {
  const ann = await connected();
  const answer = ann.send({ do: "wait", seconds: 60 });
  wire.cut();
  await assert.rejects(answer, Disconnected);
});

test("a message arrives with the channel it came by", async () => {
  const ann = await connected();
  const bob = await connected();
  await Promise.all([ann.subscribe("room-1"), bob.subscribe("room-1")]);
  ann.sendVolatile({ do: "to_channel", say: { n: 1 }, channel: "room-1" });
  assert.deepEqual(await next(bob, "message"), [{ n: 1 }, "room-1"]);
  ann.sendVolatile({ do: "to_me", say: "psst" });
  assert.deepEqual(await next(ann, "message"), ["psst", undefined]);
});

test("a refusal nobody asked an answer for is told", async () => {
  const ann = await connected();
  ann.sendVolatile({ do: "fail" });
  assert.deepEqual(await next(ann, "refused"), ["error"]);
});

test("a listener may stop listening", async () => {
  const ann = await connected();
  const heard = [];
  const stop = ann.on("message", (message) => heard.push(message));
  await ann.send({ do: "to_me", say: 1 });
  stop();
  await ann.send({ do: "to_me", say: 2 });
  assert.deepEqual(heard, [1]);
});

test("a refused connection is told why and does not come back", async () => {
  const stranger = a({ extraHeaders: { Cookie: "who=banned" } }).connect();
  assert.deepEqual(await next(stranger, "refused"), ["forbidden"]);
  assert.equal(stranger.connected, false);
});

test("a lost connection comes back by itself", async () => {
  const ann = await connected();
  const gone = next(ann, "disconnect");
  const back = next(ann, "connect");
  wire.cut();
  await gone;
  await back;
  assert.equal(await ann.send("hello again"), "hello again");
});

test("a browser sent away stays away", async () => {
  const ann = await connected();
  ann.sendVolatile({ do: "kick" });
  assert.deepEqual(await next(ann, "disconnect"), ["io server disconnect"]);
  assert.equal(ann.connected, false);
});

test("a channel is joined when there is a connection, and left for good", async () => {
  const ann = a();
  const bob = await connected();
  const room = new Channel(ann, "room-2").join();
  const states = [room.state];
  room.on("state", (state) => states.push(state));
  ann.connect();
  await next(room, "joined");
  bob.sendVolatile({ do: "out_of_band", say: "hello", channel: "room-2" });
  assert.deepEqual(await next(room, "message"), ["hello"]);
  await room.leave();
  assert.deepEqual(states, ["away", "joining", "joined", "away"]);
  await assert.rejects(ann.unsubscribe("room-2"), { code: "not-subscribed" });
});

test("a channel is joined again after the connection was lost", async () => {
  const ann = await connected();
  const room = new Channel(ann, "room-3").join();
  await next(room, "joined");
  const states = [];
  room.on("state", (state) => states.push(state));
  const again = next(room, "joined");
  wire.cut();
  await again;
  assert.deepEqual(states, ["away", "joining", "joined"]);
  const bob = await connected();
  bob.sendVolatile({ do: "out_of_band", say: "hello", channel: "room-3" });
  assert.deepEqual(await next(room, "message"), ["hello"]);
});

test("a channel hears its own messages alone", async () => {
  const ann = await connected();
  const one = new Channel(ann, "room-4").join();
  const other = new Channel(ann, "room-5").join();
  await Promise.all([next(one, "joined"), next(other, "joined")]);
  const heard = [];
  one.on("message", (message) => heard.push(["one", message]));
  other.on("message", (message) => heard.push(["other", message]));
  await ann.send({ do: "to_channel_and_me", say: "a", channel: "room-4" });
  await ann.send({ do: "to_channel_and_me", say: "b", channel: "room-5" });
  await ann.send("all has come");
  assert.deepEqual(heard, [
    ["one", "a"],
    ["other", "b"],
  ]);
});

test("a channel that refuses says why", async () => {
  const ann = await connected();
  const room = new Channel(ann, "private-1").join();
  assert.deepEqual(await next(room, "refused"), ["members-only"]);
  assert.equal(room.state, "refused");
});
