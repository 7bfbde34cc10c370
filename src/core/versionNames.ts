import type { Commit } from './commit.ts';
import type { GitRef, Release } from './release.ts';
import { compareVersions } from './semverOrder.ts';

/** A version found in free text. */
export interface NamedVersion {
  readonly kind: 'tag' | 'commit' | 'branch';
  readonly name: string;
  /** Unknown for a branch: it has moved since. */
  readonly sha: string | undefined;
}

/** The names that versions go by in one repository, and what each stands for. */
export class VersionNames {
  readonly #shaByTag = new Map<string, string | undefined>();
  readonly #tagBySha = new Map<string, string>();
  readonly #branches: ReadonlySet<string>;
  readonly #commits: ReadonlyMap<string, Commit>;
  #bySevenCharacters: Map<string, string> | undefined;

  constructor(known: {
    readonly releases: readonly Release[];
    readonly tags?: readonly GitRef[];
    readonly branches?: readonly GitRef[];
    readonly commits?: ReadonlyMap<string, Commit>;
  }) {
    const releases = known.releases.filter((release) => !release.isDraft);
    for (const { name, sha } of known.tags ?? []) this.#shaByTag.set(name, sha);
    for (const { tag, sha } of releases) this.#shaByTag.set(tag, sha ?? this.#shaByTag.get(tag));
    const published = new Set(releases.map((release) => release.tag));
    for (const [tag, sha] of this.#shaByTag) {
      if (sha === undefined) continue;
      const other = this.#tagBySha.get(sha);
      if (other === undefined || isBetterName(tag, other, published)) this.#tagBySha.set(sha, tag);
    }
    this.#branches = new Set(known.branches?.map((branch) => branch.name));
    this.#commits = known.commits ?? new Map();
  }

  /** The tag as it is really spelt (`1.2.0` finds `v1.2.0`). */
  tagNamed(name: string): string | undefined {
    if (this.#shaByTag.has(name)) return name;
    const other = name.startsWith('v') ? name.slice(1) : `v${name}`;
    return this.#shaByTag.has(other) ? other : undefined;
  }

  shaOfTag(name: string): string | undefined {
    const tag = this.tagNamed(name);
    return tag === undefined ? undefined : this.#shaByTag.get(tag);
  }

  /** True for a branch, which names what its head was at some time. */
  isBranch(name: string): boolean {
    return this.#branches.has(name) && this.tagNamed(name) === undefined;
  }

  /** What people call a commit: its release's tag, the highest where it has several. */
  tagOf(sha: string): string | undefined {
    return this.#tagBySha.get(sha);
  }

  /**
   * The one version that a title names as a whole word: a tag, else a commit, else a branch. With several the one after "to"
   * counts ("Roll back production from v1.4.2 to v1.4.1"); otherwise nothing is proven and the answer is `undefined`. A branch
   * that is called like an environment is not taken for a version.
   */
  namedIn(title: string, environments: readonly string[]): NamedVersion | undefined {
    const places = new Set(environments.map((name) => name.toLowerCase()));
    const words = title.slice(0, 2_000).split(/[^\w./+@-]+/).map((word) => word.replace(/[.,/-]+$/, ''));
    return (
      theOne(words, (word) => {
        const tag = this.tagNamed(word);
        return tag === undefined ? undefined : { kind: 'tag', name: tag, sha: this.#shaByTag.get(tag) };
      }) ??
      theOne(words, (word) => {
        const sha = this.#commitNamed(word);
        return sha === undefined ? undefined : { kind: 'commit', name: sha, sha };
      }) ??
      theOne(words, (word) => (this.#branches.has(word) && !places.has(word.toLowerCase()) ? { kind: 'branch', name: word, sha: undefined } : undefined))
    );
  }

  #commitNamed(word: string): string | undefined {
    if (!/^[0-9a-f]{7,40}$/i.test(word)) return undefined;
    const sha = word.toLowerCase();
    if (sha.length === 40) return sha;
    this.#bySevenCharacters ??= new Map([...this.#commits.keys()].map((known) => [known.slice(0, 7), known]));
    const known = this.#bySevenCharacters.get(sha.slice(0, 7));
    return known?.startsWith(sha) ? known : undefined;
  }
}

function theOne(words: readonly string[], find: (word: string) => NamedVersion | undefined): NamedVersion | undefined {
  const found = new Map<string, NamedVersion>();
  const afterTo = new Map<string, NamedVersion>();
  words.forEach((word, index) => {
    const version = find(word);
    if (!version) return;
    found.set(version.name, version);
    if (words[index - 1]?.toLowerCase() === 'to') afterTo.set(version.name, version);
  });
  const choice = found.size === 1 ? found : afterTo;
  return choice.size === 1 ? [...choice.values()][0] : undefined;
}

function isBetterName(tag: string, other: string, published: ReadonlySet<string>): boolean {
  if (published.has(tag) !== published.has(other)) return published.has(tag);
  return (compareVersions(tag, other) ?? 0) > 0;
}
