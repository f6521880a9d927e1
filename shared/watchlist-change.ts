import { readWatchlist, type Source } from './watchlist/read-watchlist.ts';

/** How the rules of one watchlist differ from another's, by id. */
export interface RuleChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** With the versions, so that one sees where a changed meaning kept its number. */
  readonly changed: readonly { readonly id: string; readonly from: number; readonly to: number }[];
  /** Words, actors or packs differ, which may change what any rule finds. */
  readonly hasOtherWords: boolean;
}

/** Compares what two watchlists say, not how they are written: comments and order of files do not count. */
export function ruleChanges(before: readonly Source[], after: readonly Source[]): RuleChanges {
  const [{ rules: old, ...oldRest }, { rules: fresh, ...freshRest }] = [
    readWatchlist(before).watchlist,
    readWatchlist(after).watchlist,
  ];
  const olds = new Map(old.map((rule) => [rule.id, rule]));
  const freshs = new Map(fresh.map((rule) => [rule.id, rule]));
  return {
    added: fresh.flatMap(({ id }) => (olds.has(id) ? [] : [id])),
    removed: old.flatMap(({ id }) => (freshs.has(id) ? [] : [id])),
    changed: fresh.flatMap((rule) => {
      const was = olds.get(rule.id);
      const isSame = was === undefined || said(was) === said(rule);
      return isSame ? [] : [{ id: rule.id, from: was.version, to: rule.version }];
    }),
    hasOtherWords: said(oldRest) !== said(freshRest),
  };
}

/** What something says, without where it is written. */
function said(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'at' || key.endsWith('At')) return undefined;
    return inner instanceof Map ? [...inner] : inner;
  });
}
