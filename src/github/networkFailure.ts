/** Why no answer came, and whether the request may have reached GitHub all the same. */
export interface NetworkFailure {
  readonly kind: 'offline' | 'proxy' | 'certificate' | 'timeout' | 'broken';
  /** False only where the failure proves that nothing was sent: no address, no connection, no trusted host. */
  readonly mayHaveArrived: boolean;
  /** `ECONNREFUSED`, `CERT_HAS_EXPIRED` …: a fact for the log. */
  readonly code: string;
}

/** System, TLS and Chromium codes under which a proxy stands in the way. */
const proxyCodes = /PROXY|TUNNEL|UND_ERR_PRX/;
const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|TLS_ALTNAME|ERR_SSL|EPROTO/;
/** These also happen in the middle of an exchange. */
const brokenCodes = /ECONNRESET|EPIPE|UND_ERR_SOCKET|EPROTO|ERR_SSL/;
const unreachableCodes = /ENOTFOUND|EAI_|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_ADDRESS_UNREACHABLE/;

/**
 * Tells failures of the network apart by the codes along the chain of causes, because a `fetch` only says "fetch failed" and
 * Octokit dresses it as status 500.
 */
export function networkFailure(error: unknown): NetworkFailure {
  const links = chain(error);
  const codes = links.map(codeOf).filter((code) => code !== '');
  const all = codes.join(' ');
  const code = codes.at(-1) ?? 'unknown';
  const calls = links.map((link) => property(link, 'syscall'));
  const wasConnected = brokenCodes.test(all) || calls.some((call) => call === 'read' || call === 'write');
  if (proxyCodes.test(all)) return { kind: 'proxy', mayHaveArrived: wasConnected, code };
  if (certificateCodes.test(all)) return { kind: 'certificate', mayHaveArrived: wasConnected, code };
  // Every code must prove it: among several attempts one may have got through and been cut.
  const isUnreachable = codes.length > 0 && codes.every((one) => unreachableCodes.test(one) || (one === 'ETIMEDOUT' && calls.includes('connect')));
  if (isUnreachable && !wasConnected) return { kind: 'offline', mayHaveArrived: false, code };
  return { kind: 'broken', mayHaveArrived: true, code };
}

function codeOf(link: unknown): string {
  const code = property(link, 'code');
  if (typeof code === 'string') return code;
  const message = property(link, 'message');
  return (typeof message === 'string' && /\b(net::ERR_\w+|E[A-Z]{4,}|EAI_\w+)\b/.exec(message)?.[0]) || '';
}

function chain(error: unknown): readonly unknown[] {
  const links: unknown[] = [];
  const visit = (link: unknown) => {
    if (typeof link !== 'object' || link === null || links.includes(link) || links.length > 20) return;
    links.push(link);
    const errors = property(link, 'errors');
    if (Array.isArray(errors)) errors.forEach(visit);
    visit(property(link, 'cause'));
  };
  visit(error);
  return links;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
