/** The environment each function reads, and so what the stack must give it. */
export const INGEST_ENV = [
  'ARTICLES_TABLE',
  'CONFIG_BUCKET',
  'BACKFILL_QUEUE_ARN',
  'MAX_ALERT_AGE_DAYS',
  'STACK_NAME',
] as const;

export const RELAY_ENV = [
  'ARTICLES_TABLE',
  'ALERTS_TOPIC_ARN',
  'ALERT_LANGUAGE',
  'MAX_ALERTS_PER_RULE',
  'MAX_MESSAGES_PER_SECOND',
  'STACK_NAME',
] as const;

export const DIGEST_ENV = [
  'ARTICLES_TABLE',
  'DIGESTS_TOPIC_ARN',
  'ALERT_LANGUAGE',
  'DIGEST_HOURS',
] as const;

export type EnvOf<Names extends readonly string[]> = { readonly [Name in Names[number]]: string };

/**
 * Reads the named variables once, at cold start.
 * @throws Error that names everything that is missing in one go.
 */
export function readEnv<const Names extends readonly string[]>(
  env: Readonly<Record<string, string | undefined>>,
  names: Names,
): EnvOf<Names> {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`missing environment variables: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, env[name]])) as EnvOf<Names>;
}

/**
 * Days after publication beyond which nobody is told any more; null for no such limit.
 * @throws Error when the setting is neither `off` nor a positive number.
 */
export function maxAlertAgeDays(setting: string): number | null {
  if (setting === 'off') return null;
  const days = Number(setting);
  if (!(days > 0)) throw new Error(`MAX_ALERT_AGE_DAYS must be 'off' or days > 0, not ${setting}`);
  return days;
}

/** @throws Error when the setting is no positive number. */
export function positive(name: string, setting: string): number {
  const number = Number(setting);
  if (!(number > 0)) throw new Error(`${name} must be a number above 0, not ${setting}`);
  return number;
}
