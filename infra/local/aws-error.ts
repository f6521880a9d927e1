/** An answer of a service that is an error: `code` as AWS names it, `status` of HTTP. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further fields of the error's body (such as DynamoDB's `Item`). */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    status = 400,
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
    this.extra = extra;
  }
}
