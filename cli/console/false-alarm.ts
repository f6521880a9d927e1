import { type Document, isMap, isSeq, parseDocument, type YAMLMap, YAMLSeq } from 'yaml';
import type { Source } from '../../shared/watchlist/read-watchlist.ts';

/** An alert that should not have been. */
export interface FalseAlarm {
  readonly rule: string;
  readonly lang: string;
  /** The sentence that the rule took for an event. */
  readonly text: string;
}

/**
 * The person's watchlist with a test that fails: the rule finds something in a text in which nothing is. A rule that ships
 * is copied into it first, for a rule of one's own replaces the one that ships. Null when no source has the rule.
 */
export function withFalseAlarm(
  yaml: string,
  shipped: readonly Source[],
  { rule, lang, text }: FalseAlarm,
): string | null {
  const own = parseDocument(yaml);
  const mine = ruleIn(own, rule);
  const found = mine ?? copyOf(shipped, rule);
  if (found === null) return null;
  if (mine === null) listIn(own, 'rules').items.push(found);
  const tests = found.get('tests');
  const test = own.createNode({ lang, text, expect: 'none' });
  if (isSeq(tests)) tests.items.push(test);
  else found.set('tests', own.createNode([test]));
  return own.toString({ lineWidth: 0 });
}

function copyOf(shipped: readonly Source[], rule: string): YAMLMap | null {
  for (const { text } of shipped) {
    const found = ruleIn(parseDocument(text), rule);
    if (found !== null) return found;
  }
  return null;
}

function ruleIn(document: Document, id: string): YAMLMap | null {
  const rules = document.get('rules');
  if (!isSeq(rules)) return null;
  for (const rule of rules.items) if (isMap(rule) && rule.get('id') === id) return rule;
  return null;
}

function listIn(document: Document, key: string): YAMLSeq {
  const list = document.get(key);
  if (isSeq(list)) return list;
  const made = new YAMLSeq();
  document.set(key, made);
  return made;
}
