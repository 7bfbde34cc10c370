import { Refusal } from './rest/call.ts';
import type { SimRequest } from './http.ts';
import type { Repository, Role } from './world/model.ts';
import type { Token } from './world/tokens.ts';
import type { World } from './world/world.ts';

/** Somebody without a token: sees public things only. */
export const ANONYMOUS: Token = { login: '', kind: 'oauth', scopes: [] };

/** Who sent this request; a 401 for a token that is unknown or revoked. */
export function tokenOf(world: World, request: SimRequest): Token {
  const header = request.headers['authorization'];
  if (header === undefined) return ANONYMOUS;
  const match = /^(?:bearer|token)\s+(\S+)$/i.exec(header);
  const token = world.tokens.get(match?.[1] ?? '');
  if (!token || token.trouble === 'revoked') throw new Refusal(401, 'Bad credentials');
  return token;
}

/** Somebody's role in a repository, or `undefined` when the token may not know that it exists. */
export function roleIn(repository: Repository, token: Token): Role | undefined {
  const role = repository.collaborators.get(token.login);
  if (!repository.private) return role ?? 'read';
  const reaches = token.kind !== 'oauth' || token.scopes.includes('repo');
  return reaches ? role : undefined;
}

/** Refuses a token that the organization's single sign-on has not let in. */
export function checkSingleSignOn(world: World, repository: Repository, token: Token): void {
  if (token.trouble === 'saml' && world.account(repository.owner).kind === 'Organization') throw samlRefusal();
}

/** GitHub's words for a token without single sign-on. */
export function samlRefusal(): Refusal {
  return new Refusal(403, 'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.');
}
