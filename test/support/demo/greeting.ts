import { DEMO_SLACK_TOKEN, DEMO_WEBHOOK_PATH } from '../../../src/simulator/slack/workspace.ts';
import type { DemoWorld } from './demoWorld.ts';

/** What a person is told when the demo runs: where things are, and how to end it. `address` is VS Code's, if it has one. */
export function greeting({ sim, folder }: DemoWorld, address?: string): string {
  const lines = [
    ['VS Code', address ?? 'opens in a window of its own'],
    ['Slack channel', `${sim.url}/slack/deploys`],
    ['Slack token', `${DEMO_SLACK_TOKEN}  (for "Boussole: Connect Slack…"; channel #deploys)`],
    ['Slack webhook', `${sim.url}${DEMO_WEBHOOK_PATH}`],
    ['The world', `${sim.url}/__sim/  (look behind the scenes, and steer)`],
    ['Repository', folder],
  ];
  const list = lines.map(([name, value]) => `  ${`${name}:`.padEnd(15)} ${value}`);
  return `\nBoussole runs on a simulated team; nothing you do there leaves this machine.\n\n${list.join('\n')}\n\nCtrl-C ends it.`;
}
