/** A statement of an IAM policy, resolved. */
interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** A policy document, resolved. */
export interface PolicyDocument {
  readonly Statement?: readonly Statement[];
}

/**
 * Whether identity policies allow an action on a resource. Conditions, `NotAction` and `NotResource` are not looked
 * at: this is here for one question only, whether a function may list a bucket.
 */
export function allows(
  documents: readonly PolicyDocument[],
  action: string,
  resource: string,
): boolean {
  const statements = documents
    .flatMap((document) => document.Statement ?? [])
    .filter(
      (one) =>
        [one.Action ?? []].flat().some((pattern) => isLike(action, pattern, 'i')) &&
        [one.Resource ?? []].flat().some((pattern) => isLike(resource, pattern, '')),
    );
  return (
    statements.some(({ Effect }) => Effect === 'Allow') &&
    !statements.some(({ Effect }) => Effect === 'Deny')
  );
}

/** `s3:Get*` */
function isLike(text: string, pattern: string, flags: string): boolean {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, flags).test(text);
}
