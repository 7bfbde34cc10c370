import { workspace, type Disposable } from 'vscode';
import { gitHubDotCom, gitHubHost, type GitHubHost } from '../core/gitHubHost.ts';
import type { Log } from '../core/log.ts';

const section = 'github-enterprise';

/**
 * The GitHub hosts that the user knows: github.com and those of `github-enterprise.uris`, or of the older `github-enterprise.uri`
 * (the list wins where VS Code knows it and it is set). Only values of the user are taken, so that no workspace can send a token
 * elsewhere; plain http is taken for this machine only.
 */
export function gitHubHosts(log?: Log): readonly GitHubHost[] {
  const settings = workspace.getConfiguration(section);
  const list = settings.inspect<readonly string[]>('uris')?.globalValue;
  const single = settings.inspect<string>('uri')?.globalValue;
  const addresses = Array.isArray(list) ? list : single === undefined ? [] : [single];
  const hosts = new Map([[gitHubDotCom.authority, gitHubDotCom]]);
  for (const address of addresses) {
    if (typeof address !== 'string' || address.trim() === '') continue;
    const host = gitHubHost(address.trim());
    if (!host) log?.warn(`The GitHub Enterprise address "${address}" in the user settings is not a web address.`);
    else if (!isSafe(host)) log?.warn(`${host.webUrl} is left out: a GitHub host is reached by https only.`);
    else hosts.set(host.authority, host);
  }
  return [...hosts.values()];
}

/** Told when the list may have changed. */
export function onDidChangeGitHubHosts(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(section)) listener();
  });
}

function isSafe(host: GitHubHost): boolean {
  const url = new URL(host.webUrl);
  return url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
