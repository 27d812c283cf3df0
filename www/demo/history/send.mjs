// Sending messages to a collector by its own interface, and believing only what it answers.

/** Messages in one request: far below what collectors take, and few requests all the same. */
const BATCH = 400;
const TRIES = 4;

/** What could not be sent, for a person to read. */
export class SendError extends Error {}

/**
 * Sends the messages in their order and checks the answer to each.
 * @param {{ endpoint: string, writeKey: string, pause?: number }} to `pause`: milliseconds before the first retry
 * @returns how many the collector took, and how many it had already
 */
export async function send(messages, { endpoint, writeKey, pause = 500 }) {
  const count = { ok: 0, duplicate: 0 };
  const address = new URL("/v1/batch", endpoint);
  for (let start = 0; start < messages.length; start += BATCH) {
    const batch = messages.slice(start, start + BATCH);
    const reply = await post(address, { writeKey, batch, sentAt: new Date().toISOString() }, pause);
    check(batch, reply, count);
  }
  return count;
}

async function post(address, body, pause) {
  for (let attempt = 1; ; attempt++) {
    const { response, problem } = await request(address, body);
    if (response?.ok) return response.json().catch(() => ({}));
    const passing = !response || response.status === 429 || response.status >= 500;
    if (!passing || attempt === TRIES) throw new SendError(problem);
    const asked = Number(response?.headers.get("retry-after") ?? 0) * 1_000;
    await new Promise((done) => setTimeout(done, Math.max(asked, pause * 2 ** (attempt - 1))));
  }
}

async function request(address, body) {
  try {
    const response = await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const text = response.ok ? "" : (await response.text()).slice(0, 300);
    return { response, problem: `the collector at ${address.origin} answered ${response.status}: ${text || response.statusText}` };
  } catch (error) {
    return { problem: `no collector answers at ${address.origin} (${error.cause?.code ?? error.message}); start one with \`firstvalue serve\`` };
  }
}

function check(batch, reply, count) {
  const events = reply.events;
  if (!Array.isArray(events) || events.length !== batch.length) {
    throw new SendError(`the collector answered for ${events?.length ?? 0} of ${batch.length} events`);
  }
  for (const [index, { messageId, status, reason }] of events.entries()) {
    if (messageId !== batch[index].messageId) {
      throw new SendError(`the collector answered for \`${messageId}\` where \`${batch[index].messageId}\` was sent`);
    }
    if (!Object.hasOwn(count, status)) {
      throw new SendError(`the collector did not take \`${messageId}\`: ${status}${reason ? `, ${reason}` : ""}`);
    }
    count[status] += 1;
  }
}
