import assert from 'node:assert/strict';
import type { DeployErrorKind } from '../../../src/core/deployError.ts';
import { gitHubRig, networkTrouble, refusalOf, type Between, type GitHubRig } from '../../support/gitHubRig.ts';

const answer = (status: number, message: string, headers: Record<string, string> = {}): Between => async () =>
  new Response(JSON.stringify({ message }), { status, headers: { 'content-type': 'application/json', 'x-github-request-id': '1', ...headers } });

const page = (status: number): Between => async () => new Response('<html>Sign in to the network</html>', { status, headers: { 'content-type': 'text/html; charset=utf-8' } });

const graph = (errors: readonly object[], data: unknown = null): Between => async () =>
  new Response(JSON.stringify({ data, errors }), { status: 200, headers: { 'content-type': 'application/json' } });

const fails = (code: string, syscall?: string): Between => async () => {
  throw networkTrouble(code, syscall);
};

const rest = (rig: GitHubRig) => refusalOf(rig.github.workflows(rig.repository));
const overview = (rig: GitHubRig) => refusalOf(rig.github.overview(rig.repository, []));

describe('A refused read says what the user can do', () => {
  const cases: readonly (readonly [string, Between, DeployErrorKind, string])[] = [
    ['the token was revoked', answer(401, 'Bad credentials'), 'tokenRejected', 'signInAgain'],
    ['single sign-on is missing', answer(403, 'Resource protected by organization SAML enforcement.', { 'x-github-sso': 'required; url=https://github.com/orgs/a/sso?x=1' }), 'samlRequired', 'authorizeSaml'],
    ['single sign-on is missing, by the header alone', answer(403, 'Forbidden', { 'x-github-sso': 'required; url=https://github.com/orgs/a/sso?x=1' }), 'samlRequired', 'authorizeSaml'],
    ['a scope is missing', answer(403, 'Must have admin rights to Repository.', { 'x-oauth-scopes': 'read:user' }), 'missingScope', 'signInAgain'],
    ['a scope is missing and hides it', answer(404, 'Not Found', { 'x-oauth-scopes': '' }), 'missingScope', 'signInAgain'],
    ['the Codespace may not', answer(403, 'Resource not accessible by integration'), 'codespacesToken', 'useToken'],
    ['the account may not', answer(403, 'Must have admin rights to Repository.', { 'x-oauth-scopes': 'repo' }), 'forbidden', 'openOnGitHub'],
    ['the fine-grained token may not', answer(403, 'Resource not accessible by personal access token', { 'x-accepted-github-permissions': 'actions=read' }), 'forbidden', 'useToken'],
    ['the hour is used up', answer(403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000' }), 'rateLimited', 'retry'],
    ['we were too fast', answer(429, 'Slow down', { 'retry-after': '7' }), 'rateLimited', 'retry'],
    ['it is not there', answer(404, 'Not Found', { 'x-oauth-scopes': 'repo' }), 'notFound', 'selectRepository'],
    ['the server has a problem', answer(500, 'Server Error'), 'serverError', 'retry'],
    ['the gateway has a problem', page(502), 'serverError', 'retry'],
    ['a captive portal answers', page(200), 'proxy', 'openSettings'],
    ['a proxy forbids', page(403), 'proxy', 'openSettings'],
    ['a proxy asks who we are', answer(407, 'Proxy Authentication Required'), 'proxy', 'openSettings'],
    ['there is no network', fails('ENOTFOUND', 'getaddrinfo'), 'offline', 'retry'],
    ['the connection breaks', fails('ECONNRESET'), 'offline', 'retry'],
    ['the proxy is down', fails('ERR_PROXY_CONNECTION_FAILED'), 'proxy', 'openSettings'],
    ['the certificate is not trusted', fails('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate', 'openSettings'],
    ['the API version is no more', answer(410, 'Gone'), 'notAvailable', 'showLog'],
    ['it cannot be done now', answer(409, 'Git Repository is empty.'), 'conflict', 'openOnGitHub'],
  ];
  for (const [what, between, kind, action] of cases) {
    it(`because ${what}`, async () => {
      for (const read of [rest, overview]) {
        const rig = gitHubRig();
        rig.between = between;
        const error = await read(rig);
        assert.equal(error.kind, kind);
        assert.ok(error.actions.includes(action as never), error.actions.join());
        for (const [, place] of error.message.matchAll(/\{(\w+)\}/g)) assert.ok(error.values[place ?? ''], `no value for {${place}}`);
      }
    });
  }

  it('because the answer is broken, half or of another shape', async () => {
    for (const body of ['{"total_count": 3, "workflows": [', '[]', '{"workflows": 3}', 'null', '']) {
      const rig = gitHubRig();
      rig.between = async () => new Response(body, { status: 200, headers: { 'content-type': 'application/json' } });
      assert.equal((await rest(rig)).kind, 'malformedAnswer', body);
      assert.equal((await overview(rig)).kind, 'malformedAnswer', body);
    }
  });

  it('because the simulated GitHub says so', async () => {
    for (const [fault, kind] of [['401', 'tokenRejected'], ['403saml', 'samlRequired'], ['rateLimitPrimary', 'rateLimited'], ['rateLimitSecondary', 'rateLimited'], ['500', 'serverError'], ['502AfterEffect', 'serverError'], ['droppedSocket', 'offline'], ['malformedBody', 'malformedAnswer']] as const) {
      for (const read of [rest, overview]) {
        const rig = gitHubRig();
        rig.simulator.inject({ kind: fault });
        assert.equal((await read(rig)).kind, kind, fault);
        assert.equal(rig.requests().length, 1, 'sent once');
      }
    }
    for (const [token, kind] of [['sim-token-revoked', 'tokenRejected'], ['sim-token-saml', 'samlRequired'], ['sim-token-no-scope', 'missingScope']] as const) {
      assert.equal((await rest(gitHubRig({ token }))).kind, kind, token);
    }
  });

  it('because it took longer than ten seconds', async () => {
    const rig = gitHubRig();
    rig.between = (request) => new Promise((_, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
    });
    const refused = rest(rig);
    await rig.clock.advance(10_000);
    assert.equal((await refused).kind, 'offline');
  });

  it('with the address where single sign-on is authorized', async () => {
    const rig = gitHubRig();
    rig.between = answer(403, 'Resource protected by organization SAML enforcement.', { 'x-github-sso': 'required; url=https://github.com/orgs/a/sso?authorization_request=AB' });
    const error = await rest(rig);
    assert.equal(error.values['url'], 'https://github.com/orgs/a/sso?authorization_request=AB');
    assert.doesNotMatch(error.detail ?? '', /authorization_request/);
  });

  it('and never with the token', async () => {
    const rig = gitHubRig();
    rig.between = fails('ECONNRESET');
    const error = await rest(rig);
    assert.doesNotMatch(JSON.stringify([error.message, error.values, error.detail, rig.logged]), /sim-token/);
  });
});

describe('A GraphQL answer that HTTP calls a success', () => {
  for (const [what, errors, kind] of [
    ['is rate limited', [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }], 'rateLimited'],
    ['is forbidden', [{ type: 'FORBIDDEN', message: 'Resource not accessible by personal access token', path: ['repository'] }], 'forbidden'],
    ['is forbidden to a Codespace', [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }], 'codespacesToken'],
    ['wants single sign-on', [{ type: 'FORBIDDEN', message: 'Resource not accessible', extensions: { saml_failure: true } }], 'samlRequired'],
    ['lacks a scope', [{ type: 'INSUFFICIENT_SCOPES', message: "Your token has not been granted the required scopes to execute this query. The 'login' field requires one of the following scopes: ['read:user']" }], 'missingScope'],
    ['finds nothing', [{ type: 'NOT_FOUND', message: 'Could not resolve to a Repository' }], 'notFound'],
    ['fails inside', [{ message: 'Something went wrong while executing your query.' }], 'serverError'],
    ['does not know a field', [{ message: "Field 'x' doesn't exist", extensions: { code: 'undefinedField' } }], 'malformedAnswer'],
  ] as const) {
    it(what, async () => {
      const rig = gitHubRig();
      rig.between = graph(errors);
      const error = await overview(rig);
      assert.equal(error.kind, kind);
      if (kind === 'missingScope') assert.equal(error.values['scope'], 'read:user');
    });
  }

  it('gives what it may when only pull requests are withheld', async () => {
    const rig = gitHubRig();
    rig.between = async (_, pass) => {
      const body = (await (await pass()).json()) as { data: { repository: { defaultBranchRef: { target: { history: { nodes: { associatedPullRequests: unknown }[] } } } } } };
      for (const commit of body.data.repository.defaultBranchRef.target.history.nodes) commit.associatedPullRequests = null;
      const path = ['repository', 'defaultBranchRef', 'target', 'history', 'nodes', 0, 'associatedPullRequests'];
      return Response.json({ ...body, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by personal access token', path }] });
    };
    const { commits, deployments } = await rig.github.overview(rig.repository, []);
    assert.ok(commits.length > 0 && commits.every(({ pullRequest }) => pullRequest === undefined));
    assert.ok(deployments.length > 0);
  });

  it('is refused when deployments are withheld, for nothing would be true without them', async () => {
    const rig = gitHubRig();
    rig.between = async (_, pass) => {
      const body = (await (await pass()).json()) as { data: { repository: { deployments: unknown } } };
      body.data.repository.deployments = null;
      return Response.json({ ...body, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by personal access token', path: ['repository', 'deployments'] }] });
    };
    assert.equal((await overview(rig)).kind, 'forbidden');
  });
});
