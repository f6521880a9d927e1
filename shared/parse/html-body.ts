import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom/worker';
import type { Dropped } from '../article.ts';
import { countWords } from './fold.ts';
import { type Block, blocksOf, type DomNode } from './html-blocks.ts';
import { type DomElement, pruneFurniture } from './html-prune.ts';
import { isReasonable, shapeOf } from './html-shape.ts';
import { ensureDocument, stripScripts } from './html-source.ts';

/** Lines of the article in a page, and what was left out of the chosen part. */
export interface PageBody {
  readonly lines: readonly string[];
  readonly byline: string | null;
  readonly dropped: readonly Dropped[];
}

/** Lines of this share of links and fewer words are a list of other pages. */
const LINKED_SHARE = 0.6;
const LINKED_WORDS = 20;

/** Readability tries again with looser rules below this; its own 500 lets comments and sidebars into short news. */
const CHAR_THRESHOLD = 200;
/** Less than a short paragraph: look at the whole page too. */
const SHORT_CHARS = 140;
/** The text of a page with a video is a line; less is nothing. */
const TINY_CHARS = 25;

/** Finds the article in a page of reasonable shape (see `isReasonable`); null when there is none to be found. */
export function readBody(html: string): PageBody | null {
  const source = ensureDocument(stripScripts(html));
  // Again, on what the tree is built from: a broken script hides from one reading what it shows to another.
  if (!isReasonable(shapeOf(source))) return null;
  const pruned = extract(source, true);
  const isShort = pruned === null || pruned.lines.join('').length < SHORT_CHARS;
  return isShort ? longer(pruned, extract(source, false)) : pruned;
}

/** What stays when furniture was not where its name says: the page as it came may hold more. */
function longer(pruned: PageBody | null, whole: PageBody | null): PageBody | null {
  if (pruned === null || whole === null) return pruned ?? whole;
  const length = ({ lines }: PageBody): number => lines.join('').length;
  return length(pruned) * 4 < length(whole) && length(pruned) < TINY_CHARS ? whole : pruned;
}

function extract(source: string, prune: boolean): PageBody | null {
  const { document } = parseHTML(source);
  // The tokenizer gives a text node for every `&amp;` and stray `<`; Readability is cubic in neighbours that are not blocks.
  document.normalize();
  if (prune && document.body !== null) pruneFurniture(document.body as unknown as DomElement);
  let blocks: Block[] = [];
  const found = new Readability(
    document as unknown as ConstructorParameters<typeof Readability>[0],
    {
      charThreshold: CHAR_THRESHOLD,
      serializer: (element: unknown) => {
        blocks = blocksOf(element as DomNode);
        return '';
      },
    },
  ).parse();
  if (found === null || blocks.length === 0) return null;
  return { ...keep(blocks), byline: found.byline?.trim() || null };
}

/** Takes out what the chosen part still holds of figures, link lists and headings without text. */
function keep(blocks: readonly Block[]): Pick<PageBody, 'lines' | 'dropped'> {
  const reasons = blocks.map(reasonToDrop);
  for (let i = 0; i < blocks.length; i++) {
    if (reasons[i] !== null || !blocks[i]?.isHeading) continue;
    const next = blocks.findIndex((_, j) => j > i && reasons[j] === null);
    if (next < 0) reasons[i] = 'heading-without-text';
  }
  const dropped = blocks.flatMap(({ text }, i) => {
    const reason = reasons[i];
    return reason ? [{ text, reason }] : [];
  });
  return { lines: blocks.filter((_, i) => reasons[i] === null).map(({ text }) => text), dropped };
}

function reasonToDrop(block: Block): string | null {
  const words = countWords(block.text);
  if (block.inFigure) return 'caption';
  if (words === 0) return 'symbols';
  if (block.isHeading) return block.linked > 0.9 ? 'related-link' : null;
  if (block.linked > LINKED_SHARE && words < LINKED_WORDS) return 'related-link';
  return null;
}
