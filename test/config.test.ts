import { maxAlertAgeDays, readEnv } from '../shared/config.ts';

test('everything that is missing is named in one go; an empty value is missing too', () => {
  expect(() => readEnv({ B: 'b', C: '' }, ['A', 'B', 'C'])).toThrow(
    'missing environment variables: A, C',
  );
});

test('what is asked for is given, and nothing else', () => {
  expect(readEnv({ A: 'a', B: 'b' }, ['A'])).toEqual({ A: 'a' });
});

test.each([
  ['off', null],
  ['30', 30],
  ['0.5', 0.5],
])('an alert age of %j means %j days', (setting, days) => {
  expect(maxAlertAgeDays(setting)).toBe(days);
});

test.each(['', '0', '-1', 'never', 'NaN', '30d'])(
  'an alert age of %j is refused with what is wanted',
  (setting) => {
    expect(() => maxAlertAgeDays(setting)).toThrow("must be 'off' or days > 0");
  },
);
