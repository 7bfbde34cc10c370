import type { Instant } from './instant.ts';

/** A GitHub release; `sha` is absent for a draft whose tag does not exist yet and for a deleted tag. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly name: string;
  readonly isDraft: boolean;
  readonly isPrerelease: boolean;
  readonly createdAt: Instant;
  readonly publishedAt: Instant | undefined;
  readonly sha: string | undefined;
  readonly author: string;
  readonly url: string;
}

/** A branch or tag and the commit it points at (annotated tags already followed). */
export interface GitRef {
  readonly name: string;
  readonly sha: string;
}
