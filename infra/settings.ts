import type { Node } from 'constructs';
import { readSubscriber, SubscriberError } from '../shared/subscriber.ts';

/** What a deployment may choose: `rasid` in cdk.json's context, so that the next deploy says the same. */
export interface Settings {
  /** Part of the stack's id: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** `prod` keeps data and cannot be deleted by mistake; `dev` is thrown away with its stack. */
  readonly env: 'dev' | 'prod';
  /** Who hears the alarms; required in prod. */
  readonly operatorEmail: string | null;
  readonly alertLanguage: 'en' | 'ar';
  readonly logRetentionDays: number;
  /** Days after publication beyond which an article alerts nobody; null for no limit. */
  readonly maxAlertAgeDays: number | null;
  /** Hours without a single new article after which the operator is asked whether the sources are dead; null for never. */
  readonly silenceHours: number | null;
  /** Who is told from the first day, each in one line as `rasid subscribe` takes it; others subscribe by that command. */
  readonly subscribers: readonly string[];
  /** Alerts that one rule may send within ten minutes; what is more comes in one summary. */
  readonly alertsPerRule: number;
  /** A summary of the alerts on a topic of its own, for those who do not want each one. */
  readonly digest: 'off' | 'hourly' | 'daily';
}

/** What CloudWatch Logs accepts, in days. */
const LOG_RETENTION = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827];

/** CloudWatch looks back at most seven days. */
const MAX_SILENCE_HOURS = 168;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Check = { readonly wants: string; readonly ok: (value: unknown) => boolean };

const CHECKS: { readonly [Key in keyof Settings]: Check } = {
  name: {
    wants: 'lower-case letters, digits and hyphens, at most 20, starting with a letter',
    ok: (value) => typeof value === 'string' && /^[a-z][a-z0-9-]{0,19}$/.test(value),
  },
  env: { wants: '"dev" or "prod"', ok: (value) => value === 'dev' || value === 'prod' },
  operatorEmail: {
    wants: 'an e-mail address, or null',
    ok: (value) => value === null || (typeof value === 'string' && EMAIL.test(value)),
  },
  alertLanguage: { wants: '"en" or "ar"', ok: (value) => value === 'en' || value === 'ar' },
  logRetentionDays: {
    wants: `one of ${LOG_RETENTION.join(', ')}`,
    ok: (value) => LOG_RETENTION.includes(value as number),
  },
  maxAlertAgeDays: {
    wants: 'a number of days above 0, or null',
    ok: (value) => value === null || (typeof value === 'number' && value > 0),
  },
  silenceHours: {
    wants: `whole hours from 1 to ${MAX_SILENCE_HOURS}, or null`,
    ok: (value) =>
      value === null ||
      (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_SILENCE_HOURS),
  },
  subscribers: {
    wants: 'a list of lines such as "email you@example.org --topic visit --lang ar"',
    ok: (value) => Array.isArray(value) && value.every((line) => typeof line === 'string'),
  },
  alertsPerRule: {
    wants: 'a whole number above 0',
    ok: (value) => Number.isInteger(value) && Number(value) > 0,
  },
  digest: {
    wants: '"off", "hourly" or "daily"',
    ok: (value) => value === 'off' || value === 'hourly' || value === 'daily',
  },
};

const DEFAULTS: Settings = {
  name: 'news',
  env: 'dev',
  operatorEmail: null,
  alertLanguage: 'en',
  logRetentionDays: 30,
  maxAlertAgeDays: 30,
  silenceHours: 24,
  subscribers: [],
  // One every ten seconds: more than that nobody reads one by one.
  alertsPerRule: 60,
  digest: 'off',
};

/**
 * The settings of this app.
 * @throws Error that names every wrong or unknown setting, what it got and what it wants.
 */
export function readSettings(node: Pick<Node, 'tryGetContext'>): Settings {
  const given: unknown = node.tryGetContext('rasid') ?? {};
  if (typeof given !== 'object' || Array.isArray(given))
    throw new Error('cdk.json: context.rasid must be an object of settings');
  const settings = { ...DEFAULTS, ...given, ...flags(node) } as Record<string, unknown>;
  const problems = Object.entries(settings).flatMap(([key, value]) => {
    const check = CHECKS[key as keyof Settings];
    if (check === undefined)
      return [`unknown setting "${key}" (there are: ${Object.keys(CHECKS).join(', ')})`];
    return check.ok(value) ? [] : [`"${key}" is ${JSON.stringify(value)}, wants ${check.wants}`];
  });
  if (settings['env'] === 'prod' && settings['operatorEmail'] === null)
    problems.push('"operatorEmail" is required in prod: somebody must hear the alarms');
  if (CHECKS.subscribers.ok(settings['subscribers']))
    problems.push(...subscriberProblems(settings['subscribers'] as readonly string[]));
  if (problems.length > 0) throw new Error(`cdk.json, context.rasid:\n- ${problems.join('\n- ')}`);
  return settings as unknown as Settings;
}

const FLAGS: readonly string[] = ['alertLanguage', 'subscribers'];

/**
 * These two may be tried with `-c alertLanguage=ar` and `-c subscribers='email you@example.org --topic visit; ...'`; the
 * next deploy forgets them.
 * @throws Error for any other setting: who deploys with `-c env=prod` must not believe that it is.
 */
function flags(node: Pick<Node, 'tryGetContext'>): Readonly<Record<string, unknown>> {
  const others = Object.keys(CHECKS).filter(
    (key) => !FLAGS.includes(key) && node.tryGetContext(key) !== undefined,
  );
  if (others.length > 0)
    throw new Error(
      `-c ${others.join(', -c ')}: write it into cdk.json, context.rasid, so that the next deploy says the same ` +
        `(only ${FLAGS.join(' and ')} can be tried as flags)`,
    );
  const alertLanguage: unknown = node.tryGetContext('alertLanguage');
  const subscribers: unknown = node.tryGetContext('subscribers');
  return {
    ...(alertLanguage === undefined ? {} : { alertLanguage }),
    ...(subscribers === undefined
      ? {}
      : {
          subscribers:
            typeof subscribers === 'string'
              ? subscribers.split(';').flatMap((line) => line.trim() || [])
              : subscribers,
        }),
  };
}

function subscriberProblems(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    try {
      readSubscriber(line);
      return [];
    } catch (error) {
      if (error instanceof SubscriberError) return [`"subscribers", "${line}": ${error.message}`];
      throw error;
    }
  });
}

/** The stack's id, and so the name that `rasid --stack` takes. */
export function stackId({ name, env }: Pick<Settings, 'name' | 'env'>): string {
  return `Rasid-${name}-${env}`;
}
