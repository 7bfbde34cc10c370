import { DeployError } from '../core/deployError.ts';
import { messageOf, type Answer } from './answer.ts';
import type { NetworkFailure } from './networkFailure.ts';

/** Says in words fit for the user why GitHub did not do what was asked; `host` is its authority. */
export function refusal(answer: Answer, host: string, isWrite = false): DeployError {
  const { status, body } = answer;
  const said = messageOf(body);
  const detail = `${status} ${said}`.trim();
  if (answer.retryAt !== undefined) return rateLimited(host, answer.retryAt, detail);
  if (status === 401) return tokenRejected(host, detail);
  if (status === 407 || isForeignPage(answer)) {
    return new DeployError('proxy', 'A proxy or sign-in page stands between you and {host}. Check the network and VS Code’s proxy settings.', {
      values: { host }, actions: ['retry', 'openSettings'], detail,
    });
  }
  if (status === 403) return forbidden(answer, host, said, isWrite);
  if (status === 404) return lacksScope(answer, isWrite) ? missingScope(host, 'repo', detail) : notFound(host, detail);
  if (status === 409) return conflict(answer);
  if (status >= 500) return serverError(host, detail);
  return new DeployError('notAvailable', 'GitHub ({host}) refused the request: {reason}', { values: { host, reason: said || String(status) }, actions: ['showLog'], detail });
}

/** Why no answer came. */
export function networkError(failure: NetworkFailure, host: string, cause?: unknown): DeployError {
  const more = { values: { host }, detail: failure.code, ...(cause === undefined ? {} : { cause }) };
  switch (failure.kind) {
    case 'proxy':
      return new DeployError('proxy', 'The proxy could not connect to {host}. Check VS Code’s proxy settings.', { ...more, actions: ['retry', 'openSettings'] });
    case 'certificate':
      return new DeployError('certificate', 'The certificate of {host} is not trusted on this machine. If your company inspects traffic, install its root certificate.', { ...more, actions: ['retry', 'openSettings'] });
    case 'timeout':
      return new DeployError('offline', '{host} did not answer in time. Try again.', { ...more, actions: ['retry'] });
    case 'broken':
      return new DeployError('offline', 'The connection to {host} broke off. Try again.', { ...more, actions: ['retry'] });
    case 'offline':
      return new DeployError('offline', '{host} cannot be reached. Check your network connection.', { ...more, actions: ['retry'] });
  }
}

/** An answer that is not what GitHub's description promises. */
export function malformedAnswer(host: string, detail: string, cause?: unknown): DeployError {
  return new DeployError('malformedAnswer', '{host} gave an answer that cannot be read. Try again; the log has the details.', {
    values: { host }, actions: ['retry', 'showLog'], detail, ...(cause === undefined ? {} : { cause }),
  });
}

export function rateLimited(host: string, retryAt: number, detail: string): DeployError {
  return new DeployError('rateLimited', '{host} asks us to pause: too many requests were made with your account.', { values: { host }, actions: ['retry'], retryAt, detail });
}

export function tokenRejected(host: string, detail: string): DeployError {
  return new DeployError('tokenRejected', '{host} does not accept the sign-in any more: it expired or was revoked. Sign in again.', {
    values: { host }, actions: ['signInAgain', 'useToken'], detail,
  });
}

export function samlRequired(host: string, detail: string, url = ''): DeployError {
  return new DeployError('samlRequired', 'The organization on {host} asks for single sign-on. Authorize VS Code for it.', {
    values: { host, url }, actions: ['authorizeSaml', 'useToken'], detail,
  });
}

export function missingScope(host: string, scope: string, detail: string): DeployError {
  return new DeployError('missingScope', 'The sign-in to {host} lacks the permission “{scope}”. Sign in again to grant it.', {
    values: { host, scope }, actions: ['signInAgain', 'useToken'], detail,
  });
}

export function codespacesToken(host: string, detail: string): DeployError {
  return new DeployError('codespacesToken', 'This Codespace’s token may not do this on {host}. Use a token of your own, or sign in.', {
    values: { host }, actions: ['useToken', 'signInAgain'], detail,
  });
}

/** `needed`: the permissions that GitHub names (`environments=write`), if it does. */
export function noPermission(host: string, reason: string, detail: string, needed?: string): DeployError {
  return new DeployError('forbidden', 'GitHub ({host}) does not let you do this: {reason}', { values: { host, reason, ...(needed ? { needed } : {}) }, actions: ['openOnGitHub', 'useToken'], detail });
}

export function notFound(host: string, detail: string): DeployError {
  return new DeployError('notFound', '{host} has no such thing, or your account may not see it.', { values: { host }, actions: ['selectRepository', 'signInAgain'], detail });
}

export function serverError(host: string, detail: string): DeployError {
  return new DeployError('serverError', '{host} has a problem of its own. Try again in a moment.', { values: { host }, actions: ['retry'], detail });
}

/** What was asked for does not fit the present state: nothing to cancel, nobody waiting. */
export function conflict({ status, body }: Answer): DeployError {
  const reason = messageOf(body);
  return new DeployError('conflict', 'GitHub cannot do this in the present state: {reason}', { values: { reason }, actions: ['openOnGitHub'], detail: `${status} ${reason}` });
}

export function repositoryArchived(detail: string): DeployError {
  return new DeployError('repositoryArchived', 'The repository is archived, so nothing can be deployed from it.', { actions: ['openOnGitHub'], detail });
}

function forbidden(answer: Answer, host: string, said: string, isWrite: boolean): DeployError {
  const detail = [`403 ${said}`, answer.headers['x-accepted-github-permissions']].filter(Boolean).join(' – needs ');
  const singleSignOn = answer.headers['x-github-sso'];
  if (singleSignOn?.startsWith('required') || /\bSAML\b/.test(said)) return samlRequired(host, `403 ${said}`, /url=(https?:\S+)/.exec(singleSignOn ?? '')?.[1]);
  if (/not accessible by integration/i.test(said)) return codespacesToken(host, detail);
  if (/archived/i.test(said)) return repositoryArchived(detail);
  if (lacksScope(answer, isWrite)) return missingScope(host, 'repo', detail);
  return noPermission(host, said, detail, answer.headers['x-accepted-github-permissions']);
}

/** Classic and OAuth tokens name their scopes in each answer; all we do is covered by `repo`, and reading public repositories by less. */
function lacksScope({ headers }: Answer, isWrite: boolean): boolean {
  const granted = headers['x-oauth-scopes']?.split(',').map((scope) => scope.trim());
  return granted !== undefined && !granted.includes('repo') && (isWrite || !granted.includes('public_repo'));
}

/** A page for people where GitHub's API would have spoken JSON: a captive portal or a company's proxy. */
export function isForeignPage({ status, headers }: Answer): boolean {
  const isPage = headers['content-type']?.startsWith('text/html') ?? false;
  return isPage && headers['x-github-request-id'] === undefined && (status < 500 || status === 511);
}
