import { cleanLine } from '../text/clean.ts';
import { scanHtml } from './html-scan.ts';

/** Markup inside a record: visible text and its lines. */
export interface Fragment {
  readonly visible: string;
  readonly lines: readonly string[];
}

/** `<p>`, `<br>`, `&nbsp;`: a text field of a feed or an export is HTML when it holds one of these. */
const MARKUP =
  /<\/?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,500})?\/?>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/i;

/** Reads a field that may be plain text or HTML. */
export function readFragment(text: string): Fragment {
  if (!MARKUP.test(text)) {
    return { visible: text, lines: text.split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/).map(cleanLine) };
  }
  const { visible, blocks } = scanHtml(text);
  const lines = blocks
    .filter(({ linked, heading, text: line }) => linked < 0.6 || heading || line.length > 120)
    .map((block) => cleanLine(block.text));
  return { visible, lines };
}
