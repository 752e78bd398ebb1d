/** Images put on the paper before their files are sent (P71): kept, sent once, and what was drawn since after them (P66, P67). */

import assert from "node:assert/strict";
import { test } from "node:test";
import { NotNow } from "../../../static/js/draw/catchup.js";
import { checkRoom } from "../../../static/js/draw/files.js";
import { FleetingPending } from "../../../static/js/draw/pending.js";
import { Untaken } from "../../../static/js/draw/sending.js";
import { Uploads } from "../../../static/js/draw/uploads.js";
import { sizeKept } from "../../../static/js/engine/images.js";
import { IDENTITY } from "../../../static/js/engine/matrix.js";
import { image, move } from "../../../static/js/engine/ops.js";
import { Server, Visitor } from "./draw_server.js";
import { ids, mark } from "./marks.js";

const HASH = "c0ffee".padEnd(64, "0");
const CONTENT = { image: HASH, width: 200, height: 100 };

/** A tab with what sends its files; the test says what comes of each. */
class Tab {
  refused = [];
  forgotten = [];
  #answers = [];

  constructor(
    server,
    author,
    { pending = new FleetingPending(), tab = "tab", alone = atOnce } = {},
  ) {
    this.visitor = new Visitor(server, author, { pending, tab });
    this.uploads = new Uploads({
      session: this.visitor.session,
      replica: this.visitor.replica,
      pending,
      images: { fetch: async () => {}, forget: (name) => this.forgotten.push(name) },
      send: (file, signal) => this.#send(file, signal),
      later: (callback) => this.visitor.retries.push(callback),
      alone,
    });
    this.uploads.on("refused", (name, code) => this.refused.push([name, code]));
  }

  /** The names of the files on their way. */
  get sending() {
    return this.#answers.map(({ file }) => file.name);
  }

  answers(content = CONTENT) {
    this.#answers.shift().resolve(content);
  }

  fails(error) {
    this.#answers.shift().reject(error);
  }

  puts(name = "photo.png") {
    const id = this.visitor.names.next();
    const style = { image: id, width: 200, height: 100, alpha: 255, layer: 0, matrix: IDENTITY };
    this.visitor.session.propose(image({ ...style, id }), new File(["bytes"], name));
    return id;
  }

  draws() {
    const stroke = mark(this.visitor.names.next());
    this.visitor.session.propose(stroke);
    return stroke.id;
  }

  #send(file, signal) {
    return new Promise((resolve, reject) => {
      this.#answers.push({ file, resolve, reject });
      signal.onabort = () => {
        this.#answers = this.#answers.filter((one) => one.file !== file);
        reject(new NotNow());
      };
    });
  }
}

function atOnce(_, act) {
  return act();
}

async function room(...authors) {
  const server = new Server();
  const tabs = authors.map((author) => new Tab(server, author));
  for (const { visitor } of tabs) visitor.connect();
  await server.settle();
  return [server, ...tabs];
}

test("an image is seen at once, and what is drawn on it comes after it", async () => {
  const [server, ann] = await room("ann");
  const [photo, stroke] = [ann.puts(), ann.draws()];
  await server.settle();
  assert.deepEqual(ann.visitor.strokes, [photo, stroke]);
  assert.deepEqual([server.log, ann.sending], [[], ["photo.png"]]);
  ann.answers();
  await server.settle();
  assert.deepEqual(ids(server.log), [photo, stroke]);
  assert.deepEqual(
    { ...server.log[0], matrix: null },
    { ...server.log[0], ...CONTENT, matrix: null },
  );
  assert.equal(ann.visitor.session.waiting, 0);
  assert.deepEqual(ann.forgotten, [photo]);
});

test("what was drawn before it does not wait for it", async () => {
  const [server, ann] = await room("ann");
  const stroke = ann.draws();
  ann.puts();
  await server.settle();
  assert.deepEqual(ids(server.log), [stroke]);
});

test("without a line it waits, and is sent once the line is back", async () => {
  const [server, ann] = await room("ann");
  ann.visitor.disconnect();
  const photo = ann.puts();
  assert.deepEqual([ann.sending, ann.visitor.session.waiting], [[], 1]);
  ann.visitor.connect();
  await server.settle();
  ann.answers();
  await server.settle();
  assert.deepEqual(ids(server.log), [photo]);
});

test("a line that goes while it is sent has it sent anew", async () => {
  const [server, ann] = await room("ann");
  const photo = ann.puts();
  await server.settle();
  ann.visitor.disconnect();
  await server.settle();
  assert.deepEqual(ann.sending, []);
  ann.visitor.connect();
  await server.settle();
  ann.answers();
  await server.settle();
  assert.deepEqual(ids(server.log), [photo]);
});

test("it outlives its tab", async () => {
  const server = new Server();
  const pending = new FleetingPending();
  const photo = new Tab(server, "ann", { pending }).puts();
  const after = new Tab(server, "ann", { pending, tab: "later" });
  await after.visitor.session.restore();
  assert.deepEqual(after.visitor.strokes, [photo]);
  after.visitor.connect();
  await server.settle();
  after.answers();
  await server.settle();
  assert.deepEqual(ids(server.log), [photo]);
  assert.deepEqual(await pending.all(), []);
});

test("once its image is made, only its op is kept and sent", async () => {
  const [server, ann] = await room("ann");
  const pending = new FleetingPending();
  const first = new Tab(server, "ann", { pending, tab: "first" });
  first.visitor.connect();
  await server.settle();
  const photo = first.puts();
  await server.settle();
  server.refusals.push("not-saved");
  first.answers();
  await server.settle();
  const kept = await pending.find(photo);
  assert.deepEqual([kept.op.image, kept.file], [HASH, undefined]);
  const second = new Tab(server, "ann", { pending, tab: "second" });
  await second.visitor.session.restore();
  second.visitor.connect();
  await server.settle();
  assert.deepEqual([second.sending, ids(server.log)], [[], [photo]]);
  assert.deepEqual(ann.visitor.strokes, [photo]);
});

test("two tabs that have it draw it once, as the server has it, and go on", async () => {
  const server = new Server();
  const pending = new FleetingPending();
  const first = new Tab(server, "ann", { pending });
  first.visitor.connect();
  await server.settle();
  const photo = first.puts();
  await server.settle();
  const second = new Tab(server, "ann", { pending, tab: "second" });
  await second.visitor.session.restore();
  const stroke = second.draws();
  second.visitor.connect();
  await server.settle();
  first.answers();
  await server.settle();
  assert.deepEqual(ids(server.log), [photo, stroke]);
  for (const { visitor } of [first, second]) {
    assert.deepEqual(visitor.strokes, [photo, stroke]);
    assert.equal(visitor.replica.scene.seen(photo).image, HASH);
    assert.equal(visitor.session.waiting, 0);
  }
});

test("a tab whose turn comes when another has sent the file does not send it again", async () => {
  const server = new Server();
  const pending = new FleetingPending();
  const first = new Tab(server, "ann", { pending });
  const photo = first.puts();
  let begin;
  const alone = async (_, act) => {
    await new Promise((resolve) => {
      begin = resolve;
    });
    await act();
  };
  const second = new Tab(server, "ann", { pending, tab: "second", alone });
  await second.visitor.session.restore();
  second.visitor.connect();
  first.visitor.connect();
  await server.settle();
  server.refusals.push("not-saved");
  first.answers();
  await server.settle();
  begin();
  await server.settle();
  assert.deepEqual([second.sending, ids(server.log)], [[], [photo]]);
  assert.equal(first.visitor.session.waiting + second.visitor.session.waiting, 0);
});

test("a tab that wakes when another has sent the file does not send it again", async () => {
  const server = new Server();
  const pending = new FleetingPending();
  const asleep = new Tab(server, "ann", { pending });
  asleep.visitor.connect();
  await server.settle();
  const photo = asleep.puts();
  await server.settle();
  const awake = new Tab(server, "ann", { pending, tab: "awake" });
  await awake.visitor.session.restore();
  awake.visitor.connect();
  await server.settle();
  asleep.fails(new NotNow());
  awake.answers();
  await server.settle();
  assert.deepEqual(ids(server.log), [photo]);
  asleep.visitor.retry();
  await server.settle();
  assert.deepEqual([asleep.sending, asleep.visitor.session.waiting], [[], 0]);
});

test("undone before it was sent, it is never sent, and nothing is said of it", async () => {
  const [server, ann] = await room("ann");
  ann.visitor.disconnect();
  const photo = ann.puts();
  ann.visitor.session.propose(move(ann.visitor.names.next(), [photo], IDENTITY));
  await ann.visitor.session.undo();
  await ann.visitor.session.undo();
  assert.deepEqual(ann.visitor.strokes, []);
  const stroke = ann.draws();
  ann.visitor.session.on("rejected", (code) => ann.refused.push(code));
  ann.visitor.connect();
  await server.settle();
  assert.deepEqual([ann.sending, ids(server.log), ann.refused], [[], [stroke], []]);
  assert.equal(ann.visitor.session.waiting, 0);
});

test("undone and done again before it was sent, it is sent", async () => {
  const [server, ann] = await room("ann");
  ann.visitor.disconnect();
  const photo = ann.puts();
  await ann.visitor.session.undo();
  await ann.visitor.session.redo();
  ann.visitor.connect();
  await server.settle();
  ann.answers();
  await server.settle();
  assert.equal(server.log[0].id, photo);
  assert.deepEqual(ann.visitor.strokes, [photo]);
});

test("its copies have its image too, and it is sent for all of them once", async () => {
  const [server, ann] = await room("ann");
  const photo = ann.puts();
  const copy = { ...ann.visitor.replica.scene.seen(photo), id: ann.visitor.names.next() };
  ann.visitor.session.propose(image(copy));
  await server.settle();
  ann.answers();
  await server.settle();
  assert.deepEqual([ann.sending, server.log.map((op) => op.image)], [[], [HASH, HASH]]);
});

test("a copy that is pasted when it is long sent finds its image", async () => {
  const [server, ann] = await room("ann");
  const copied = ann.visitor.replica.scene.seen(ann.puts());
  await server.settle();
  ann.answers();
  await server.settle();
  ann.visitor.session.propose(image({ ...copied, id: ann.visitor.names.next() }));
  await server.settle();
  assert.deepEqual([ann.sending, server.log.map((op) => op.image)], [[], [HASH, HASH]]);
});

test("a copy whose file is nowhere goes, with a word, and holds nothing up", async () => {
  const [server, ann] = await room("ann");
  const lost = { image: "ann.elsewhere1", ...{ width: 9, height: 9, alpha: 255, layer: 0 } };
  ann.visitor.session.propose(image({ ...lost, id: ann.visitor.names.next(), matrix: IDENTITY }));
  const stroke = ann.draws();
  await server.settle();
  assert.deepEqual([ids(server.log), ann.refused], [[stroke], [["", "no-such-image"]]]);
});

test("what the server refuses goes, with all that is said of it, and leaves the rest", async () => {
  const [server, ann] = await room("ann");
  const photo = ann.puts("holiday.png");
  const stroke = ann.draws();
  const shifted = ann.visitor.names.next();
  ann.visitor.session.propose(move(shifted, [photo, stroke], IDENTITY));
  ann.visitor.session.propose(move(ann.visitor.names.next(), [photo], IDENTITY));
  await server.settle();
  ann.fails(new Untaken("broken"));
  await server.settle();
  assert.deepEqual(ann.refused, [["holiday.png", "broken"]]);
  assert.deepEqual(ids(server.log), [stroke, shifted]);
  assert.deepEqual(server.log[1].ops, [stroke]);
  assert.deepEqual(ann.visitor.strokes, [stroke]);
});

test("what cannot be sent now is sent later, but not for ever", async () => {
  const [server, ann] = await room("ann");
  ann.puts("holiday.png");
  const stroke = ann.draws();
  for (let tries = 0; ann.refused.length === 0; tries += 1) {
    assert.ok(tries < 100, "it is tried for ever");
    await server.settle();
    if (ann.sending.length > 0) ann.fails(new NotNow());
    await server.settle();
    ann.visitor.retry();
    await server.settle();
  }
  assert.deepEqual(ann.refused, [["holiday.png", "given-up"]]);
  assert.deepEqual(ids(server.log), [stroke]);
});

test("what a finished drawing does not take is kept until it is reopened", async () => {
  const server = new Server();
  const pending = new FleetingPending();
  const ann = new Tab(server, "ann", { pending });
  ann.visitor.connect();
  await server.settle();
  const photo = ann.puts();
  await server.settle();
  ann.fails(new Untaken("watch-only"));
  await server.settle();
  assert.deepEqual([ann.visitor.strokes, ids(await pending.all())], [[], [photo]]);
  assert.ok((await pending.find(photo)).file);
});

test("what was put before signing out is kept for whoever signs in again", async () => {
  const server = new Server();
  const pending = new FleetingPending();
  const photo = new Tab(server, "ann", { pending }).puts();
  const guest = new Tab(server, "guest", { pending, tab: "later" });
  const reasons = [];
  guest.visitor.session.on("rejected", (code) => reasons.push(code));
  await guest.visitor.session.restore();
  const stroke = guest.draws();
  guest.visitor.connect();
  await server.settle();
  assert.deepEqual([guest.sending, ids(server.log), reasons], [[], [stroke], ["anothers"]]);
  assert.ok((await pending.find(photo)).file);
});

test("an image that is not as large as was expected keeps its middle", async () => {
  const [server, ann] = await room("ann");
  ann.puts();
  await server.settle();
  ann.answers({ image: HASH, width: 100, height: 200 });
  await server.settle();
  const [, , , , e, f] = server.log[0].matrix;
  assert.deepEqual([e, f], [50 * 16, -50 * 16]);
});

test("an image is shown as large as it will be kept", () => {
  assert.deepEqual(sizeKept({ width: 3000, height: 2000 }), { width: 2048, height: 1365 });
  assert.deepEqual(sizeKept({ width: 20, height: 9000 }), { width: 5, height: 2048 });
  assert.deepEqual(sizeKept({ width: 9000, height: 1 }), { width: 2048, height: 1 });
  assert.deepEqual(sizeKept({ width: 640, height: 480 }), { width: 640, height: 480 });
});

test("no more is put on a drawing than it holds", () => {
  const placed = (name) => ({ t: "image", image: name, width: 2048, height: 2048 });
  const full = Array.from({ length: 15 }, (_, i) => placed(`ann.${i}`));
  checkRoom([...full, ...full], { width: 2048, height: 2048 });
  const more = () => checkRoom([...full, placed("ann.more")], { width: 1, height: 1 });
  assert.throws(more, { code: "too-many-images" });
});
