/**
 * What every SDK client of a function is made with. Without limits a call that is never answered holds the function until
 * its own timeout; AWS answers these calls in milliseconds, and tries of the SDK are for passing throttles.
 */
export const CLIENT = {
  maxAttempts: 4,
  requestHandler: {
    connectionTimeout: 2_000,
    /** Silence on an open connection, also in the middle of a body. */
    socketTimeout: 8_000,
  },
} as const;
