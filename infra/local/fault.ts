/** A moment at which something may go wrong: around a call of a service, or around a run of a function. */
export type Moment =
  | {
      readonly what: 'call';
      /** `s3`, `sqs`, `sns`, `dynamodb`. */
      readonly service: string;
      /** As the API names it: `PutItem`, `Publish`, `GetObject`. */
      readonly operation: string;
      /** The name of the calling function, or null for anybody else (the command line, a test). */
      readonly caller: string | null;
    }
  | { readonly what: 'invocation'; readonly fn: string; readonly event: unknown };

/**
 * What goes wrong. `fail` answers with an error of the service's shape (an invocation counts as failed); `drop` cuts
 * the connection without an answer; `kill` ends the calling function's process with SIGKILL. `drip` sends the body of
 * the answer in ten pieces over that time, `cut` sends half of it and then cuts the connection: both `after` a call,
 * since before it there is no answer.
 */
export type Fault =
  | { readonly do: 'delay'; readonly ms: number }
  | {
      readonly do: 'fail';
      readonly status: number;
      readonly code: string;
      readonly message?: string;
    }
  | { readonly do: 'drop' }
  | { readonly do: 'kill' }
  | { readonly do: 'drip'; readonly ms: number }
  | { readonly do: 'cut' };

/**
 * Breaks things on purpose. Every function may be left out; a null answer lets the moment pass. A fault `before` means
 * that the call or run never had an effect, a fault `after` that it had and nobody heard of it.
 */
export interface FaultInjector {
  readonly before?: (moment: Moment) => Fault | null | Promise<Fault | null>;
  readonly after?: (moment: Moment) => Fault | null | Promise<Fault | null>;
  /**
   * The order in which a queue hands out its visible messages, given their ids in order of arrival. An id left out
   * waits; an id twice is delivered twice, although the queue was told to delete it.
   */
  readonly order?: (queue: string, messageIds: readonly string[]) => readonly string[];
}
