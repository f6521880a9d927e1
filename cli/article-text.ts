import { S3Client } from '@aws-sdk/client-s3';
import { type Article, articleText } from '../shared/article.ts';
import { s3Inbox } from '../shared/aws/s3-inbox.ts';
import { childIsolate } from '../shared/node/isolate.ts';
import { bytesAllowed } from '../shared/parse/bounds.ts';
import { PARSER_VERSION, parse } from '../shared/parse/parse.ts';
import type { ArticleRecord } from '../shared/record.ts';
import type { Target } from './target.ts';

const CHILD = new URL('../shared/node/isolate-child.ts', import.meta.url);

/** What came of reading a stored article's object again. */
export type Reread =
  | {
      readonly kind: 'text';
      readonly article: Article;
      readonly text: string;
      readonly isSameParser: boolean;
    }
  | { readonly kind: 'missing'; readonly why: string };

/** Reads articles from the very version of the object that they were stored from. */
export function textReader(target: Target): (record: ArticleRecord) => Promise<Reread> {
  const inbox = s3Inbox(new S3Client(target.client));
  return async ({ object, parserVersion, id }) => {
    const stored = { ...object, size: null, rescore: false, tellNew: false };
    const answer = await inbox.read(stored, bytesAllowed(object.key));
    if (answer.kind === 'gone') return missing(`s3://${object.bucket}/${object.key} is deleted`);
    if (answer.kind === 'too-large') return missing(`the object has ${answer.bytes} bytes`);
    for await (const reading of parse(answer.upload, { isolate: childIsolate(CHILD) })) {
      if (reading.member !== object.member || reading.kind !== 'article') continue;
      const { article } = reading;
      const text = articleText(article);
      return { kind: 'text', article, text, isSameParser: parserVersion === PARSER_VERSION };
    }
    return missing(`this version of Rasid finds no article ${id} in the object`);
  };
}

const missing = (why: string): Reread => ({ kind: 'missing', why });
