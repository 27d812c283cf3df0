// Loads 90 days of Ledgerly's history into a collector, and a year of what two of its customers have achieved:
//
//   node www/demo/history.mjs --endpoint http://127.0.0.1:8787 --write-key ledgerly-demo [--now 2026-01-31T12:00:00Z]
//
// Loading it again changes nothing; on a later day it adds what has happened since.

import { parseArgs } from "node:util";
import { customers } from "./history/customers.mjs";
import { generate, SEED } from "./history/generate.mjs";
import { send, SendError } from "./history/send.mjs";

const USAGE = "usage: node history.mjs --endpoint URL --write-key KEY [--now ISO]";

function fail(message, code) {
  console.error(`history: ${message}`);
  process.exit(code);
}

function options() {
  try {
    const { values } = parseArgs({
      options: { endpoint: { type: "string" }, "write-key": { type: "string" }, now: { type: "string" } },
    });
    return values;
  } catch (error) {
    return fail(`${error.message}\n${USAGE}`, 2);
  }
}

const { endpoint, "write-key": writeKey, now } = options();
if (!endpoint || !writeKey) fail(`tell me where the collector is, and the write key\n${USAGE}`, 2);
if (!URL.canParse(endpoint)) fail(`\`${endpoint}\` is not an address; it should look like http://127.0.0.1:8787`, 2);
const moment = now === undefined ? Date.now() : Date.parse(now);
if (Number.isNaN(moment)) fail(`\`${now}\` is not a time; write it like 2026-01-31T12:00:00Z`, 2);

const messages = [...customers(moment, SEED), ...generate(moment)];
const people = new Set(messages.map((message) => message.userId)).size;
try {
  const count = await send(messages, { endpoint, writeKey });
  console.log(`history: ${messages.length} events of ${people} people; ${count.ok} new, ${count.duplicate} there already`);
} catch (error) {
  if (error instanceof SendError) fail(error.message, 1);
  throw error;
}
