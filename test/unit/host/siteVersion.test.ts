import assert from 'node:assert/strict';
import { readVersion, siteVersion } from '../../../src/host/siteVersion.ts';

const answering = (body: string, status = 200) => (() => Promise.resolve(new Response(body, { status }))) as typeof fetch;

describe('siteVersion', () => {
  it('reads JSON under any of the usual names', () => {
    assert.deepEqual(readVersion('{"version":"v1.4.0","sha":"abc1234"}'), { version: 'v1.4.0', sha: 'abc1234' });
    assert.deepEqual(readVersion(' {"tag":"1.4.0","commit":"abc1234","build":7}'), { version: '1.4.0', sha: 'abc1234' });
  });

  it('reads a line of text as a version or a commit', () => {
    assert.deepEqual(readVersion('v1.4.0\n'), { version: 'v1.4.0', sha: undefined });
    assert.deepEqual(readVersion('9f2c1a07d4'), { version: undefined, sha: '9f2c1a07d4' });
  });

  it('takes a page or nonsense for no answer', () => {
    for (const answer of ['', '<!doctype html><title>Sign in</title>', '{"version":', '{"version":7}', 'a b']) assert.equal(readVersion(answer), undefined);
  });

  it('sends no credentials and follows only http(s)', async () => {
    const asked: { url: string; init: RequestInit | undefined }[] = [];
    const request = ((url: URL, init?: RequestInit) => {
      asked.push({ url: url.href, init });
      return Promise.resolve(new Response('v2'));
    }) as typeof fetch;
    assert.deepEqual(await siteVersion('https://crm.example/version', undefined, request), { version: 'v2', sha: undefined });
    assert.equal(asked[0]?.init?.credentials, 'omit');
    for (const address of ['file:///etc/passwd', 'javascript:alert(1)', 'https://ana:pw@crm.example/', 'not an address']) {
      assert.equal(await siteVersion(address, undefined, request), undefined);
    }
    assert.equal(asked.length, 1);
  });

  it('has no answer when the site fails, breaks off or talks too long', async () => {
    assert.equal(await siteVersion('https://crm.example', undefined, answering('down', 503)), undefined);
    assert.equal(await siteVersion('https://crm.example', undefined, answering('x'.repeat(100_000))), undefined);
    assert.equal(await siteVersion('https://crm.example', undefined, () => Promise.reject(new TypeError('fetch failed'))), undefined);
  });

  it('passes an abort on', async () => {
    const aborted = AbortSignal.abort();
    await assert.rejects(siteVersion('https://crm.example', aborted, () => Promise.reject(new DOMException('aborted', 'AbortError'))), { name: 'AbortError' });
  });
});
