/** What a site's own version address answered. */
export interface SiteVersion {
  readonly version: string | undefined;
  readonly sha: string | undefined;
}

const timeoutMs = 5_000;
const longestAnswer = 65_536;

/**
 * Asks a site which version it runs: JSON (`version` or `tag`, `sha` or `commit` or `revision`) or a line of text. Sends no
 * credentials, speaks http(s) only, gives up after 5 s. `undefined` when it did not answer with a version.
 */
export async function siteVersion(address: string, signal?: AbortSignal, request: typeof fetch = fetch): Promise<SiteVersion | undefined> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '') return undefined;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await request(url, {
      credentials: 'omit',
      cache: 'no-store',
      headers: { accept: 'application/json, text/plain;q=0.9' },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      return undefined;
    }
    return readVersion(await readStart(answer));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Error) return undefined;
    throw error;
  }
}

async function readStart(answer: Response): Promise<string> {
  if (!answer.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > longestAnswer) throw new Error('The answer is too long to be a version.');
  }
  return text;
}

/** Reads the version out of a JSON or text answer. */
export function readVersion(answer: string): SiteVersion | undefined {
  const found = answer.trimStart().startsWith('{') ? fromJson(answer) : fromText(answer);
  return found.version === undefined && found.sha === undefined ? undefined : found;
}

function fromJson(answer: string): SiteVersion {
  try {
    const value = JSON.parse(answer) as Readonly<Record<string, unknown>>;
    return {
      version: firstWord(value['version'], value['tag'], value['release']),
      sha: firstWord(value['sha'], value['commit'], value['revision']),
    };
  } catch {
    return { version: undefined, sha: undefined };
  }
}

function fromText(answer: string): SiteVersion {
  const line = answer.trim().split(/\r?\n/, 1)[0] ?? '';
  if (/^[0-9a-f]{7,64}$/.test(line)) return { version: undefined, sha: line };
  return { version: /^[\w.+/@-]{1,100}$/.test(line) ? line : undefined, sha: undefined };
}

function firstWord(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value.length > 0 && value.length <= 100);
}
