import { shortSha } from '../core/commit.ts';
import { plainText } from '../core/plainText.ts';

/** A version as people read it: the release's name with the short commit, or the commit alone. */
export function versionWithCommit({ label, sha }: { readonly label: string; readonly sha: string | undefined }): string {
  const name = plainText(label, 60);
  const commit = commitOf({ label, sha });
  return commit === undefined ? name : `${name} (${commit})`;
}

/** The short commit, unless the version's name says it already. */
export function commitOf({ label, sha }: { readonly label: string; readonly sha: string | undefined }): string | undefined {
  return sha === undefined || sha.startsWith(label) ? undefined : shortSha(sha);
}
