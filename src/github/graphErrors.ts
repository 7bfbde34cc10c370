import type { DeployError } from '../core/deployError.ts';
import { codespacesToken, malformedAnswer, missingScope, noPermission, notFound, samlRequired, serverError } from './errors.ts';

/** One entry of a GraphQL answer's `errors`. GitHub adds `type`; an HTTP status of 200 says nothing. */
export interface GraphError {
  readonly type?: string;
  readonly message?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly saml_failure?: boolean };
}

/** Says why a GraphQL query gave nothing. */
export function graphRefusal(errors: readonly GraphError[], host: string): DeployError {
  const [error] = errors;
  const said = error?.message ?? '';
  const detail = `GraphQL ${error?.type ?? ''} ${said} at ${error?.path?.join('.') ?? 'the query'}`;
  if (errors.some((one) => one.extensions?.saml_failure === true || /\bSAML\b/.test(one.message ?? ''))) return samlRequired(host, detail);
  if (/not accessible by integration/i.test(said)) return codespacesToken(host, detail);
  switch (error?.type) {
    case 'NOT_FOUND':
      return notFound(host, detail);
    case 'FORBIDDEN':
      return noPermission(host, said, detail);
    case 'INSUFFICIENT_SCOPES':
      return missingScope(host, /one of the following scopes: \['([^']+)'/.exec(said)?.[1] ?? 'repo', detail);
    case undefined:
      return error?.extensions?.code === undefined ? serverError(host, detail) : malformedAnswer(host, detail);
    default:
      return serverError(host, detail);
  }
}

export function isGraphRateLimit(errors: readonly GraphError[]): boolean {
  return errors.some((error) => error.type === 'RATE_LIMITED' || error.type === 'RATE_LIMIT');
}
