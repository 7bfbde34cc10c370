/** Where an environment stands on the way to the users, by its name. */
export type Tier = 'development' | 'test' | 'staging' | 'other' | 'production';

const tiers: readonly Tier[] = ['development', 'test', 'staging', 'other', 'production'];

/** The tier that a name tells: `Production-EU` is production, `preprod` is staging, `demo` is other. */
export function tierOf(name: string): Tier {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const joined = words.join('');
  const says = (...names: readonly string[]) => names.some((word) => words.includes(word));
  if (/(pre|non)prod/.test(joined)) return 'staging';
  if (says('prod', 'production', 'live', 'prd')) return 'production';
  if (says('staging', 'stage', 'stg', 'uat', 'acceptance')) return 'staging';
  if (says('test', 'testing', 'qa', 'integration', 'ci')) return 'test';
  if (says('dev', 'develop', 'development', 'sandbox', 'preview')) return 'development';
  return 'other';
}

/** Sorts as versions travel: development, test, staging, others by name, production. */
export function comparePromotion(
  a: { readonly environment: string; readonly isProduction: boolean },
  b: { readonly environment: string; readonly isProduction: boolean },
): number {
  return rank(a) - rank(b) || a.environment.localeCompare(b.environment, 'en', { numeric: true, sensitivity: 'base' });
}

function rank({ environment, isProduction }: { readonly environment: string; readonly isProduction: boolean }): number {
  const tier = tierOf(environment);
  if (isProduction) return tiers.indexOf('production');
  return tiers.indexOf(tier === 'production' ? 'other' : tier);
}
