import type { RepositoryId } from '../core/repositoryId.ts';
import { graphRefusal } from './graphErrors.ts';
import type { Wire } from './wire.ts';

/** Refs in one request; each is an object to look up, and GitHub ends queries that take ten seconds. */
const mostTogether = 100;

interface WireBlob {
  readonly oid?: string;
  readonly text?: string | null;
}

interface Data {
  readonly repository: Readonly<Record<string, WireBlob | null>> | null;
}

/**
 * The text of one file at many refs (`refs/tags/v1.2.0`); where it is not there, or the ref is not, there is no entry. Most refs
 * hold the same text: first it is asked which ones differ, then each text is read once.
 */
export async function readFileAtRefs(
  wire: Wire, repository: RepositoryId, path: string, refs: readonly string[], signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const oidByRef = await readBlobs(wire, repository, refs, path, 'oid', ({ oid }) => oid, signal);
  const refByOid = new Map([...oidByRef].map(([ref, oid]) => [oid, ref]));
  const textByRef = await readBlobs(wire, repository, [...refByOid.values()], path, 'text', ({ text }) => text ?? undefined, signal);
  return new Map([...oidByRef].flatMap(([ref, oid]) => {
    const text = textByRef.get(refByOid.get(oid) ?? '');
    return text === undefined ? [] : [[ref, text] as const];
  }));
}

async function readBlobs(
  wire: Wire, repository: RepositoryId, refs: readonly string[], path: string, field: 'oid' | 'text',
  take: (blob: WireBlob) => string | undefined, signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let from = 0; from < refs.length; from += mostTogether) {
    const asked = refs.slice(from, from + mostTogether);
    const variables = Object.fromEntries(asked.map((ref, index) => [`at${index}`, `${ref}:${path}`]));
    await wire.query(
      filesQuery(asked.length, field),
      { owner: repository.owner, name: repository.name, ...variables },
      (data: Data, errors) => {
        if (!data.repository) throw graphRefusal(errors.length > 0 ? errors : [{ type: 'NOT_FOUND' }], wire.host.authority);
        for (const [index, ref] of asked.entries()) {
          const blob = data.repository[`file${index}`];
          const value = blob ? take(blob) : undefined;
          if (value !== undefined) found.set(ref, value);
        }
      },
      signal,
    );
  }
  return found;
}

function filesQuery(count: number, field: string): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return `#graphql
query FileAtRefs($owner: String!, $name: String!, ${numbers.map((index) => `$at${index}: String!`).join(', ')}) {
  repository(owner: $owner, name: $name) {
${numbers.map((index) => `    file${index}: object(expression: $at${index}) { ... on Blob { ${field} } }`).join('\n')}
  }
}`;
}
