import { parseArgs } from 'node:util';

export const PROTOCOLS = ['email', 'sms', 'https', 'sqs', 'lambda'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Somebody who wants to hear, and of what. */
export interface Subscriber {
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** Which attributes of a message must have one of which values; empty for everything. */
  readonly filterPolicy: FilterPolicy;
}

export type FilterPolicy = Readonly<Record<string, readonly string[]>>;

/** The subscription cannot be made as it was asked for; the message says why and what to do. */
export class SubscriberError extends Error {
  override readonly name = 'SubscriberError';
}

/** What a subscriber may narrow by: the option, what the message's attribute is called, and what its values look like. */
const FILTERS = {
  topic: { attribute: 'topic', like: /^[a-z0-9][a-z0-9._-]*$/, such: 'visit' },
  severity: { attribute: 'severity', like: /^(?:low|notice|high|critical)$/, such: 'high' },
  lang: { attribute: 'lang', like: /^[a-z]{2,3}$/, such: 'ar' },
  actor: { attribute: 'actors', like: /^[a-z0-9][a-z0-9._-]*$/, such: 'russia' },
  source: { attribute: 'source', like: /^[a-z0-9][a-z0-9.-]*$/, such: 'example.org' },
  status: {
    attribute: 'status',
    like: /^(?:asserted|planned|cancelled|denied|refused|requested|hypothetical)$/,
    such: 'asserted',
  },
} as const;

type FilterName = keyof typeof FILTERS;

/** The filters as options of a command: each may be given again, or hold several values with commas between. */
export const FILTER_OPTIONS = {
  topic: { type: 'string', multiple: true },
  severity: { type: 'string', multiple: true },
  lang: { type: 'string', multiple: true },
  actor: { type: 'string', multiple: true },
  source: { type: 'string', multiple: true },
  status: { type: 'string', multiple: true },
} as const satisfies Record<FilterName, unknown>;

const SEVERITIES = ['low', 'notice', 'high', 'critical'];

/** SNS's limits on a filter policy: https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MAX_KEYS = 5;
const MAX_COMBINATIONS = 150;

/**
 * The filter policy of these options. `severity` is the least that is wanted.
 * @throws SubscriberError when SNS would refuse it, or when it could never match.
 */
export function filterPolicyOf(
  wanted: Readonly<Partial<Record<FilterName, readonly string[]>>>,
): FilterPolicy {
  const policy: Record<string, readonly string[]> = {};
  for (const [name, { attribute, like, such }] of Object.entries(FILTERS)) {
    const values = (wanted[name as FilterName] ?? []).flatMap((value) => value.split(','));
    if (values.length === 0) continue;
    const odd = values.find((value) => !like.test(value));
    if (odd !== undefined)
      throw new SubscriberError(
        `--${name} ${odd}: it wants something like ${such}. SNS compares letter by letter, so filters are ids and slugs in small letters`,
      );
    policy[attribute] = name === 'severity' ? atLeast(values) : [...new Set(values)];
  }
  checkLimits(policy);
  return policy;
}

function atLeast(severities: readonly string[]): readonly string[] {
  if (severities.length > 1)
    throw new SubscriberError('--severity wants the least that you want to hear of: one of them');
  return SEVERITIES.slice(SEVERITIES.indexOf(severities[0] ?? 'low'));
}

function checkLimits(policy: FilterPolicy): void {
  const keys = Object.keys(policy);
  if (keys.length > MAX_KEYS)
    throw new SubscriberError(
      `filters by ${keys.join(', ')}: SNS compares at most ${MAX_KEYS} attributes in one subscription; leave one out`,
    );
  const combinations = Object.values(policy).reduce((product, { length }) => product * length, 1);
  if (combinations > MAX_COMBINATIONS)
    throw new SubscriberError(
      `these filters make ${combinations} combinations of values, SNS takes at most ${MAX_COMBINATIONS}; name fewer values, or subscribe twice`,
    );
}

const LOOKS: Readonly<Record<Protocol, { readonly like: RegExp; readonly such: string }>> = {
  email: { like: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, such: 'you@example.org' },
  sms: { like: /^\+[1-9]\d{6,14}$/, such: '+4915112345678' },
  https: { like: /^https:\/\/[^\s/]+\.?[^\s]*$/, such: 'https://example.org/alerts' },
  sqs: {
    like: /^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:[\w.-]+$/,
    such: 'arn:aws:sqs:eu-central-1:123456789012:alerts',
  },
  lambda: {
    like: /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w:-]+$/,
    such: 'arn:aws:lambda:eu-central-1:123456789012:function:alerts',
  },
};

/** Protocol and endpoint, checked. @throws SubscriberError that says what they should look like. */
export function checkEndpoint(protocol: string | undefined, endpoint: string | undefined): void {
  const looks = LOOKS[protocol as Protocol];
  if (looks === undefined)
    throw new SubscriberError(
      `${protocol ?? 'nothing'} is no way to be told; there are: ${PROTOCOLS.join(', ')}`,
    );
  if (endpoint === undefined || !looks.like.test(endpoint))
    throw new SubscriberError(
      `${protocol} wants something like ${looks.such}, not ${endpoint ?? 'nothing'}`,
    );
}

/** These wait for nobody, so what they miss is kept in a queue. SNS itself tries e-mail and SMS for six hours. */
export function needsQueue(protocol: Protocol): boolean {
  return protocol === 'https' || protocol === 'sqs' || protocol === 'lambda';
}

/**
 * A subscriber in one line, as the command takes it: `email you@example.org --topic visit --lang ar,en`.
 * @throws SubscriberError when it cannot be.
 */
export function readSubscriber(line: string): Subscriber {
  try {
    const { values, positionals } = parseArgs({
      args: line.split(/\s+/).filter((word) => word !== ''),
      allowPositionals: true,
      options: FILTER_OPTIONS,
    });
    const [protocol, endpoint, ...more] = positionals;
    checkEndpoint(protocol, endpoint);
    if (more.length > 0) throw new SubscriberError(`what is ${more.join(' ')}?`);
    return {
      protocol: protocol as Protocol,
      endpoint: endpoint as string,
      filterPolicy: filterPolicyOf(values),
    };
  } catch (error) {
    if (error instanceof SubscriberError) throw error;
    if (isParseArgsError(error)) throw new SubscriberError(error.message, { cause: error });
    throw error;
  }
}

function isParseArgsError(error: unknown): error is Error {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}
