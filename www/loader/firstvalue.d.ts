/**
 * Firstvalue in a page: what the user does is recorded, milestones are decided on the spot, and
 * guides are shown when they are due.
 *
 * Nothing here throws and nothing here waits: a call is put in a queue and carried out when the
 * browser is idle, in order and with the time at which it was made. Calls made before `init`, or
 * while the WebAssembly package is still loading, are kept.
 *
 * A page that uses the classic script and calls it before it has arrived defines this stub first:
 *
 * ```html
 * <script>
 *   window.firstvalue ||= { q: [] };
 *   for (const call of ["init", "consent", "identify", "alias", "group", "reset", "track", "outcome", "page", "start", "stop", "on", "tap"])
 *     firstvalue[call] ||= (...args) => void firstvalue.q.push([Date.now(), call, ...args]);
 * </script>
 * ```
 */

/** Values that survive JSON. Anything else in properties or traits is left out, as JSON does. */
export type Json = string | number | boolean | null | readonly Json[] | { [key: string]: Json | undefined };

/** Properties of an event, or traits of a user or an account. */
export type Properties = { [key: string]: Json | Date | undefined };

/**
 * What the user has agreed to:
 * - `none`: nothing is loaded, kept or sent.
 * - `local`: milestones are decided and guides shown on this device, and nothing is sent.
 * - `full`: events are sent as well.
 */
export type Consent = "none" | "local" | "full";

/** See {@link Options.forward}. */
export type Forward = "segment" | "rudderstack" | "posthog" | "dataLayer";

/** An object that is called as Segment's and RudderStack's are. */
export interface Analytics {
  track(event: string, ...more: never[]): unknown;
  identify(...user: never[]): unknown;
}

/** What `init` takes. Every option but functions and objects can be given to the script tag as a `data-` attribute. */
export interface Options {
  /**
   * Says to the collector which product this is. It can only add events, so it may be public. Pages of one origin
   * share what they keep, so they are of one product.
   */
  writeKey: string;
  /**
   * Address of the collector, such as `https://collector.example`.
   * @default the origin from which this script was loaded
   */
  endpoint?: string;
  /**
   * The compiled playbook (what `firstvalue compile` prints), or its address, as text or as a `URL`. With any other
   * object no request is made for it.
   * @default `{endpoint}/v1/playbook?key={writeKey}`
   */
  playbook?: string | URL | object;
  /**
   * Language of the guides, as a language tag.
   * @default the `lang` of the document, else the browser's language
   */
  locale?: string;
  /**
   * `device` keeps events and progress in IndexedDB until they are delivered, across reloads.
   * `memory` writes nothing to the device: progress is forgotten when the page is left.
   * @default "device"
   */
  storage?: "device" | "memory";
  /**
   * What the user has agreed to; see {@link Firstvalue.consent}. With `none` nothing is loaded, kept or
   * sent until `consent` is called; the last 100 calls until then wait in memory.
   * @default "local" in browsers that send a Global Privacy Control or Do Not Track signal, else "full"
   */
  consent?: Consent;
  /**
   * The HMAC-SHA256 of the user's id with the collector's identity secret, in hexadecimal, made by your
   * server. With it a user who is known to the collector finds again on this device what they did on
   * others, and a value report may show what they have achieved where there are no accounts.
   */
  userHash?: string;
  /**
   * Sees each event before it is kept or sent, and gives what is to be sent instead; nothing to send
   * none. What is decided on the device is decided by what happened, not by what is sent.
   */
  beforeSend?: (message: Message) => Message | null | undefined;
  /**
   * Where milestones (`milestone.reached`) and what becomes of guides (`guide.shown` and the like) are told
   * as well, so that they stand beside everything else that the host measures: `window.analytics`,
   * `window.rudderanalytics`, `window.posthog`, `window.dataLayer`. In the script tag: their names with a
   * space between. A milestone that is reached by waiting is told by each page that is open then; see
   * {@link MilestoneReached}.
   */
  forward?: Forward[];
  /**
   * The parameters of the address's query that are recorded (`context.page.search`), such as `utm_source`; all
   * others never are. In the script tag: their names with a space between.
   */
  query?: string[];
  /**
   * Counts each change of the address as a `page` call. Turn it off if the host calls `page` itself.
   * @default true
   */
  autoPage?: boolean;
  /**
   * Selector of frames, such as `iframe.editor`, in which the playbook's rules on clicks, forms and views count as on
   * the page itself. Only frames of the page's own origin can be, and none that are in other frames.
   */
  frames?: string;
  /**
   * Lets guides begin also where a program drives the browser (`navigator.webdriver`), for tests that are about
   * them. Otherwise they would stand in the way of all other tests of your product.
   * @default false
   */
  automation?: boolean;
  /**
   * Folder that holds the `firstvalue_*` files; without a scheme and a host it counts from the page's base.
   * @default the folder of this script
   */
  assets?: string;
  /**
   * Draws guides with the host's own components. It is called with each step to show, with the same step
   * again when something in it has changed, and with `null` when nothing is to be shown any more. Which step that is, what
   * it waits for, and what is recorded is as without it: that the step was shown is recorded once the element that
   * this gives back can be seen and clicked; where it gives back none, when `seen` is called.
   */
  renderer?: (step: GuideStep | null) => Element | null | undefined | void;
  /**
   * How guides show another page of the product without loading it, when a step is on another one (`path` in the
   * playbook) or one of its buttons leads there. Without it the page is loaded, and the guide goes on there.
   */
  router?: Router;
  /**
   * Milliseconds until a package that has not arrived is given up for this page.
   * @default 10000
   */
  loadTimeout?: number;
}

/** Marked-up text, as the elements that it is made of. */
export type TextNode = string | TextElement;

/** An element of marked-up text; no attribute but these, and no address that could run anything. */
export interface TextElement {
  tag: "p" | "ul" | "ol" | "li" | "strong" | "em" | "code" | "br" | "a" | "img" | "video";
  children: TextNode[];
  /** Where a link leads, and whether it leaves the product. */
  href?: string;
  leaves?: boolean;
  /** Address of a picture or a film, what it shows in words, its size, and the still of a film. */
  src?: string;
  label?: string;
  width?: string;
  height?: string;
  poster?: string;
}

/** The host's router, as guides use it; see {@link Options.router}. */
export interface Router {
  /** Shows a path as a link of the product would. If it throws or rejects, the page is loaded. */
  push(path: string): unknown;
  /**
   * The path that is shown, in the form that `push` takes.
   * @default `location.pathname`
   */
  current?(): string;
}

/** Marked-up text, without its form and with it. */
export interface MarkedText {
  text: string;
  tree: TextNode[];
}

/** A step of a guide in the user's language; see {@link Options.renderer}. */
export interface GuideStep {
  kind: "tour" | "tooltip" | "hotspot" | "modal" | "slideout" | "banner" | "survey" | "checklist";
  /** From 0, and how many there are. */
  step: number;
  count: number;
  /** The element that it points at; it was found and can be seen. */
  target?: Element;
  title?: string;
  body: MarkedText;
  /** The language of our own words. */
  language: string;
  /** The word for closing it. */
  close: string;
  /** The author's colour, as `#rrggbb`. */
  accent?: string;
  /** What users are to be told of the target: that it cannot be used yet, or must be used to go on. */
  note?: string;
  /**
   * The author's buttons, or those that are usual; `primary` is what most people want. One that is `disabled` does
   * nothing until the target was used: the step is then handed over again.
   */
  buttons: { label: string; primary: boolean; disabled: boolean; press(): void }[];
  /** What a step of a survey asks. */
  question?: {
    id: string;
    form: "nps" | "csat" | "ces" | "choice" | "choices" | "text";
    optional: boolean;
    /** What the ends of a scale mean. */
    low?: string;
    high?: string;
    options: { value: string; label: string }[];
    /** What was answered before. */
    answer: string[];
    /** What is answered now, in place of what was before; recorded when the user moves on. */
    give(...answer: (string | number)[]): void;
  };
  /** The tasks of a checklist; one that waits can be begun only when those before it are done. */
  tasks?: { title: string; body: MarkedText; done: boolean; waits: boolean }[];
  /** Whether users may send a checklist away now; its author may have it stay. */
  dismissible?: boolean;
  next(): void;
  back(): void;
  /** Ends the guide as sent away. */
  dismiss(): void;
  /** Says that the user sees the step; needed only where the renderer gives back no element. */
  seen(): void;
}

/** How Firstvalue stands on this page. */
export interface Status {
  /**
   * - `idle`: `init` was not called yet, or nobody has agreed yet (`no_consent`).
   * - `loading`: calls are kept and wait for the package.
   * - `ready`: all works.
   * - `blocked`: the page or the browser does not allow WebAssembly. Events are still sent; there
   *   are no guides and no milestones on the device.
   * - `failed`: the package did not come or broke down. As with `blocked`. After a first breakdown it is brought in
   *   again, after a second one on the same page no more in this tab.
   * - `off`: `destroy` was called, and no `init` since, or the address asks for a preview of a guide
   *   (`?firstvalue=preview&guide=ID`) or for the inspector (`?firstvalue=inspect`), or there is no browser (rendering on a server).
   */
  readonly state: "idle" | "loading" | "ready" | "blocked" | "failed" | "off";
  /**
   * Why, in a form that stays the same:
   * `wasm_blocked` (a content security policy without `'wasm-unsafe-eval'`), `wasm_missing` (a
   * browser without WebAssembly), `load_failed`, `load_timeout`, `trap`, `no_write_key`, `no_consent`; with
   * `ready` also `guides_off`: all works but guides, whose package did not come or broke down.
   */
  readonly code?: StatusCode;
  /** The same for people. */
  readonly reason?: string;
}

/** See {@link Status.code}. */
export type StatusCode =
  | "wasm_blocked"
  | "wasm_missing"
  | "load_failed"
  | "load_timeout"
  | "trap"
  | "no_write_key"
  | "no_consent"
  | "guides_off";

/**
 * A milestone was reached. It is told once, in the page in which it happened; but what is reached by time alone, such
 * as a week after sign-up, happens in every page of the product that is open at that moment. `milestone` and `at` are
 * the same in all of them.
 */
export interface MilestoneReached {
  milestone: string;
  /** When, in milliseconds since the epoch. */
  at: number;
  /** Milliseconds from sign-up to then. */
  timeToValue: number;
}

/** Something happened to a guide. */
export interface GuideChanged {
  guide: string;
  /**
   * `due` and `undue` say that its audience and conditions now hold, or no longer do; `stopped` that `stop` has taken it
   * away. Nothing is told of one that ends as another is started, with its user, or after half an hour without them.
   */
  state: "due" | "undue" | "shown" | "completed" | "dismissed" | "snoozed" | "failed" | "stopped";
  /** The step at which it happened, from 0; absent for `due` and `undue`. */
  step?: number;
}

/** A step of a guide was painted, is in view and can be clicked. */
export interface StepShown {
  guide: string;
  step: number;
}

/** A button of a guide asks the host to do something (`do: call` in the playbook). */
export interface ActionCalled {
  /** What the button names. */
  name: string;
}

/**
 * What went wrong without harm to the page. Where no handler for `error` was given to `on`, the first of each code but
 * `storage` is written to the console.
 */
export interface Problem {
  /**
   * `handler` (a handler given to `on`, or `beforeSend`, threw), `argument` (a call was ignored, or an option), `playbook` (it could
   * not be read), `storage` (the device keeps nothing), `rejected` (events are lost, and the
   * message begins with how many: the collector refused them, or could not be reached for too long).
   */
  code: "handler" | "argument" | "playbook" | "storage" | "rejected";
  message: string;
}

/** A call as it is sent to the collector, in the format of Segment's HTTP tracking API. */
export interface Message {
  type: "track" | "identify" | "alias" | "group" | "page";
  messageId: string;
  anonymousId: string;
  userId?: string;
  previousId?: string;
  groupId?: string;
  event?: string;
  name?: string;
  properties?: Properties;
  traits?: Properties;
  timestamp: string;
  context: {
    /**
     * The pages of a device are counted, and so are the messages of each page that are to be sent: this is the
     * page's number times a million and the message's. A gap between two numbers of a page is something that
     * was lost. With another `anonymousId` the messages of a page are counted from 1 again. Numbers below a
     * million are of a device that keeps nothing, and so cannot count.
     */
    sequence: number;
    utcOffset: number;
    /** `search` has what {@link Options.query} names. */
    page: { path: string; search?: string };
    library: { name: string; version: string };
  };
}

/** What handlers given to `on` receive. */
export interface Happenings {
  milestone: MilestoneReached;
  guide: GuideChanged;
  step: StepShown;
  action: ActionCalled;
  event: Message;
  error: Problem;
}

/** What is known of the user on this device. */
export interface State {
  anonymousId: string;
  userId: string | null;
  accountId: string | null;
  /** The user's traits. */
  user: object;
  /** The account's. */
  account: object;
  milestones: { [id: string]: { reachedAt: number | null; timeToValue: number | null } };
  /** By id; an entry of an announcement, or a section of a resource centre, as `GUIDE/PART`. */
  guides: { [id: string]: { due: boolean; shown: number; completed: boolean; dismissed: boolean } };
  /** The audiences of the playbook that the user belongs to. */
  audiences: string[];
  /** The stage of the life cycle that the user is in, if the playbook has stages. */
  stage: string | null;
  /** The health score, from 0 to 100, if the playbook has one and anything is known of its parts. */
  health: number | null;
  /** The guide that is being shown. */
  running: { guide: string; step: number } | null;
}

/** The interface to Firstvalue; there is one on a page. */
export interface Firstvalue {
  /**
   * Starts Firstvalue. Resolves with how it stands once that is known; never rejects. Calling it
   * again gives the same promise, unless loading failed: then it tries again. After `destroy` it starts anew.
   */
  init(options: Options): Promise<Status>;
  /**
   * Follows what the user agrees to, in every tab. From `full` to `local`, what is not sent yet is given
   * up; `none` takes everything away, and forgets all that is kept on this device. Resolves with how
   * Firstvalue stands then.
   */
  consent(level: Consent): Promise<Status>;
  /**
   * Says who the user is. What happened on this device before they were known becomes theirs. If they have been here
   * before, this device goes on from what they did then, and only the collector adds the rest.
   * `userHash` is as in {@link Options.userHash}, for users who sign in without a new page.
   */
  identify(userId: string | number, traits?: Properties, userHash?: string): void;
  /** Gives the user another id: what they did under the one before stays theirs. */
  alias(userId: string | number): void;
  /**
   * Says to which account (customer organisation) the user belongs. `accountHash` lets a value report show the
   * account's outcomes: the HMAC-SHA256 of the account's id with the collector's identity secret and `:account`
   * after it, in hexadecimal, made by your server for whoever may see them.
   */
  group(accountId: string | number, traits?: Properties, accountHash?: string): void;
  /** Forgets who the user is, as after signing out: what follows is somebody new. */
  reset(): void;
  /** Records that the user did something, named `object.action` in the past tense. */
  track(event: string, properties?: Properties): void;
  /**
   * Records a business result, such as hours saved, by the name that it has in the playbook (`outcomes`): the event
   * `outcome.recorded`. What is no finite number is ignored.
   */
  outcome(name: string, value: number): void;
  /** Records that a page is shown. Needed only with `autoPage: false`. */
  page(name?: string, properties?: Properties): void;
  /**
   * Starts a guide now, whatever its conditions and frequency say. Of an announcement, a resource centre or a value
   * report it opens the panel, and leaves a guide that is running alone.
   */
  start(guideId: string): void;
  /** Takes the running guide away; it does not count as dismissed. */
  stop(): void;
  /** Shows the next step of the running guide; on the last step it completes. */
  next(): void;
  /** Shows the step before. */
  back(): void;
  /**
   * Listens to an object that the host calls already, such as `window.analytics` or `rudderanalytics`: what
   * is tracked there, and who is identified, counts here too. Pages do not, unless `autoPage` is off. With
   * a script that puts itself in the place of a stub, call this when it has loaded.
   */
  tap(analytics: Analytics): void;
  /**
   * Calls `handler` whenever it happens. What it throws is caught and told to `error` handlers. All but
   * `event` are also dispatched on the document, as `firstvalue:milestone` and so on.
   * @returns a function that ends this
   */
  on<K extends keyof Happenings>(happening: K, handler: (detail: Happenings[K]) => void): () => void;
  /** What is known of the user; `null` until the status is `ready`. */
  state(): State | null;
  /** Sends now what is waiting. Resolves when the attempt has ended; what failed is kept. */
  flush(): Promise<void>;
  /**
   * Shows a panel that says who the user is, what is recorded, why each guide is or is not shown, what is on
   * its way to the collector and what was lost; `false` takes it away. Its files are loaded only then. So
   * does the address of the page with `?firstvalue=debug`.
   * @default true
   */
  debug(on?: boolean): void;
  /**
   * Takes everything away: what is shown, every listener and timer. Unsent events stay stored, and what is called from
   * then on is dropped until another `init`, with which they are sent. Handlers given to `on` stay, and so do the
   * `renderer` and the `router` of a page that has shown a guide.
   */
  destroy(): void;
  /** How Firstvalue stands on this page. */
  readonly status: Status;
}

export declare const firstvalue: Firstvalue;

declare global {
  interface Window {
    /** What the classic script puts there; the stub before that, see above. */
    firstvalue?: Firstvalue;
  }
  interface DocumentEventMap extends FirstvalueEvents {}
}

/** What is dispatched on the document. */
export type FirstvalueEvents = { [K in Exclude<keyof Happenings, "event"> as `firstvalue:${K}`]: CustomEvent<Happenings[K]> };
