/** Puts the source of a page in a shape that linkedom builds a right tree from. String work only, linear. */

const NOT_CONTENT = /<(script|style|svg|noscript|iframe|template)\b|<!--/g;
/** A longer noscript holds the page itself. */
const NOSCRIPT_CHARS = 4_000;

/** Removes scripts, styles, drawings and comments: they are most of a page's bytes and never its text. */
export function stripScripts(html: string): string {
  const low = html.toLowerCase();
  const kept: string[] = [];
  let from = 0;
  // Where a closing tag is missing once it is missing for good: looking again at every start would be quadratic.
  const missing = new Set<string>();
  NOT_CONTENT.lastIndex = 0;
  for (let m = NOT_CONTENT.exec(low); m !== null; m = NOT_CONTENT.exec(low)) {
    const end = endOf(low, m.index, m[1], missing);
    if (end < 0) continue;
    kept.push(html.slice(from, m.index));
    from = end;
    NOT_CONTENT.lastIndex = end;
  }
  kept.push(html.slice(from));
  return kept.join('');
}

/** Where the element or comment that starts at `start` ends; -1 to leave it in. */
function endOf(low: string, start: number, tag: string | undefined, missing: Set<string>): number {
  if (tag === undefined) {
    const end = missing.has('-->') ? -1 : low.indexOf('-->', start + 4);
    if (end < 0) missing.add('-->');
    return end < 0 ? -1 : end + 3;
  }
  if (missing.has(tag)) return -1;
  const close = low.indexOf(`</${tag}`, start);
  if (close < 0) {
    missing.add(tag);
    return tag === 'script' || tag === 'style' ? low.length : -1;
  }
  if (tag === 'noscript' && close - start > NOSCRIPT_CHARS) return -1;
  const end = low.indexOf('>', close);
  return end < 0 ? low.length : end + 1;
}

/**
 * One html, one head, one body, as a browser would build them: linkedom does not add what is missing, and takes what
 * stands before `<html>` for the document (empty body on 31 of 990 pages without this).
 */
export function ensureDocument(html: string): string {
  const low = html.toLowerCase();
  const at = (tag: string, from = 0): number => {
    const pattern = new RegExp(`<${tag}(?=[\\s>/])`, 'g');
    pattern.lastIndex = from;
    return pattern.exec(low)?.index ?? -1;
  };
  const root = at('html');
  const body = at('body');
  const head = at('head');
  let rootAttributes = '';
  if (root >= 0) {
    // Conditional comments of old Internet Explorer open several html elements: the last before the head counts.
    const stop = Math.min(...[head, body, low.length].filter((i) => i >= 0));
    let last = root;
    for (let next = root; next >= 0 && next < stop; next = at('html', next + 5)) last = next;
    rootAttributes = attributesAt(html, last, 5);
  }
  let cut: number;
  let bodyStart: number;
  let bodyAttributes = '';
  if (body >= 0) {
    const end = low.indexOf('>', body);
    cut = body;
    bodyStart = end < 0 ? low.length : end + 1;
    bodyAttributes = attributesAt(html, body, 5);
  } else {
    cut = bodyStart = endOfHead(low);
  }
  const inHead = withoutRoots(html.slice(0, cut));
  const inBody = withoutRoots(html.slice(bodyStart));
  return `<!DOCTYPE html><html${rootAttributes}><head>${inHead}</head><body${bodyAttributes}>${inBody}</body></html>`;
}

function attributesAt(html: string, tag: number, nameLength: number): string {
  const end = html.indexOf('>', tag);
  return end < 0 ? '' : html.slice(tag + nameLength, end).replace(/\/$/, '');
}

const FIRST_CONTENT =
  /<(?:div|p|table|article|main|section|h[1-6]|br|b|font|center|ul|ol|header|nav|span|form|img|a|pre|blockquote)(?=[\s>/])/;

function endOfHead(low: string): number {
  const close = low.indexOf('</head>');
  if (close >= 0) return close + 7;
  return FIRST_CONTENT.exec(low)?.index ?? (low.includes('<') ? low.length : 0);
}

function withoutRoots(part: string): string {
  return part
    .replace(/<\/?(?:html|head|body)(?:\s[^<>]{0,2000})?\/?>/gi, '')
    .replace(/<!doctype[^<>]{0,500}>/gi, '')
    .replace(/<\?xml[^<>]{0,500}>/gi, '');
}
