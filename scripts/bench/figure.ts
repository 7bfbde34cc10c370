/** One number of the product, measured several times, beside what it must reach. */
export interface Reading {
  /** What was measured, as a person reads it. */
  readonly what: string;
  readonly unit: 'ms' | 'KB' | 'MB' | 'requests' | 'round trips' | 'points' | 's' | '%' | '×';
  /** In the order they were taken. */
  readonly values: readonly number[];
  /** Which value counts: of timings the median, of guarantees the worst. */
  readonly counts: 'median' | 'worst';
  /** `undefined`: shown for comparison only. */
  readonly target: Target | undefined;
  readonly note?: string;
}

export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** What can be measured by itself with `--only`, and how. */
export interface Figure {
  readonly name: string;
  /** How it is measured, in one sentence. */
  readonly how: string;
  readonly measure: (built: BuiltExtension) => Promise<readonly Reading[]>;
}

/** The production build that is measured, out of reach of other builds. */
export interface BuiltExtension {
  /** Folder of the extension as it ships. */
  readonly folder: string;
  readonly vsix: string;
}
