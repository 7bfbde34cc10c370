import { malformedAnswer } from './errors.ts';
import { toTarget } from './setupMapper.ts';
import { readRef } from './setupTree.ts';
import type { Wire } from './wire.ts';

/** A tag may point at a tag; nobody means it to go on for long. */
const mostTags = 5;

/** Follows a tag to its commit. Reads the ref exactly so named, so that no branch of the same name can stand in for it. */
export async function resolveAction(wire: Wire, action: string, tag: string, signal?: AbortSignal): Promise<string | undefined> {
  const [owner = '', repo = ''] = action.split('/');
  const path = { owner, repo };
  let target = await readRef(wire, path, `tags/${tag}`, signal);
  for (let count = 0; target?.type === 'tag' && count < mostTags; count++) {
    target = await wire.get('GET /repos/{owner}/{repo}/git/tags/{tag_sha}', { ...path, tag_sha: target.sha }, toTarget, { signal });
  }
  if (!target) return undefined;
  if (target.type !== 'commit' || !/^[0-9a-f]{40}$/.test(target.sha)) throw malformedAnswer(wire.host.authority, `${action}@${tag}: no commit`);
  return target.sha;
}
