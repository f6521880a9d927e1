import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Locked {
  readonly version: string;
  readonly dev?: boolean;
  readonly license?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
}

interface Component {
  readonly name: string;
  readonly version: string;
  readonly properties?: readonly { readonly name: string }[];
  readonly licenses?: readonly unknown[];
}

const LOCK: { packages: Record<string, Locked> } = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
);
const PACKAGE = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Licences that ask for no more than to be named. A new one is for a person to read, not for this list to grow by itself. */
const FREE = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
];
/** Fonts may be shipped with software under it. */
const FONTS = ['OFL-1.1'];

/** Everything but what only develops and tests. */
const shipped = Object.entries(LOCK.packages).filter(
  ([path, { dev }]) => path !== '' && dev !== true,
);

test('nothing that ships is under a copyleft licence, or under none', () => {
  const isFree = (license = '') =>
    license
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((one) => [...FREE, ...FONTS].includes(one));
  expect(shipped.filter(([, { license }]) => !isFree(license))).toEqual([]);
});

test('every package is pinned to its bytes', () => {
  expect(
    shipped.filter(([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true),
  ).toEqual([]);
});

test('every dependency is asked for in one exact version', () => {
  const ranges = Object.entries({ ...PACKAGE.dependencies, ...PACKAGE.devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
  );
  expect(ranges).toEqual([]);
});

test('the bill of materials names every package that ships, and marks those that only develop and test', () => {
  const text = execFileSync('npm', ['run', '--silent', 'sbom'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { components }: { components: Component[] } = JSON.parse(text);
  const idOf = ({ name, version }: { name: string; version: string }) => `${name}@${version}`;
  const isDev = ({ properties = [] }: Component) =>
    properties.some(({ name }) => name === 'cdx:npm:package:development');
  const named = components.filter((one) => !isDev(one));
  const expected = shipped.map(([path, { version }]) =>
    idOf({ name: path.split('node_modules/').at(-1) ?? '', version }),
  );
  expect(new Set(named.map(idOf))).toEqual(new Set(expected));
  expect(named.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
  expect(components.some(isDev)).toBe(true);
});
