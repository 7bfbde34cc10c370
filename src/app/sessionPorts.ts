import type { RepositorySession } from './repositorySession.ts';

/** What a session is made of: the ports of one repository. */
export type SessionPorts = Pick<
  RepositorySession,
  'repository' | 'github' | 'setup' | 'workflowFiles' | 'settings' | 'storage' | 'clock' | 'log' | 'newId' | 'siteVersion'
> & {
  /** 0 to 1; seeded in tests. */
  readonly random: () => number;
};
