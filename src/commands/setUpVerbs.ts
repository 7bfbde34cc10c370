/** What Set Up can be asked, in a bundle of its own: it is needed once in a repository's life, and every window would load it. */
export { setUp } from './setUp.ts';
export { setUpCommit, setUpPullRequest } from './setUpCommit.ts';
export { setUpCheck, setUpDryRun, setUpFinish } from './setUpDryRun.ts';
export { setUpEnvironment, setUpVariables } from './setUpEnvironment.ts';
export { setUpCopyKey, setUpKey } from './setUpKey.ts';
export { setUpHostKey, setUpServer } from './setUpServer.ts';
export { setUpSlackSecret } from './setUpSlackSecret.ts';
