import { filterPolicyOf, readSubscriber, SubscriberError } from '../shared/subscriber.ts';

test('filters become a policy over the attributes of a message', () => {
  const line =
    'email you@example.org --topic weapons-request,visit --lang ar --actor haftar --severity high';
  expect(readSubscriber(line)).toEqual({
    protocol: 'email',
    endpoint: 'you@example.org',
    filterPolicy: {
      topic: ['weapons-request', 'visit'],
      severity: ['high', 'critical'],
      lang: ['ar'],
      actors: ['haftar'],
    },
  });
});

test('without filters one hears everything', () => {
  expect(readSubscriber('sms +4915112345678').filterPolicy).toEqual({});
});

test.each([
  [
    'six filters',
    'email a@b.org --topic t --severity low --lang ar --actor a --source s.org --status denied',
    /at most 5 attributes/,
  ],
  [
    'more than 150 combinations',
    `email a@b.org --actor ${Array.from({ length: 40 }, (_, i) => `a${i}`)} --status asserted,denied,planned,refused`,
    /160 combinations.*150/,
  ],
  ['an Arabic word', 'email a@b.org --actor حفتر', /--actor حفتر: it wants something like russia/],
  ['a capital letter', 'email a@b.org --lang AR', /--lang AR/],
  ['two severities', 'email a@b.org --severity low,high', /the least that you want/],
  ['a status that is none', 'email a@b.org --status maybe', /--status maybe/],
  ['an unknown filter', 'email a@b.org --colour red', /--colour/],
  [
    'an address that is none',
    'email nobody',
    /email wants something like you@example.org, not nobody/,
  ],
  ['a number without its country', 'sms 015112345678', /sms wants/],
  ['plain http', 'https http://example.org/', /https wants/],
  [
    'a queue by its URL',
    'sqs https://sqs.eu-central-1.amazonaws.com/1/q',
    /sqs wants something like arn:aws:sqs/,
  ],
  [
    'pigeons',
    'pigeon me',
    /pigeon is no way to be told; there are: email, sms, https, sqs, lambda/,
  ],
  ['two addresses', 'email a@b.org c@d.org', /what is c@d.org/],
])('%s: refused before SNS is asked, with the reason', (_, line, why) => {
  expect(() => readSubscriber(line)).toThrow(SubscriberError);
  expect(() => readSubscriber(line)).toThrow(why);
});

test('150 combinations in five attributes are taken', () => {
  const many = (n: number, prefix: string) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
  const policy = filterPolicyOf({
    topic: many(5, 't'),
    actor: many(5, 'a'),
    lang: ['ar', 'en'],
    source: many(3, 's'),
    status: ['denied'],
  });
  expect(Object.keys(policy)).toHaveLength(5);
});
