import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { send, SendError } from "./send.mjs";

const MESSAGES = Array.from({ length: 900 }, (_, index) => ({ messageId: `m-${index}`, type: "track", event: "report.created" }));

/** A collector that answers as `answer` says; the batches that it got are in `batches`. */
async function collector(context, answer) {
  const batches = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    batches.push(JSON.parse(text));
    const { status = 200, body } = answer(batches.at(-1), batches.length);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  context.after(() => server.close());
  return { batches, endpoint: `http://127.0.0.1:${server.address().port}` };
}

const takes = (status) => ({ batch }) => ({ body: { success: true, events: batch.map(({ messageId }) => ({ messageId, status })) } });

test("all messages arrive, in order, with the write key", async (context) => {
  const { batches, endpoint } = await collector(context, takes("ok"));
  assert.deepEqual(await send(MESSAGES, { endpoint, writeKey: "key" }), { ok: 900, duplicate: 0 });
  assert.deepEqual(batches.flatMap(({ batch }) => batch), MESSAGES);
  assert.ok(batches.every(({ writeKey }) => writeKey === "key"));
});

test("what is there already is counted apart", async (context) => {
  const { endpoint } = await collector(context, takes("duplicate"));
  assert.deepEqual(await send(MESSAGES, { endpoint, writeKey: "key" }), { ok: 0, duplicate: 900 });
});

test("a rejected event is an error that names it and the reason", async (context) => {
  const { endpoint } = await collector(context, ({ batch }) => ({
    body: { events: batch.map(({ messageId }, index) => (index === 3 ? { messageId, status: "rejected", reason: "no user" } : { messageId, status: "ok" })) },
  }));
  await assert.rejects(send(MESSAGES, { endpoint, writeKey: "key" }), (error) => error instanceof SendError && /`m-3`: rejected, no user/.test(error.message));
});

test("an answer for fewer events than were sent is an error", async (context) => {
  const { endpoint } = await collector(context, () => ({ body: { success: true, events: [] } }));
  await assert.rejects(send(MESSAGES, { endpoint, writeKey: "key" }), /answered for 0 of 400 events/);
});

test("a wrong write key is told at once", async (context) => {
  const { batches, endpoint } = await collector(context, () => ({ status: 401, body: { error: "unknown write key" } }));
  await assert.rejects(send(MESSAGES, { endpoint, writeKey: "no" }), /answered 401: .*unknown write key/);
  assert.equal(batches.length, 1);
});

test("a collector that is busy for a moment gets the batch again", async (context) => {
  const { batches, endpoint } = await collector(context, (request, count) => (count === 1 ? { status: 503, body: {} } : takes("ok")(request)));
  assert.deepEqual(await send(MESSAGES, { endpoint, writeKey: "key", pause: 1 }), { ok: 900, duplicate: 0 });
  assert.deepEqual(batches[0].batch, batches[1].batch);
});

test("a collector that is not there is told with its address", async () => {
  await assert.rejects(send(MESSAGES, { endpoint: "http://127.0.0.1:1", writeKey: "key", pause: 1 }), /no collector answers at http:\/\/127\.0\.0\.1:1/);
});
