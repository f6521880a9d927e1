import { once } from '../once.ts';
import { drop, type Line, MAX_FURNITURE_CHARS } from './line.ts';
import { isDateLabel } from './line-signs.ts';
import { byOpening } from './phrase-index.ts';
import { FURNITURE_OPENINGS, FURNITURE_PHRASES } from './phrases.ts';

/** Patterns are made when a line first may match them: that of a kind of page furniture, for most articles never. */
const furnitureLike = byOpening(
  FURNITURE_PHRASES.map(({ source, ...kind }) => ({
    ...kind,
    pattern: once(() => new RegExp(source, 'u')),
  })),
  FURNITURE_OPENINGS,
);

/** Takes page furniture out of the lines. @param mayOpen the first line may be a headline that begins as a link does. */
export function markFurniture(lines: readonly Line[], folded: string, mayOpen: boolean): void {
  const isAnywhere = furnitureLike.isIn(folded);
  lines.forEach((line, i) => {
    if (line.words === 0) drop(line, 'symbols');
    else if (line.text.length > MAX_FURNITURE_CHARS) return;
    else if (isDateLabel(line)) drop(line, 'date-label');
    else {
      // `شاهد: …` on the first line is a headline about a video, further down a link to one.
      const allowed = i === 0 && mayOpen && line.words >= 4 ? 'related-link' : null;
      const kind = furnitureLike
        .like(line.folded, isAnywhere)
        .find(({ pattern, maxWords }) => line.words <= maxWords && pattern().test(line.folded));
      if (kind !== undefined && kind.reason !== allowed) drop(line, kind.reason);
    }
  });
}
