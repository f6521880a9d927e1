/** One glyph as drawn: the text it stands for, in logical order, and where it is on the page (points, y upwards). */
export interface Glyph {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly height: number;
  /** Glyphs of one show operator share a number. */
  readonly run: number;
}

/** The parts of pdf.js that are used here. */
export interface OperatorList {
  readonly fnArray: ArrayLike<number>;
  readonly argsArray: readonly unknown[];
}
export interface ObjectStore {
  has(name: string): boolean;
  get(name: string): unknown;
}

type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ];
}

const shift = (x: number, y: number): Matrix => [1, 0, 0, 1, x, y];

interface TextState {
  readonly size: number;
  readonly spacing: number;
  readonly wordSpacing: number;
  readonly scale: number;
  readonly leading: number;
  readonly unit: number;
}

interface PdfGlyph {
  readonly unicode?: string;
  readonly width?: number;
  readonly isSpace?: boolean;
}

/** A page of more glyphs is not print; an article page has 4,000. */
const MAX_GLYPHS = 60_000;
const CONTROL = /\p{Cc}|\p{Cf}|[\u0640\ufffd]/gu;

/**
 * The glyphs of a page from its operators. pdf.js gives text runs in drawing order with ligatures reversed; here each
 * glyph keeps its own string (لا stays لا), and order is decided by position.
 */
export function glyphsOf(
  list: OperatorList,
  fonts: ObjectStore,
  ops: Readonly<Record<string, number>>,
): Glyph[] {
  const names = new Map(Object.entries(ops).map(([name, code]) => [code, name]));
  const glyphs: Glyph[] = [];
  const saved: { page: Matrix; state: TextState }[] = [];
  let page: Matrix = IDENTITY;
  let text: Matrix = IDENTITY;
  let line: Matrix = IDENTITY;
  let state: TextState = { size: 1, spacing: 0, wordSpacing: 0, scale: 1, leading: 0, unit: 0.001 };
  const nextLine = (x: number, y: number): void => {
    line = multiply(line, shift(x, y));
    text = line;
  };
  const restore = (): void => {
    const last = saved.pop();
    if (last !== undefined) ({ page, state } = last);
  };
  const show = (items: readonly unknown[], run: number): void => {
    const size = Math.abs(state.size);
    const direction = state.size < 0 ? -1 : 1;
    for (const item of items) {
      if (item === null || item === undefined || glyphs.length >= MAX_GLYPHS) continue;
      if (typeof item === 'number') {
        text = multiply(text, shift((-item * size * state.scale * direction) / 1000, 0));
        continue;
      }
      const { unicode = '', width = 0, isSpace = false } = item as PdfGlyph;
      const advance = width * state.unit * size + state.spacing + (isSpace ? state.wordSpacing : 0);
      const at = multiply(page, text);
      const reach =
        advance * state.scale * direction * Math.hypot(at[0], at[1]) * (at[0] < 0 ? -1 : 1);
      glyphs.push({
        text: unicode.replace(CONTROL, ''),
        left: Math.min(at[4], at[4] + reach),
        right: Math.max(at[4], at[4] + reach),
        y: at[5],
        height: size * Math.hypot(at[2], at[3]) || 10,
        run,
      });
      text = multiply(text, shift(advance * state.scale * direction, 0));
    }
  };
  for (let i = 0; i < list.fnArray.length; i++) {
    const args = (list.argsArray[i] ?? []) as readonly unknown[];
    const n = (k: number): number => Number(args[k] ?? 0);
    switch (names.get(list.fnArray[i] as number)) {
      case 'save':
        saved.push({ page, state });
        break;
      case 'restore':
      case 'paintFormXObjectEnd':
        restore();
        break;
      case 'transform':
        page = multiply(page, args as unknown as Matrix);
        break;
      case 'paintFormXObjectBegin':
        saved.push({ page, state });
        if (args[0]) page = multiply(page, args[0] as Matrix);
        break;
      case 'beginText':
        text = line = IDENTITY;
        break;
      case 'setFont':
        state = { ...state, size: n(1), unit: unitOf(fonts, String(args[0])) };
        break;
      case 'setCharSpacing':
        state = { ...state, spacing: n(0) };
        break;
      case 'setWordSpacing':
        state = { ...state, wordSpacing: n(0) };
        break;
      case 'setHScale':
        state = { ...state, scale: n(0) / 100 };
        break;
      case 'setLeading':
        state = { ...state, leading: -n(0) };
        break;
      case 'setTextMatrix': {
        const matrix = (args.length === 6 ? args : args[0]) as ArrayLike<number>;
        text = line = Array.from(matrix) as unknown as Matrix;
        break;
      }
      case 'moveText':
        nextLine(n(0), n(1));
        break;
      case 'setLeadingMoveText':
        state = { ...state, leading: n(1) };
        nextLine(n(0), n(1));
        break;
      case 'nextLine':
        nextLine(0, state.leading);
        break;
      case 'showText':
      case 'showSpacedText':
        show((args[0] ?? []) as readonly unknown[], i);
        break;
    }
  }
  return glyphs;
}

/** Text space units of a glyph's width: a thousandth, but for Type 3 fonts. */
function unitOf(fonts: ObjectStore, name: string): number {
  if (!fonts.has(name)) return 0.001;
  const { fontMatrix } = (fonts.get(name) ?? {}) as { fontMatrix?: readonly number[] };
  return fontMatrix?.[0] || 0.001;
}
