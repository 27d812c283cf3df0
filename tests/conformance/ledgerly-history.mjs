// Prints the demo product's history as NDJSON, always the same.

import { generate } from "../../www/demo/history/generate.mjs";

const UNTIL = Date.parse("2026-11-01T12:00:00Z");
for (const message of generate(UNTIL)) console.log(JSON.stringify(message));
