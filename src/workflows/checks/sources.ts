const syntax = 'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax';
const secureUse = 'https://docs.github.com/en/actions/reference/security/secure-use';

/** The pages that the rules come from. */
export const sources = {
  syntax,
  runName: `${syntax}#run-name`,
  timeout: `${syntax}#jobsjob_idtimeout-minutes`,
  concurrency: `${syntax}#jobsjob_idconcurrency`,
  permissions: `${syntax}#permissions`,
  requiredInput: `${syntax}#onworkflow_dispatchinputsinput_idrequired`,
  environments: 'https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments',
  scriptInjection: `${secureUse}#good-practices-for-mitigating-script-injection-attacks`,
  thirdParty: `${secureUse}#using-third-party-actions`,
  keyscan: 'https://man.openbsd.org/ssh-keyscan#SECURITY',
  hostKeys: 'https://man.openbsd.org/ssh_config#StrictHostKeyChecking',
  persistedCredentials: 'https://docs.zizmor.sh/audits/#artipacked',
  inheritedSecrets: 'https://docs.zizmor.sh/audits/#secrets-inherit',
  pullRequestTarget: 'https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/',
} as const;
