/** Reading over HTTP, from a server and through networks that fail. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { NotNow } from "../../../static/js/draw/catchup.js";
import { read } from "../../../static/js/draw/log.js";

const ANSWERS = new Map([
  ["/whole", (response) => response.end("[1, 2]")],
  ["/refused", (response) => response.writeHead(503).end()],
  ["/a-portal", (response) => response.end("<html>Please accept our terms</html>")],
  ["/cut", breakOff],
  ["/none", (response) => response.destroy()],
]);

const server = createServer((request, response) => ANSWERS.get(request.url)(response));

/** Promise a body and break the connection in the middle of it. */
function breakOff(response) {
  response.writeHead(200, { "Content-Length": "1000" });
  response.write("[1, ", () => response.destroy());
}

function address(path) {
  return new URL(path, `http://127.0.0.1:${server.address().port}`);
}

before(() => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve)));
after(() => server.close());

test("what is there is read", async () => {
  assert.deepEqual(await read(address("/whole"), "json"), [1, 2]);
  assert.equal((await read(address("/whole"), "blob")).size, 6);
});

for (const path of ["/refused", "/a-portal", "/cut", "/none"]) {
  test(`what fails as ${path} does may be read later`, async () => {
    await assert.rejects(read(address(path), "json"), NotNow);
  });
}

test("a picture that breaks off may be read later", async () => {
  await assert.rejects(read(address("/cut"), "blob"), NotNow);
});
