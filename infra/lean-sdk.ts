import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** A module of the SDK that a function in Lambda has no use for, and what stands in its place. */
interface Replacement {
  /** The end of its path below node_modules. */
  readonly path: RegExp;
  readonly contents: string;
}

const REPLACEMENTS: readonly Replacement[] = [
  {
    // Lambda puts a role's credentials into the environment; the other eight providers wait in chunks of their own.
    path: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  },
  {
    // Each of thirty settings is looked for in ~/.aws before its default holds: an error with its stack each time.
    path: /@smithy\/core\/dist-es\/submodules\/config\/node-config-provider\/configLoader\.js$/,
    contents: `
      import { memoize } from '../property-provider/memoize';
      export const loadConfig = ({ environmentVariableSelector, default: usual }, configuration) =>
        memoize(async () => {
          const { signingName, logger } = configuration ?? {};
          const set = environmentVariableSelector(process.env, { signingName, logger });
          return set !== undefined ? set : typeof usual === 'function' ? usual() : usual;
        });`,
  },
  {
    // Only SelectObjectContent streams events.
    path: /@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
    contents: `
      const none = () => { throw new Error('event streams are left out of this bundle: see infra/lean-sdk.ts'); };
      export const resolveEventStreamSerdeConfig = (config) => config;
      export const eventStreamSerdeProvider = none;
      export class EventStreamSerde { constructor() { none(); } }`,
  },
  {
    // Of DynamoDB only special endpoints want it, and a cache of a thousand; it is off unless a client turns it on.
    path: /@aws-sdk\/middleware-endpoint-discovery\/dist-es\/index\.js$/,
    contents: `
      export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector: () => false };
      export const resolveEndpointDiscoveryConfig = (config) => config;`,
  },
];

/** A part of a module that a function has no use for, and what stands in its place. */
interface Edit {
  readonly path: RegExp;
  readonly part: RegExp;
  readonly instead: string;
}

const EDITS: readonly Edit[] = [
  {
    // Logs of the SDK, which nobody turns on; directory buckets, redirects to other regions, names that are ARNs, uploads of
    // megabytes, customers' own keys and `Expires`: what these ask for or look at, no call of a function has.
    path: /\/(?:middleware-logger\/loggerMiddleware|functions\/s3Express(?:HttpSigning)?Middleware|region-redirect-middleware|validate-bucket-name|middleware-expect-continue|middleware-ssec|s3-expires-middleware)\.js$/,
    part: /applyToStack: \(\w+\) => \{.*?\n {4}\},/s,
    instead: 'applyToStack: () => {},',
  },
  {
    // Sessions of directory buckets.
    path: /\/S3ExpressIdentityProviderImpl\.js$/,
    part: /^.*$/s,
    instead: 'export class S3ExpressIdentityProviderImpl {}',
  },
  {
    // Looked for in every member of every call: see above.
    path: /\/NormalizedSchema\.js$/,
    part: /(getEventStreamMember\(\) \{).*?\n {4}\}/s,
    instead: "$1 return ''; }",
  },
  {
    // Bodies are Node's own streams, and asking for the web's loads them all: 2 ms.
    path: /\/stream-type-check\.js$/,
    part: /typeof ReadableStream === "function" &&/,
    instead: 'false &&',
  },
  {
    path: /\/ChecksumStream\.browser\.js$/,
    part: /typeof ReadableStream === "function" \? ReadableStream : /,
    instead: '',
  },
  {
    path: /\/(?:createChecksumStream|isStreamingPayload)\.js$/,
    part: /typeof ReadableStream (?:===|!==) "\w+"/,
    instead: 'false',
  },
  {
    // Node has each of them; made in JavaScript they would be loaded only to stand by.
    path: /\/(?:Sha256|Sha1|Md5)Node\.js$/,
    part: /(const hasNativeCrypto = ).*?\}\)\(\);/s,
    instead: '$1true;',
  },
];

/** @throws Error when the SDK's file no longer has the part: what is left out must be looked at again. */
function edited(text: string, file: string, { part, instead }: Edit): string {
  if (!part.test(text)) throw new Error(`${file} has changed: see EDITS in infra/lean-sdk.ts`);
  return text.replace(part, instead);
}

/** `export const _hB = "httpBasic";`, and where a schema uses it as a key: `{ [_hB]: 1 }`. */
const NAME = /^const (_\w+) = ("[^"\n]*");$/gm;
const KEY = /\[(_\w+)\]:/g;

/**
 * Leaves out of a bundle what the SDK's clients load and a function in Lambda never uses: half of what ingest read at a cold
 * start. Every replacement is the SDK's own behaviour with nothing but the environment set, as Lambda sets it.
 */
export const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup(build) {
    for (const { path, contents } of REPLACEMENTS) {
      build.onLoad({ filter: path }, ({ path: file }) => ({
        contents,
        resolveDir: file.slice(0, file.lastIndexOf('/')),
      }));
    }
    for (const edit of EDITS) {
      build.onLoad({ filter: edit.path }, async ({ path: file }) =>
        /node_modules\/@(?:aws-sdk|smithy)\/.*\/dist-es\//.test(file)
          ? { contents: edited(await readFile(file, 'utf8'), file, edit) }
          : null,
      );
    }
    // Keys that are computed keep the bundler from dropping the schemas of calls that nobody makes: 60 of S3's 66 KB.
    build.onLoad({ filter: /@aws-sdk\/client-[^/]+\/dist-es\/schemas\/.*\.js$/ }, async (file) => {
      const text = await readFile(file.path, 'utf8');
      const names = new Map([...text.matchAll(NAME)].map(([, name, value]) => [name, value]));
      return { contents: text.replace(KEY, (key, name) => `${names.get(name) ?? key}:`) };
    });
    // A client reads its own version in it, and the bundler takes the whole file.
    build.onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, async ({ path: file }) => {
      const { version } = JSON.parse(await readFile(file, 'utf8'));
      return { contents: `export default { version: '${version}' };` };
    });
  },
};
