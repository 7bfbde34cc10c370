import assert from 'node:assert/strict';
import { networkFailure } from '../../../src/github/networkFailure.ts';

/** What `fetch` and Octokit wrap around a system error. */
function wrapped(innermost: object): Error {
  return new Error('fetch failed', { cause: new TypeError('fetch failed', { cause: innermost }) });
}

function failing(code: string, more: object = {}): Error {
  return Object.assign(new Error(code), { code, ...more });
}

describe('A failure of the network', () => {
  for (const [what, error, kind, mayHaveArrived] of [
    ['no such host', failing('ENOTFOUND', { syscall: 'getaddrinfo' }), 'offline', false],
    ['no name server', failing('EAI_AGAIN', { syscall: 'getaddrinfo' }), 'offline', false],
    ['nobody listens', failing('ECONNREFUSED', { syscall: 'connect' }), 'offline', false],
    ['no way there', failing('ENETUNREACH', { syscall: 'connect' }), 'offline', false],
    ['no way back, in the middle of it', failing('EHOSTUNREACH', { syscall: 'read' }), 'broken', true],
    ['a connection that takes too long', failing('ETIMEDOUT', { syscall: 'connect' }), 'offline', false],
    ['an answer that takes too long', failing('ETIMEDOUT', { syscall: 'read' }), 'broken', true],
    ['a slow connection, to undici', failing('UND_ERR_CONNECT_TIMEOUT'), 'offline', false],
    ['all addresses refused', Object.assign(new AggregateError([failing('ECONNREFUSED'), failing('ENETUNREACH')]), { code: 'ECONNREFUSED' }), 'offline', false],
    ['one address refused, the other cut', new AggregateError([failing('ECONNREFUSED'), failing('ECONNRESET')]), 'broken', true],
    ['a cut connection', failing('ECONNRESET', { syscall: 'read' }), 'broken', true],
    ['a socket that the other side closed', failing('UND_ERR_SOCKET'), 'broken', true],
    ['no proxy, to Chromium', new Error('net::ERR_PROXY_CONNECTION_FAILED'), 'proxy', false],
    ['a proxy that refuses the tunnel', new Error('net::ERR_TUNNEL_CONNECTION_FAILED'), 'proxy', false],
    ['no network, to Chromium', new Error('net::ERR_INTERNET_DISCONNECTED'), 'offline', false],
    ['a network that changed, to Chromium', new Error('net::ERR_NETWORK_CHANGED'), 'broken', true],
    ['an expired certificate', failing('CERT_HAS_EXPIRED'), 'certificate', false],
    ["a company's own certificate", failing('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate', false],
    ['an unknown issuer', failing('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'certificate', false],
    ['a certificate for another host', failing('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate', false],
    ['a broken TLS record', failing('EPROTO', { syscall: 'write' }), 'certificate', true],
    ['something unheard of', failing('ESTRANGE'), 'broken', true],
    ['nothing at all', {}, 'broken', true],
  ] as const) {
    it(`is told apart: ${what}`, () => {
      const { code, ...failure } = networkFailure(wrapped(error));
      assert.deepEqual(failure, { kind, mayHaveArrived });
      assert.ok(code);
    });
  }

  it('is read from a chain that bites its tail', () => {
    const error = failing('ENOTFOUND');
    error.cause = error;
    assert.equal(networkFailure(error).kind, 'offline');
  });

  it('is unknown when something else was thrown', () => {
    assert.deepEqual(networkFailure('boom'), { kind: 'broken', mayHaveArrived: true, code: 'unknown' });
  });
});
