import { workspace, type Uri } from 'vscode';

/** The path of a workflow file in its repository (`.github/workflows/deploy.yml`); `undefined` for everything that is no file of an open folder. */
export function workflowPath(uri: Uri): string | undefined {
  const found = /(?:^|\/)(\.github\/workflows\/[^/]+\.ya?ml)$/i.exec(uri.path)?.[1];
  return found !== undefined && workspace.getWorkspaceFolder(uri) ? found : undefined;
}
