import { parseArgs } from 'node:util';
import { isScenarioName, scenarios } from './scenarios/scenarios.ts';
import { startServer } from './server.ts';
import { createSimulator } from './simulator.ts';
import { DEMO_SLACK_TOKEN } from './slack/workspace.ts';
import { writeWorkspace } from './workspace.ts';
import { VIEWER_TOKEN } from './world/tokens.ts';

const USAGE = `npm run sim -- [--port N] [--scenario NAME] [--speed X] [--pace true|kind] [--seed N] [--latency MS] [--workspace FOLDER]

Scenarios:
${Object.entries(scenarios).map(([name, { summary }]) => `  ${name.padEnd(20)}${summary}`).join('\n')}
`;

process.exitCode = await main();

/** Serves a scenario until it is interrupted. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4430' },
      scenario: { type: 'string', default: 'team' },
      speed: { type: 'string', default: '1' },
      pace: { type: 'string', default: 'kind' },
      seed: { type: 'string', default: '1' },
      latency: { type: 'string', default: '0' },
      workspace: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { scenario } = values;
  const [port, speed, seed, latencyMs] = [values.port, values.speed, values.seed, values.latency].map(Number);
  const isWrong = [port, speed, seed, latencyMs].some((number) => number === undefined || !(number >= 0));
  if (values.help || !isScenarioName(scenario) || isWrong || (values.pace !== 'true' && values.pace !== 'kind')) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const simulator = createSimulator({
    scenario, clock: { now: () => Date.now() }, pace: values.pace, ...(speed ? { speed } : {}), ...(seed === undefined ? {} : { seed }),
  });
  const server = await startServer(simulator, { port: port ?? 0, latencyMs: latencyMs ?? 0 });
  const { owner, name } = simulator.world.home;
  const remoteUrl = `${server.url}/${owner}/${name}.git`;
  process.stdout.write(`${scenario}: ${scenarios[scenario].summary}

  GitHub   ${server.url}/${owner}/${name}   (REST ${server.url}/api/v3, GraphQL ${server.url}/api/graphql)
  Token    ${VIEWER_TOKEN}
  Slack    ${server.url}/slack/   (token ${DEMO_SLACK_TOKEN})
  Steering ${server.url}/__sim/
`);
  if (values.workspace !== undefined) {
    await writeWorkspace(simulator.world, values.workspace, { remoteUrl });
    process.stdout.write(`  Folder   ${values.workspace}\n`);
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { resolve(); });
  });
  await server.close();
  return 0;
}
