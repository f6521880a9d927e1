import type { Glyph } from './pdf-glyphs.ts';

/** A line of print in reading order. */
export interface PageLine {
  readonly text: string;
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly isRtl: boolean;
}

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LTR = /[A-Za-z\u00c0-\u024f\u0370-\u052f]/;
const DIGIT = /[0-9\u0660-\u0669\u06f0-\u06f9]/;
const MARK = /^[\u064b-\u065f\u0670]+$/;
/** Signs inside a number or a Latin name: 3.5, 14/8, AK-47 */
const INNER = /^[.,:;/\-–_@%+&'’#()]$/;
/** A gap wider than this share of the height is a space; letters of one word touch. */
const SPACE = 0.17;

type Kind = 'rtl' | 'ltr' | 'digit' | 'mark' | 'space' | 'sign';
interface Unit {
  readonly kind: Kind;
  readonly text: string;
}

/** Groups glyphs to lines from the top, orders each line by position and direction. */
export function layOut(glyphs: readonly Glyph[]): PageLine[] {
  const rows: { y: number; glyphs: Glyph[] }[] = [];
  for (const glyph of glyphs) {
    const reach = Math.max(1.5, 0.4 * glyph.height);
    const near = (row: { y: number }): boolean => Math.abs(row.y - glyph.y) < reach;
    // Most glyphs belong to one of the last rows; looking at all for each would be quadratic on a page of fragments.
    const row = rows.slice(-6).findLast(near) ?? (rows.length < 400 ? rows.find(near) : undefined);
    if (row === undefined) rows.push({ y: glyph.y, glyphs: [glyph] });
    else row.glyphs.push(glyph);
  }
  rows.sort((a, b) => b.y - a.y);
  return rows.map(lineOf).filter(({ text }) => text !== '');
}

function lineOf({ y, glyphs }: { y: number; glyphs: Glyph[] }): PageLine {
  const ordered = visualOrder(glyphs);
  const count = (script: RegExp): number => ordered.filter(({ text }) => script.test(text)).length;
  const isRtl = count(RTL) > count(LTR);
  const units = unitsOf(ordered);
  const logical = isRtl ? rightToLeft(units) : leftToRight(units);
  const printed = ordered.filter(({ text }) => text.trim() !== '');
  return {
    text: logical
      .map(({ text }) => text)
      .join('')
      .replace(/[ \t]+/g, ' ')
      .trim(),
    y,
    left: Math.min(...printed.map((g) => g.left)),
    right: Math.max(...printed.map((g) => g.right)),
    height: Math.max(0, ...printed.map((g) => g.height)),
    isRtl,
  };
}

/** Left to right. A run keeps its own order when it advances; runs are put side by side unless they overlap. */
function visualOrder(glyphs: readonly Glyph[]): Glyph[] {
  const runs = runsOf(glyphs).map((run) => {
    const goesBack = run.some(
      (glyph, i) => i > 0 && glyph.left < (run[i - 1] as Glyph).left - 0.6 * glyph.height,
    );
    const sorted = goesBack ? run.toSorted((a, b) => a.left - b.left) : run;
    return {
      glyphs: sorted,
      left: Math.min(...run.map((g) => g.left)),
      right: Math.max(...run.map((g) => g.right)),
    };
  });
  runs.sort((a, b) => a.left - b.left);
  const overlap = runs.some(
    (run, i) => i > 0 && run.left < (runs[i - 1]?.right ?? 0) - 0.6 * (run.glyphs[0]?.height ?? 0),
  );
  return overlap
    ? glyphs.toSorted((a, b) => a.left - b.left || a.right - b.right)
    : runs.flatMap((run) => run.glyphs);
}

function runsOf(glyphs: readonly Glyph[]): Glyph[][] {
  const runs = new Map<number, Glyph[]>();
  for (const glyph of glyphs) {
    const run = runs.get(glyph.run);
    if (run === undefined) runs.set(glyph.run, [glyph]);
    else run.push(glyph);
  }
  return [...runs.values()];
}

function unitsOf(glyphs: readonly Glyph[]): Unit[] {
  const units: Unit[] = [];
  let end = Number.NaN;
  for (const { text: raw, left, right, height } of glyphs) {
    const text = raw.normalize('NFKC');
    const isMark = MARK.test(raw);
    const isBlank = text.trim() === '';
    if (!isMark && !isBlank && left - end > SPACE * height)
      units.push({ kind: 'space', text: ' ' });
    if (text !== '')
      units.push({ kind: isMark ? 'mark' : kindOf(text), text: isBlank ? ' ' : text });
    end = Number.isNaN(end) ? right : Math.max(end, right);
  }
  return units;
}

function kindOf(text: string): Kind {
  if (text.trim() === '') return 'space';
  if (DIGIT.test(text)) return 'digit';
  if (RTL.test(text)) return 'rtl';
  return LTR.test(text) ? 'ltr' : 'sign';
}

/** Visual to logical in a right-to-left line: all reversed, but Latin words and numbers keep their order. */
function rightToLeft(visual: readonly Unit[]): Unit[] {
  const units = visual.toReversed();
  const logical: Unit[] = [];
  for (let i = 0; i < units.length; ) {
    const unit = units[i] as Unit;
    if (unit.kind !== 'ltr' && unit.kind !== 'digit') {
      logical.push(unit);
      i++;
      continue;
    }
    const end = endOfIsland(units, i);
    logical.push(...units.slice(i, end + 1).reverse());
    i = end + 1;
  }
  // A mark stands before its letter once the visual order is turned round.
  for (let i = 0; i + 1 < logical.length; i++) {
    const [mark, letter, before] = [logical[i] as Unit, logical[i + 1] as Unit, logical[i - 1]];
    if (
      mark.kind !== 'mark' ||
      letter.kind !== 'rtl' ||
      (before !== undefined && before.kind !== 'space')
    )
      continue;
    logical[i] = letter;
    logical[i + 1] = mark;
  }
  return logical;
}

/** The last unit of a stretch of Latin words or of a number that begins at `start`. */
function endOfIsland(units: readonly Unit[], start: number): number {
  let hasLetters = units[start]?.kind === 'ltr';
  let end = start;
  for (let i = start + 1; i < units.length; i++) {
    const { kind, text } = units[i] as Unit;
    if (kind === 'ltr' || kind === 'digit') {
      end = i;
      hasLetters ||= kind === 'ltr';
    } else if (!(kind === 'space' && hasLetters) && !(kind === 'sign' && INNER.test(text))) break;
  }
  return end;
}

/** Visual to logical in a left-to-right line: stretches of Arabic are reversed. */
function leftToRight(units: readonly Unit[]): Unit[] {
  const logical: Unit[] = [];
  for (let i = 0; i < units.length; ) {
    if (units[i]?.kind !== 'rtl') {
      logical.push(units[i++] as Unit);
      continue;
    }
    let end = i;
    for (let j = i + 1; j < units.length; j++) {
      const kind = units[j]?.kind;
      if (kind === 'rtl' || kind === 'mark') end = j;
      else if (kind !== 'space') break;
    }
    logical.push(...units.slice(i, end + 1).reverse());
    i = end + 1;
  }
  return logical;
}
