import { type Handler, Parser } from 'htmlparser2';
import { HTML_CROWDING, HTML_DEPTH, HTML_ELEMENTS } from './bounds.ts';

/** How large and how deep a page is. */
export interface Shape {
  readonly depth: number;
  readonly elements: number;
  /** Sum over all elements of the squares of the numbers of their children and of their attributes. */
  readonly crowding: number;
}

/** Elements that hold nothing and are never closed. */
export const VOID_TAGS: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** Reads the tags and texts of a page one by one; linear in its length, whatever it holds. */
export function readTags(html: string, handler: Partial<Handler>): void {
  const parser = new Parser(handler, { decodeEntities: true, lowerCaseTags: true });
  // In pieces: the tokenizer keeps what it was given until it is done with it.
  for (let i = 0; i < html.length; i += 65_536) parser.write(html.slice(i, i + 65_536));
  parser.end();
}

/** Measures a page while its tags are read. */
export function newMeasure() {
  /** Of each open element the number of its children so far. */
  const children: number[] = [];
  let depth = 0;
  let elements = 0;
  let crowding = 0;
  return {
    open(name: string, attributes: Readonly<Record<string, string>>): void {
      elements++;
      const last = children.length - 1;
      // (n + 1)² - n², so that the sum grows to the square.
      if (last >= 0) crowding += 2 * (children[last] as number)++ + 1;
      crowding += Object.keys(attributes).length ** 2;
      if (VOID_TAGS.has(name)) return;
      children.push(0);
      depth = Math.max(depth, children.length);
    },
    close(name: string): void {
      if (!VOID_TAGS.has(name)) children.pop();
    },
    shape: (): Shape => ({ depth, elements, crowding }),
  };
}

/** The shape of a page, and nothing else of it. */
export function shapeOf(html: string): Shape {
  const { open, close, shape } = newMeasure();
  readTags(html, { onopentag: open, onclosetag: close });
  return shape();
}

/** Whether the page is no larger and no deeper than pages are, so that a tree may be built from it. */
export function isReasonable({ depth, elements, crowding }: Shape): boolean {
  return depth <= HTML_DEPTH && elements <= HTML_ELEMENTS && crowding <= HTML_CROWDING;
}
