import assert from 'node:assert/strict';
import { checkExchange } from './checkExchange.ts';
import type { ExchangedRequest, ExchangedResponse } from './openApi.ts';

const PATH = '/api/v3/repos/o/r';

function request(method: string, path: string, body: unknown = '', query: Record<string, string> = {}): ExchangedRequest {
  return { method, path, query: new URLSearchParams(query), body: body === '' ? '' : JSON.stringify(body) };
}

function answer(status: number, body?: unknown): ExchangedResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: body === undefined ? '' : JSON.stringify(body) };
}

function ask(query: string, data: unknown): readonly string[] {
  return checkExchange(request('POST', '/api/graphql', { query }), answer(200, { data }));
}

describe('the check of an exchange with GitHub', function () {
  this.timeout(60_000);
  const dispatch = `${PATH}/actions/workflows/deploy.yml/dispatches`;

  it('finds nothing wrong with what is right', () => {
    assert.deepEqual(checkExchange(request('POST', dispatch, { ref: 'main', inputs: { a: 'b' }, return_run_details: true }), answer(200, {
      workflow_run_id: 1, run_url: 'https://api.github.com/r', html_url: 'https://github.com/r',
    })), []);
    assert.deepEqual(checkExchange(request('GET', '/slack/api/anything'), answer(200, {})), []);
  });

  it('finds wrong requests: routes, fields, queries and kinds', () => {
    assert.match(checkExchange(request('GET', `${PATH}/deploys`), answer(200, {}))[0] ?? '', /is not described/);
    assert.match(checkExchange(request('POST', dispatch, { ref: 'main', branch: 'x' }), answer(204))[0] ?? '', /unknown field "branch"/);
    assert.match(checkExchange(request('POST', dispatch, { inputs: {} }), answer(204))[0] ?? '', /required property 'ref'/);
    assert.match(checkExchange(request('GET', `${PATH}/tags`, '', { sort: 'asc' }), answer(200, []))[0] ?? '', /unknown query parameter "sort"/);
    assert.match(checkExchange(request('GET', `${PATH}/tags`, '', { per_page: 'many' }), answer(200, []))[0] ?? '', /query per_page .*integer/);
  });

  it('finds wrong answers: statuses, missing fields, wrong kinds', () => {
    assert.match(checkExchange(request('POST', dispatch, { ref: 'main' }), answer(201))[0] ?? '', /status 201 is not described/);
    assert.match(checkExchange(request('GET', `${PATH}/tags`), answer(200, [{ name: 'v1' }]))[0] ?? '', /required property/);
    assert.match(checkExchange(request('GET', `${PATH}/git/ref/heads/main`), answer(200, { ref: 1, node_id: '', url: '', object: {} }))[0] ?? '', /must be string/);
    assert.match(checkExchange(request('GET', PATH), answer(404, { error: 1 }))[0] ?? '', /required property 'message'/);
  });

  it('finds wrong GraphQL: operations and answers', () => {
    assert.deepEqual(ask('{ viewer { login } }', { viewer: { login: 'camille' } }), []);
    assert.match(ask('{ viewer { nickname } }', {})[0] ?? '', /Cannot query field "nickname"/);
    assert.match(ask('{ viewer { login } }', { viewer: { login: 7 } })[0] ?? '', /viewer\.login is no String/);
    assert.match(ask('{ viewer { login } }', { viewer: null })[0] ?? '', /viewer must not be null/);
    assert.match(ask('{ viewer { login } }', { viewer: { login: 'x', name: 'y' } })[0] ?? '', /viewer\.name was not asked for/);
  });
});
