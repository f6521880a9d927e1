/**
 * Cuts at `max` UTF-16 units, never inside a surrogate pair, and shows that it cut. Half a pair, as JSON can spell it, is
 * replaced: DynamoDB and SNS refuse it, and would refuse it again at every retry.
 */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text.toWellFormed();
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end).toWellFormed()}…`;
}
