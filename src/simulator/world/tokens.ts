/** What a token is and may do. */
export interface Token {
  readonly login: string;
  readonly kind: 'oauth' | 'fineGrained' | 'integration';
  readonly scopes: readonly string[];
  readonly trouble?: 'revoked' | 'saml';
  /** What a fine-grained token was given beyond what everybody may do here: `environments=write`. */
  readonly permissions?: readonly string[];
}

/** Whether a fine-grained token was given a permission; writing includes reading. */
export function isGranted({ permissions = [] }: Token, permission: string): boolean {
  return permissions.includes(permission) || permissions.includes(permission.replace(/=read$/, '=write'));
}

/** The token that signs the viewer in. */
export const VIEWER_TOKEN = 'sim-token';

/** The tokens of a world whose viewer is `viewer`, by name; each teammate has one too (`sim-token-ana`). */
export function tokensFor(viewer: string, others: readonly string[]): Map<string, Token> {
  const scopes = ['repo', 'workflow'];
  const tokens = new Map<string, Token>([
    [VIEWER_TOKEN, { login: viewer, kind: 'oauth', scopes }],
    [`${VIEWER_TOKEN}-repo-only`, { login: viewer, kind: 'oauth', scopes: ['repo'] }],
    [`${VIEWER_TOKEN}-no-scope`, { login: viewer, kind: 'oauth', scopes: ['read:user'] }],
    [`${VIEWER_TOKEN}-revoked`, { login: viewer, kind: 'oauth', scopes, trouble: 'revoked' }],
    [`${VIEWER_TOKEN}-saml`, { login: viewer, kind: 'oauth', scopes, trouble: 'saml' }],
    [`${VIEWER_TOKEN}-codespaces`, { login: viewer, kind: 'integration', scopes: [] }],
    [`${VIEWER_TOKEN}-fine-grained`, { login: viewer, kind: 'fineGrained', scopes: [] }],
  ]);
  for (const login of others) tokens.set(`${VIEWER_TOKEN}-${login}`, { login, kind: 'oauth', scopes });
  return tokens;
}
