import type { StoredObject } from '../shared/notice.ts';
import type { Inbox } from '../shared/ports.ts';

export interface Uploads {
  readonly inbox: Inbox;
  /** Uploads a file and returns what a notice would say of it. */
  put(
    key: string,
    body: string | Uint8Array,
    metadata?: Record<string, string>,
  ): Promise<StoredObject>;
  /** Deletes the key, as a person would: its versions stay. */
  remove(key: string): Promise<void>;
  /** Deletes one version for good. */
  forget(object: StoredObject): Promise<void>;
}

const MB = 1024 * 1024;

/** What an inbox promises, whichever it is: the exact version, bounded, or that it is gone. */
export function inboxContract(name: string, open: () => Uploads): void {
  describe(`${name}: inbox`, () => {
    test.each([
      ['زيارة حفتر + 100% #1 (نسخة).txt'],
      ['a/b//c.txt'],
      ['%2B+ +.txt'],
      ['🗞️.html'],
      ['ا'.repeat(512)],
    ])('a file named %j is read as it was uploaded', async (key) => {
      const { inbox, put } = open();
      const answer = await inbox.read(await put(key, 'متن'), MB);
      expect(answer).toMatchObject({ kind: 'object', upload: { key } });
      if (answer.kind === 'object') expect(Buffer.from(answer.upload.bytes).toString()).toBe('متن');
    });

    test('of a file that was changed since, the version of the notice is read', async () => {
      const { inbox, put } = open();
      const first = await put('changed.txt', 'first');
      await put('changed.txt', 'second');
      const answer = await inbox.read(first, MB);
      expect(answer.kind === 'object' && Buffer.from(answer.upload.bytes).toString()).toBe('first');
      expect(answer.kind === 'object' && answer.versionId).toBe(first.versionId);
    });

    test('without a version the newest is read, and named', async () => {
      const { inbox, put } = open();
      const { versionId } = await put('newest.txt', 'text');
      const object = await put('newest.txt', 'newer');
      const answer = await inbox.read({ ...object, versionId: null }, MB);
      expect(answer).toMatchObject({ kind: 'object', versionId: object.versionId });
      expect(object.versionId).not.toBe(versionId);
    });

    test('a deleted file is still read by its version, and gone without one', async () => {
      const { inbox, put, remove } = open();
      const object = await put('deleted.txt', 'text');
      await remove('deleted.txt');
      expect((await inbox.read(object, MB)).kind).toBe('object');
      expect(await inbox.read({ ...object, versionId: null }, MB)).toEqual({ kind: 'gone' });
    });

    test('a version that was deleted for good is gone', async () => {
      const { inbox, put, forget } = open();
      const object = await put('forgotten.txt', 'text');
      await forget(object);
      expect(await inbox.read(object, MB)).toEqual({ kind: 'gone' });
    });

    test('what never was is gone', async () => {
      const { inbox, put } = open();
      const object = await put('is.txt', 'text');
      expect(await inbox.read({ ...object, key: 'never.txt', versionId: null }, MB)).toEqual({
        kind: 'gone',
      });
    });

    test('a file larger than allowed is left unread, with its size', async () => {
      const { inbox, put } = open();
      const object = await put('large.txt', new Uint8Array(2 * MB));
      expect(await inbox.read(object, MB)).toEqual({
        kind: 'too-large',
        bytes: 2 * MB,
        versionId: object.versionId,
      });
      expect((await inbox.read(object, 2 * MB)).kind).toBe('object');
    });

    test('an empty file is a file', async () => {
      const { inbox, put } = open();
      const answer = await inbox.read(await put('empty.txt', ''), MB);
      expect(answer.kind === 'object' && answer.upload.bytes.length).toBe(0);
    });

    test('what the uploader says of the file comes along, in any script', async () => {
      const { inbox, put } = open();
      const metadata = {
        Source: 'وكالة الأنباء',
        'published-at': '2026-11-22',
        note: 'plain = text?',
      };
      const answer = await inbox.read(await put('said.txt', 'text', metadata), MB);
      expect(answer.kind === 'object' && answer.upload.metadata).toEqual({
        source: 'وكالة الأنباء',
        'published-at': '2026-11-22',
        note: 'plain = text?',
      });
    });
  });
}
