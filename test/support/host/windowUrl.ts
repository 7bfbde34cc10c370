/** What a window opens. */
export interface WindowOptions {
  /** Absolute path of a folder, or of a `.code-workspace` file. */
  readonly workspace: string;
  /** Further start options of the window, for instance where the extension under development and its tests are. */
  readonly payload?: Readonly<Record<string, string>>;
}

/** The address of a window of the server at `hostUrl`. Paths in the payload are taken to be on the server. */
export function windowUrl(hostUrl: string, { workspace, payload = {} }: WindowOptions): string {
  const url = new URL(hostUrl);
  const remote = (path: string) => `vscode-remote://${url.host}${path}`;
  url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
  const entries = [['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...Object.entries(payload).map(([key, path]) => [key, remote(path)])];
  url.searchParams.set('payload', JSON.stringify(entries));
  return url.href;
}
