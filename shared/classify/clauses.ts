import { GAP } from '../text/sentences.ts';
import { FORM } from '../watchlist/affixes.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import type { Sentence, Unit } from './sentence.ts';

/** A clause of a sentence. */
export interface Clause {
  /** Its first word. */
  readonly start: number;
  readonly kind: 'main' | 'complement' | 'relative' | 'break' | 'coordinate';
  /** The clause that it hangs on, or -1. */
  readonly parent: number;
  /** The clause whose verb governs it (denied that ...), or -1. */
  readonly governor: number;
}

/** The clauses of a sentence, and the clause of each word from the sentence's first. */
export interface Clauses {
  readonly clauses: readonly Clause[];
  readonly clauseAt: readonly number[];
}

/** Marks that end a clause whatever stands behind them; a comma does not, Arabic writes it everywhere. */
const PARTS_CLAUSE = GAP.semicolon | GAP.colon;

/** Parts a sentence into clauses by the words that open them, by semicolons and colons, and by a joined verb (وزار). */
export function readClauses({ units, start }: Sentence): Clauses {
  const clauses: Clause[] = [{ start, kind: 'main', parent: -1, governor: -1 }];
  const clauseAt: number[] = [];
  let current = 0;
  const open = (kind: Clause['kind'], at: number, governor: number) => {
    clauses.push({ start: at, kind, parent: current, governor });
    current = clauses.length - 1;
  };
  units.forEach((unit, index) => {
    const here = clauses[current] as Clause;
    if (here.kind === 'relative' && (unit.gap & GAP.comma) !== 0 && index > 0) {
      current = Math.max(here.parent, 0);
    }
    const kind = opens(unit, index > 0 ? units[index - 1] : undefined, units[index + 1]);
    const now = clauses[current] as Clause;
    if (kind === 'complement') open(kind, unit.start, current);
    else if (kind === 'relative') open(kind, unit.start, isTold(units, index) ? current : -1);
    else if (kind === 'coordinate') open(kind, unit.start, now.governor);
    else if (kind === 'break' || (index > 0 && (unit.gap & PARTS_CLAUSE) !== 0)) {
      open('break', unit.start, -1);
    }
    for (let i = unit.start; i < unit.end; i++) clauseAt.push(current);
  });
  return { clauses, clauseAt };
}

function opens(
  unit: Unit,
  before: Unit | undefined,
  after: Unit | undefined,
): Clause['kind'] | null {
  if ((unit.categories & CATEGORY.complement) !== 0) return 'complement';
  if ((unit.categories & CATEGORY.relative) !== 0) return 'relative';
  if ((unit.categories & CATEGORY.break) !== 0) return 'break';
  if (before === undefined) return null;
  if (unit.verb && (unit.form & FORM.conjunction) !== 0) return 'coordinate';
  const joined = (unit.categories & CATEGORY.conjunction) !== 0 && after?.verb === true;
  return joined ? 'coordinate' : null;
}

/** Units before a relative pronoun in which the noun stands that it resumes: `слухи, согласно которым`. */
const RESUMES_WITHIN = 2;

/** `نفت صحة الأنباء التي تحدثت عن زيارة`: a clause about reports is what they report, and governed as they are. */
function isTold(units: readonly Unit[], index: number): boolean {
  return units
    .slice(Math.max(0, index - RESUMES_WITHIN), index)
    .some((unit) => (unit.categories & CATEGORY.report) !== 0);
}

/** Whether the words of clause `governor` reach into `clause` through clauses that they govern. */
export function governs({ clauses }: Clauses, governor: number, clause: number): boolean {
  let current = clause;
  for (let depth = 0; depth < 8; depth++) {
    current = clauses[current]?.governor ?? -1;
    if (current < 0) return false;
    if (current === governor) return true;
  }
  return false;
}
