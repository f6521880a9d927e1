/** The account that everything belongs to on this machine. */
export const ACCOUNT = '000000000000';

/** The region that everything stands in on this machine. */
export const REGION = 'us-east-1';

/** The ARN of something of ours: `arn('sqs', 'queue-name')`. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

/** The last part of an ARN: a queue's, topic's or function's name. */
export function nameIn(anArn: string): string {
  return anArn.slice(anArn.lastIndexOf(':') + 1);
}
