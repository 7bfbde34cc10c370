/** A GitHub installation: github.com, an Enterprise Server, or a ghe.com tenant. */
export interface GitHubHost {
  /** Host with its port where it has one, lower case: `github.com`, `git.example.org:8443`. Compared exactly. */
  readonly authority: string;
  /** Origin of the web pages, without a trailing slash. */
  readonly webUrl: string;
  /** Base of the REST API, without a trailing slash. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** The VS Code authentication provider that signs in to it. */
  readonly provider: 'github' | 'github-enterprise';
}

export const gitHubDotCom: GitHubHost = {
  authority: 'github.com',
  webUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  graphqlUrl: 'https://api.github.com/graphql',
  provider: 'github',
};

/**
 * The host behind a web address such as a user writes in `github-enterprise.uri`; `undefined` when it is no http(s) address.
 * ghe.com tenants answer on `api.<tenant>.ghe.com`, servers under `/api/v3` (GitHub's enterprise documentation).
 */
export function gitHubHost(webAddress: string): GitHubHost | undefined {
  const url = URL.canParse(webAddress) ? new URL(webAddress) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  const authority = url.host.toLowerCase();
  if (authority === 'github.com' || authority === 'www.github.com') return gitHubDotCom;
  if (authority.endsWith('.ghe.com')) {
    const apiUrl = `${url.protocol}//api.${authority}`;
    return { authority, webUrl: url.origin, apiUrl, graphqlUrl: `${apiUrl}/graphql`, provider: 'github-enterprise' };
  }
  return {
    authority,
    webUrl: url.origin,
    apiUrl: `${url.origin}/api/v3`,
    graphqlUrl: `${url.origin}/api/graphql`,
    provider: 'github-enterprise',
  };
}
