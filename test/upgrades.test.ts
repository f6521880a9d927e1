import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { recordFrom } from '../shared/aws/article-item.ts';
import { RECORD_VERSION } from '../shared/record.ts';

const UPGRADES = new URL('./upgrades/', import.meta.url);
const versions = readdirSync(UPGRADES).filter((name) => name.startsWith('item-v'));
const cases = versions.flatMap((version) =>
  readdirSync(new URL(`${version}/`, UPGRADES)).map((file): [string, string] => [version, file]),
);

test.each(cases)('an item written by %s (%s) is read as it was meant', (version, file) => {
  const { item, record } = JSON.parse(
    readFileSync(new URL(`${version}/${file}`, UPGRADES), 'utf8'),
  );
  // What later versions know beside is theirs; what was written then reads the same for ever.
  expect(recordFrom(item)).toMatchObject(record);
});

test('this version of the item has its fixtures, which the next version will read', () => {
  expect(existsSync(new URL(`item-v${RECORD_VERSION}/`, UPGRADES))).toBe(true);
});
