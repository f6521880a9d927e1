import { countVisible, withSingleSpaces } from '../text/spaces.ts';

/** The part of a DOM node that is needed here; linkedom's nodes have it. */
export interface DomNode {
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly tagName?: string;
  readonly childNodes: ArrayLike<DomNode>;
}

/** A line of the chosen content with where it stood. */
export interface Block {
  readonly text: string;
  /** Share of its letters inside links, 0 to 1. */
  readonly linked: number;
  readonly inFigure: boolean;
  readonly isHeading: boolean;
  readonly inList: boolean;
}

const BLOCK_TAGS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL HTML'.split(
    ' ',
  ),
);
const SKIPPED = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE HEAD SVG IFRAME OBJECT BUTTON SELECT'.split(' '),
);
const ELEMENT = 1;
const TEXT = 3;

/** Lines of text under a node in reading order, parted where a browser would part them. Walks with a stack of its own: depth is the page's. */
export function blocksOf(root: DomNode): Block[] {
  const blocks: Block[] = [];
  const inside = { link: 0, figure: 0, heading: 0, list: 0 };
  let text = '';
  let linked = 0;
  const flush = (): void => {
    const line = withSingleSpaces(text);
    if (line !== '') {
      blocks.push({
        text: line,
        linked: linked / Math.max(1, countVisible(text)),
        inFigure: inside.figure > 0,
        isHeading: inside.heading > 0,
        inList: inside.list > 0,
      });
    }
    text = '';
    linked = 0;
  };
  const todo: { node: DomNode; leaving: boolean }[] = [{ node: root, leaving: false }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { node, leaving } = next;
    if (node.nodeType === TEXT) {
      const value = node.nodeValue ?? '';
      text += value;
      if (inside.link > 0) linked += countVisible(value);
      continue;
    }
    const tag = node.tagName?.toUpperCase() ?? '';
    if (node.nodeType !== ELEMENT || SKIPPED.has(tag)) continue;
    if (BLOCK_TAGS.has(tag) || tag === 'BR') flush();
    const step = leaving ? -1 : 1;
    if (tag === 'A') inside.link += step;
    else if (tag === 'FIGURE' || tag === 'FIGCAPTION') inside.figure += step;
    else if (/^H[1-6]$/.test(tag)) inside.heading += step;
    else if (tag === 'LI') inside.list += step;
    if (leaving) continue;
    todo.push({ node, leaving: true });
    for (let i = node.childNodes.length - 1; i >= 0; i--) {
      todo.push({ node: node.childNodes[i] as DomNode, leaving: false });
    }
  }
  flush();
  return blocks;
}
