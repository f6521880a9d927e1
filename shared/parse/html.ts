import { cleanLine } from '../text/clean.ts';
import { type Draft, draftOf } from './draft.ts';
import { readFragment } from './fragment.ts';
import { readBody } from './html-body.ts';
import { readMetadata } from './html-metadata.ts';
import { type Scan, scanHtml } from './html-scan.ts';
import { isReasonable } from './html-shape.ts';

/** An `articleBody` that is worth more than what the page shows; on ordinary pages the layout is the better source (F1 .986 against .839). */
const SCRIPTED_CHARS = 120;

/** Reads a page: metadata and visible text by one pass over its tags, the article by Readability, or by its lines where the page is no page. */
export function readHtml(html: string, url: string | null): Draft {
  const scan = scanHtml(html);
  const said = readMetadata(scan, url);
  const { byline, text: _, ...metadata } = said;
  const body = isReasonable(scan) ? bodyOf(html) : null;
  const length = (body?.lines ?? linesOf(scan)).join('').length;
  if (said.text !== null && said.text.length > Math.max(SCRIPTED_CHARS, length * 3)) {
    const { visible, lines } = readFragment(said.text);
    return draftOf({
      visible: `${scan.visible}\n${visible}`,
      lines,
      chosen: true,
      ...metadata,
      byline,
      warnings: [
        'The page shows its text by script; it was read from the data for search engines.',
      ],
    });
  }
  if (body === null) {
    const warning = isReasonable(scan)
      ? 'No article was found by the layout of the page; its lines were judged one by one.'
      : `The page is larger or deeper than pages are (${scan.elements} elements, ${scan.depth} deep); its lines were judged one by one.`;
    return draftOf({
      visible: scan.visible,
      lines: linesOf(scan),
      ...metadata,
      byline,
      warnings: [warning],
    });
  }
  return draftOf({
    visible: scan.visible,
    lines: body.lines.map(cleanLine),
    chosen: true,
    ...metadata,
    byline: byline ?? body.byline,
    dropped: body.dropped,
  });
}

/** Null when the extractor finds nothing or stumbles: both leave the lines to judge. */
function bodyOf(html: string) {
  try {
    return readBody(html);
  } catch (error) {
    // linkedom and Readability throw TypeError on trees no browser would build, and RangeError when they recurse too deep.
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

/** Lines outside navigation and the like, not made of links; a gap between any two. */
function linesOf(scan: Scan): string[] {
  return scan.blocks
    .filter(({ aside, linked, heading }) => !aside && (linked < 0.6 || heading))
    .map(({ text }) => cleanLine(text));
}
