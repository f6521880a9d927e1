import { readSettings, stackId } from '../infra/settings.ts';

const read = (rasid: unknown) =>
  readSettings({ tryGetContext: (key) => (key === 'rasid' ? rasid : undefined) });

test('without settings there is a development stack that says who it is', () => {
  expect(stackId(read(undefined))).toBe('Rasid-news-dev');
});

test.each([
  ['name', 'News!', 'lower-case letters'],
  ['name', '', 'lower-case letters'],
  ['env', 'production', '"dev" or "prod"'],
  ['operatorEmail', 'nobody', 'an e-mail address'],
  ['alertLanguage', 'fr', '"en" or "ar"'],
  ['logRetentionDays', 31, 'one of 1, 3, 5'],
  ['maxAlertAgeDays', 0, 'a number of days above 0'],
  ['silenceHours', 200, 'whole hours from 1 to 168'],
  ['silenceHours', 1.5, 'whole hours from 1 to 168'],
])('%s cannot be %j, and the answer says what it can be', (setting, value, wants) => {
  expect(() => read({ [setting]: value })).toThrow(wants);
});

test('a misspelt setting is refused with the list of those that are', () => {
  expect(() => read({ enviroment: 'prod' })).toThrow(
    /unknown setting "enviroment" \(there are: name, env,/,
  );
});

test('every mistake is named in one go', () => {
  expect(() => read({ env: 'x', alertLanguage: 'y' })).toThrow(
    /"env" is "x"[\s\S]*"alertLanguage" is "y"/,
  );
});

test('production needs somebody who hears the alarms', () => {
  expect(() => read({ env: 'prod' })).toThrow('"operatorEmail" is required in prod');
  expect(read({ env: 'prod', operatorEmail: 'desk@example.org' }).env).toBe('prod');
});

test.each([['text'], [[1, 2]], [5]])('settings that are no object (%j) are refused', (value) => {
  expect(() => read(value)).toThrow();
});

test('a setting given as a flag is refused, so that nobody believes it counts', () => {
  const node = { tryGetContext: (key: string) => (key === 'env' ? 'prod' : undefined) };
  expect(() => readSettings(node)).toThrow(/-c env: write it into cdk\.json/);
});
