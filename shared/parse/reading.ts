import type { Article } from '../article.ts';

/** What came out of the bucket: bytes under a name, with what the uploader said about them. */
export interface Upload {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** S3 user metadata, keys in lower case without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType: string | null;
}

/** Why something in the bucket is not an article. Final: reading it again gives the same answer. */
export type Rejection =
  | 'empty'
  | 'no-text'
  | 'binary'
  | 'unknown-format'
  | 'undecodable'
  | 'malformed'
  | 'too-large'
  | 'too-many-members'
  | 'too-expensive'
  | 'nested-archive'
  | 'encrypted'
  | 'scan-without-text';

/** One article of an upload, or why there is none; `member` counts from 0 in the order of the upload. */
export type Reading =
  | {
      readonly kind: 'article';
      readonly member: number;
      /** The member's own name (a zip entry, a feed item's id); null in an upload of one article. */
      readonly name: string | null;
      readonly article: Article;
    }
  | {
      readonly kind: 'rejected';
      readonly member: number;
      readonly name: string | null;
      readonly reason: Rejection;
      /** A sentence for the person who dropped the file: what is wrong and what to do. */
      readonly advice: string;
    };
