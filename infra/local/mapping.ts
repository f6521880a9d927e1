import { checkPattern, matches } from './filter.ts';

/** What the host reads of an `AWS::Lambda::EventSourceMapping`. */
export interface MappingSpec {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly Enabled?: boolean;
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly FunctionResponseTypes?: readonly string[];
  readonly FilterCriteria?: { readonly Filters?: readonly { readonly Pattern: string }[] };
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
  readonly StartingPosition?: 'TRIM_HORIZON' | 'LATEST';
  readonly MaximumRetryAttempts?: number;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination: string } };
}

/** A mapping at work. */
export interface Mapping {
  /** Whether it has a batch in hand. */
  busy(): boolean;
  /** Resolves when its loop has ended, after the stop signal. */
  readonly stopped: Promise<void>;
}

/** Properties that change nothing here or are handled: anything else in a mapping is refused. */
const KNOWN = [
  'EventSourceArn',
  'FunctionName',
  'Enabled',
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'FunctionResponseTypes',
  'FilterCriteria',
  'ScalingConfig',
  'StartingPosition',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'MetricsConfig',
  'Tags',
  // One shard is read by one run at a time here, whatever the factor: fewer at once, never out of order.
  'ParallelizationFactor',
];

/** Throws an error that names what a mapping asks for and the host does not do. */
export function checkMapping(spec: MappingSpec): void {
  for (const name of Object.keys(spec)) {
    if (!KNOWN.includes(name)) throw new Error(`event source mappings: ${name} is not served`);
  }
  for (const pattern of patternsOf(spec)) checkPattern(pattern);
}

/** The filter of a mapping: whether it wants a record. */
export function wantedBy(spec: MappingSpec): (record: unknown) => boolean {
  const patterns = patternsOf(spec);
  return (record) => patterns.length === 0 || patterns.some((one) => matches(record, one));
}

/** Whether the function answers with `batchItemFailures`. */
export function reportsFailures(spec: MappingSpec): boolean {
  return spec.FunctionResponseTypes?.includes('ReportBatchItemFailures') === true;
}

function patternsOf({ FilterCriteria }: MappingSpec): unknown[] {
  return (FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern));
}
