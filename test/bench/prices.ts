/** List prices in us-east-1, dollars, read 2026-11-22 from each service's price page. */
export const PRICES = {
  date: '2026-11-22',
  region: 'us-east-1',
  s3Put: 5.0 / 1e6,
  s3Get: 0.4 / 1e6,
  sqsRequest: 0.4 / 1e6,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64, a GB of memory for a second. */
  lambdaGbSecond: 0.0000133334,
  snsPublish: 0.5 / 1e6,
  logGb: 0.5,
} as const;
