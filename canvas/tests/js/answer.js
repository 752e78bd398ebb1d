/**
 * Answers on stdout, line by line, what pytest asks on stdin of the browser's engine.
 *
 * A replica here has a painter, who hears its news and nothing else: after every step the picture he has must be
 * the scene, and the scene what a replay of all its ops gives.
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { coats } from "../../../static/js/engine/coats.js";
import { decode, encode } from "../../../static/js/engine/codec.js";
import { Placing, placed } from "../../../static/js/engine/moves.js";
import { Replica } from "../../../static/js/engine/replica.js";
import { clamp, redo, undo } from "../../../static/js/engine/rules.js";
import { Scene } from "../../../static/js/engine/scene.js";

const typeface = JSON.parse(
  readFileSync(new URL("../../../static/fonts/inter.json", import.meta.url), "utf8"),
);

class Painter {
  picture = [];

  constructor(replica) {
    this.replica = replica;
    replica.listen((news) => this.repaint(news));
  }

  repaint({ added, removed }) {
    for (const mark of removed) this.#takeOut(mark);
    for (const mark of added) this.#putIn(mark);
  }

  #takeOut(mark) {
    assert(this.picture.includes(mark), `${mark.id} goes, but was not there`);
    this.picture = this.picture.filter((one) => one !== mark);
  }

  #putIn(mark) {
    assert(!ids(this.picture).includes(mark.id), `${mark.id} comes, but is there`);
    const above = new Set(ids(this.replica.scene.above(mark.id)));
    const index = this.picture.findIndex((one) => above.has(one.id));
    this.picture.splice(index < 0 ? this.picture.length : index, 0, mark);
  }
}

const painters = new Map();

const answers = {
  digest({ ops }) {
    const hash = createHash("md5");
    for (const op of ops) hash.update(JSON.stringify(coats(decode(op), typeface)));
    return hash.digest("hex");
  },

  moved({ pairs }) {
    return pairs.map(([op, matrices]) => {
      const placing = new Placing(decode(op));
      for (const matrix of matrices) placing.move(matrix);
      return encode(placed(decode(op), placing.matrix));
    });
  },

  clamp({ ops, layers }) {
    let made = 0;
    const newId = () => `ann.more${made++}`;
    const scene = new Scene(new Set(layers));
    return ops.flatMap((op) => clamp(op, scene, newId)).map(encode);
  },

  start({ replica }) {
    painters.set(replica, new Painter(new Replica()));
    return look(replica);
  },

  propose({ replica, op }) {
    replicaOf(replica).propose(decode(op));
    return look(replica);
  },

  receive({ replica, entries }) {
    const place = replicaOf(replica).receive(entries.map(([seq, op]) => ({ seq, op: decode(op) })));
    return { place, ...look(replica) };
  },

  sight({ entries }) {
    const replica = new Replica();
    replica.receive(entries.map(([seq, op]) => ({ seq, op: decode(op) })));
    return { head: replica.scene.head, ...sight(replica.scene) };
  },

  reject({ replica, id, code }) {
    replicaOf(replica).reject(id, code);
    return look(replica);
  },

  undo({ replica, mine }) {
    return undo(replicaOf(replica).scene, new Set(mine));
  },

  redo({ replica, mine }) {
    return redo(replicaOf(replica).scene, new Set(mine));
  },
};

function replicaOf(name) {
  return painters.get(name).replica;
}

function look(name) {
  const { replica, picture } = painters.get(name);
  const shown = sight(replica.scene);
  assert.deepEqual(picture.map(encode), shown.marks, "what is painted is the scene");
  assert.deepEqual(sight(replay(replica.ops)), shown, "the scene is a replay");
  return {
    head: replica.confirmed.head,
    confirmed: sight(replica.confirmed),
    shown,
    pending: replica.pending.map(encode),
  };
}

function sight(scene) {
  return { marks: scene.strokes().map(encode), stack: scene.stack() };
}

function replay(ops) {
  const scene = new Scene();
  ops.forEach((op, i) => {
    scene.apply(i + 1, op);
  });
  return scene;
}

function ids(ops) {
  return ops.map((op) => op.id);
}

function answer(line) {
  const { question, ...about } = JSON.parse(line);
  try {
    return { right: answers[question](about) };
  } catch (error) {
    return { wrong: error.stack };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(answer(line)));
}
