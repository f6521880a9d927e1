import { once } from '../once.ts';
import { DATE_LABEL_SOURCES } from './phrases.ts';

const { published, modified } = DATE_LABEL_SOURCES;

/** A line that says when it was published or changed; the date is read from it elsewhere. Made when a line first looks like one. */
export const DATE_LABEL: Readonly<Record<'published' | 'modified', () => RegExp>> = {
  published: once(() => new RegExp(published, 'u')),
  modified: once(() => new RegExp(modified, 'u')),
};
