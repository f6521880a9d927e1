import { AwsError } from './aws-error.ts';
import { checkPattern } from './filter.ts';

/** SNS's limits on a filter policy: keys, and the product of the numbers of values. */
const MAX_KEYS = 5;
const MAX_COMBINATIONS = 150;

/** Throws what SNS says of a filter policy that it does not take. */
export function checkFilterPolicy(json: string, scope: string | undefined): void {
  const refuse = (why: string) =>
    new AwsError('InvalidParameter', `Invalid parameter: FilterPolicy: ${why}`);
  let policy: unknown;
  try {
    policy = JSON.parse(json);
    checkPattern(policy);
  } catch (error) {
    if (error instanceof Error) throw refuse(error.message);
    throw error;
  }
  const { keys, combinations, depth } = measure(policy as object);
  if (keys > MAX_KEYS) throw refuse('Filter policy can not have more than 5 keys');
  if (combinations > MAX_COMBINATIONS) throw refuse('Filter policy is too complex');
  if (depth > 1 && scope !== 'MessageBody') {
    throw refuse('Filter policy scope MessageAttributes does not support nested filter policy');
  }
}

/** Keys are the leaves; each level below the first multiplies the combinations once more. */
function measure(policy: object): { keys: number; combinations: number; depth: number } {
  let [keys, combinations, depth] = [0, 1, 1];
  const walk = (node: object, level: number) => {
    for (const [name, wanted] of Object.entries(node) as [string, unknown][]) {
      if (!Array.isArray(wanted)) walk(wanted as object, level + 1);
      else if (name === '$or') for (const one of wanted) walk(one as object, level);
      else {
        keys++;
        combinations *= wanted.length * level;
        depth = Math.max(depth, level);
      }
    }
  };
  walk(policy, 1);
  return { keys, combinations, depth };
}
