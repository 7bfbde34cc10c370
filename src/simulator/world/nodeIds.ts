/** The prefixes that GitHub's global node ids carry for the kinds of object simulated here. */
const PREFIXES = {
  Blob: 'B',
  Bot: 'BOT',
  CheckRun: 'CR',
  CheckSuite: 'CS',
  Commit: 'C',
  Deployment: 'DE',
  DeploymentStatus: 'DES',
  Environment: 'EN',
  Organization: 'O',
  Ref: 'REF',
  Release: 'RE',
  Repository: 'R',
  Tag: 'TA',
  Team: 'T',
  Tree: 'TR',
  User: 'U',
  Workflow: 'W',
  WorkflowRun: 'WFR',
  Gate: 'GA',
  PullRequest: 'PR',
} as const;

/** A kind of object that has a global node id. */
export type NodeKind = keyof typeof PREFIXES;

/** The global id that REST calls `node_id` and GraphQL calls `id`. */
export function nodeId(kind: NodeKind, repositoryId: number, key: number | string): string {
  const payload = btoa(`${repositoryId}/${key}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${PREFIXES[kind]}_kwDO${payload}`;
}

/** What a node id names, or `undefined` when it is none of ours. */
export function parseNodeId(id: string): { kind: NodeKind; repositoryId: number; key: string } | undefined {
  const match = /^([A-Z]+)_kwDO([\w-]+)$/.exec(id);
  const kind = (Object.keys(PREFIXES) as NodeKind[]).find((name) => PREFIXES[name] === match?.[1]);
  if (!match?.[2] || !kind) return undefined;
  try {
    const payload = atob(match[2].replaceAll('-', '+').replaceAll('_', '/'));
    const slash = payload.indexOf('/');
    return { kind, repositoryId: Number(payload.slice(0, slash)), key: payload.slice(slash + 1) };
  } catch {
    return undefined;
  }
}
