// What of `page.js` is used by TypeScript too; the script itself says what each function does.

export function isOn(glob: string): boolean;
export function letScroll(surface: Element): void;
export function beside(target: Element, position: InsertPosition): HTMLElement;
export function isBeside(ours: Element, target: Element, position: InsertPosition): boolean;
export function open(written: string): void;
export function travel(path: string): boolean;
export function takeHost(host: { router?: { push(path: string): unknown; current?(): string } }): unknown;
export function setUp(ours: HTMLElement, styles: string): HTMLElement;
export function isVisible(element: Element): boolean;
/** How an element is found, as the collector compiles it. */
export interface Way {
  css: string;
  text?: string;
  name?: string;
  ways?: Way[];
}
export function look(target: Way, deep: boolean): { visible?: Element; matches: number; seen: number };
export function finding(element: Element, matches: number): "multiple" | "covered" | "";
export function suits(element: Element, way: { text?: string | undefined; name?: string | undefined }): boolean;
export function nameOf(element: Element): string;
export function hostFont(): string;
export function isRightToLeft(element?: Element): boolean;
export function hides(ours: Element, element: Element): boolean;
export function focused(within?: ShadowRoot | null): Element | undefined;
export function focus(element: Element): boolean;
export function giveBack(to: Element | undefined, near?: Element): void;
export function lastControl(ours: Element): Element | undefined;
export function isScripted(element: Element): boolean;
export function topmost(ours: Element, target?: Element): Element | undefined;
