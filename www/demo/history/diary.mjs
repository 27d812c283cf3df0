// One user's messages, in Segment's format and in the order of time.

/** Collects what one user does. */
export class Diary {
  /** @type {object[]} */
  messages = [];
  #path = "/demo/";
  #clock;

  /** Messages are numbered by `name`: loading a history again, or a longer one, adds nothing twice. */
  constructor(userId, utcOffset, start, name = userId) {
    this.name = name;
    this.userId = userId;
    this.utcOffset = utcOffset;
    this.#clock = start;
  }

  get now() {
    return this.#clock;
  }

  /** Lets time pass. */
  wait(milliseconds) {
    this.#clock += Math.max(1, Math.round(milliseconds));
  }

  /** Goes to a moment, unless it is past. */
  jump(moment) {
    this.#clock = Math.max(this.#clock, moment);
  }

  identify(traits) {
    this.#write({ type: "identify", traits });
  }

  group(groupId, traits) {
    this.#write({ type: "group", groupId, traits });
  }

  page(path) {
    this.#path = path;
    this.#write({ type: "page", properties: { path } });
  }

  track(event, properties) {
    this.#write({ type: "track", event, ...(properties && { properties }) });
  }

  #write(message) {
    this.messages.push({
      ...message,
      messageId: `history-${this.name}-${this.messages.length}`,
      userId: this.userId,
      timestamp: new Date(this.#clock).toISOString(),
      context: { utcOffset: this.utcOffset, page: { path: this.#path }, library: { name: "ledgerly-history", version: "1" } },
    });
  }
}
