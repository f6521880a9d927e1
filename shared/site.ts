/**
 * Who published it, as filters name it: the site's host without `www.`, else the source's name in ASCII, else `unknown`
 * (SNS refuses empty strings, and compares bytes).
 */
export function siteOf({
  url,
  source,
}: Readonly<{ url: string | null; source: string | null }>): string {
  if (url !== null && URL.canParse(url)) {
    const host = new URL(url).hostname.replace(/^www\./, '');
    if (host !== '') return host.slice(0, MAX_SITE);
  }
  const slug = (source ?? '').toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
  return slug.replaceAll(/^-+|-+$/g, '').slice(0, MAX_SITE) || 'unknown';
}

/** A host name has at most 253 letters; SNS compares at most 256 characters of a value. */
const MAX_SITE = 253;
