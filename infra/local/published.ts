import { AwsError } from './aws-error.ts';
import { matches } from './filter.ts';

/** An attribute of a published message; a binary value in base64. */
export interface PublishedAttribute {
  /** `String`, `String.Array`, `Number` or `Binary`. */
  readonly type: string;
  readonly value: string;
}
export type PublishedAttributes = Readonly<Record<string, PublishedAttribute>>;

/** A message that a topic took. */
export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  /** The topic's name for people, such as `Alerts`. */
  readonly topic: string;
  readonly subject: string | null;
  /** What a subscriber gets whose protocol has no text of its own. */
  readonly message: string;
  /** Texts for single protocols, from a message of `MessageStructure: json`. */
  readonly byProtocol: Readonly<Record<string, string>>;
  readonly attributes: PublishedAttributes;
  /** ISO 8601. */
  readonly publishedAt: string;
}

/** SNS's limit on a message with its attributes. */
const MAX_BYTES = 262_144;

/** The texts of a message: one, or one for each protocol; throws what SNS would say. */
export function textsOf(message: string, isByProtocol: boolean): Record<string, string> {
  if (message === '') throw invalid('Empty message');
  if (!isByProtocol) return { default: message };
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  const { default: fallback } = (texts ?? {}) as Record<string, unknown>;
  if (typeof fallback !== 'string') {
    throw invalid('Message Structure - No default entry in JSON message body');
  }
  const strings = Object.entries(texts as object).filter(([, text]) => typeof text === 'string');
  return Object.fromEntries(strings);
}

/** Throws what SNS says of a subject or attributes that it does not take, or of too many bytes. */
export function checkPublication(
  message: string,
  subject: string | null,
  attributes: PublishedAttributes,
): void {
  // "must be UTF-8 text with no line breaks or control characters, and less than 100 characters long"
  if (subject !== null && (!/^\P{Cc}{1,99}$/u.test(subject) || !subject.isWellFormed())) {
    throw invalid('Subject');
  }
  let bytes = Buffer.byteLength(message);
  for (const [name, { type, value }] of Object.entries(attributes)) {
    checkAttribute(name, type, value);
    bytes += Buffer.byteLength(name + type + value);
  }
  if (bytes > MAX_BYTES) throw invalid('Message too long');
}

function checkAttribute(name: string, type: string, value: string): void {
  const complain = (what: string) =>
    new AwsError('ParameterValueInvalid', `The message attribute '${name}' ${what}`);
  if (!/^[\w.-]{1,256}$/.test(name) || /^\.|\.$|\.\.|^(aws|amazon)\./i.test(name)) {
    throw complain('has an invalid name.');
  }
  if (value === '') throw complain('must contain a non-empty value.');
  if (!/^(String|Number|Binary)(\.|$)/.test(type)) throw complain(`has an invalid type, ${type}.`);
  if (type.startsWith('Number') && !Number.isFinite(Number(value))) {
    throw complain('is not a number.');
  }
  if (type === 'String.Array' && listIn(value) === null) throw complain('is not a JSON array.');
}

/** Whether a subscription's filter policy lets a message through. */
export function passesFilter(
  policy: unknown,
  scope: string | undefined,
  text: string,
  attributes: PublishedAttributes,
): boolean {
  if (scope === 'MessageBody') {
    try {
      return matches(JSON.parse(text), policy);
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  }
  const values = Object.entries(attributes).map(([name, { type, value }]) => {
    if (type === 'String.Array') return [name, listIn(value)];
    return [name, type.startsWith('Number') ? Number(value) : value];
  });
  return matches(Object.fromEntries(values), policy);
}

function listIn(value: string): unknown[] | null {
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function invalid(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}
