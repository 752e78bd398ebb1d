import assert from "node:assert/strict";
import test from "node:test";
import { decodeEntries } from "../../../static/js/engine/codec.js";
import { NEXT, Replica } from "../../../static/js/engine/replica.js";

const STROKE = {
  t: "stroke",
  id: "annannannann.1",
  brush: "pen",
  colour: "#1a2b3c",
  alpha: 255,
  width: 64,
  layer: 0,
  pressure: false,
  points: [0, 0, 16, 16],
};

test("P32: a damaged op keeps its seq and changes nothing", () => {
  const replica = new Replica();
  const entries = decodeEntries([
    [1, 0, null],
    [2, 0, STROKE],
    [3, 0, null],
  ]);
  assert.equal(replica.receive(entries), NEXT);
  assert.equal(replica.confirmed.head, 3);
  assert.deepEqual(
    replica.scene.strokes().map((one) => one.id),
    [STROKE.id],
  );
});
