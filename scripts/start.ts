import { parseArgs } from 'node:util';
import { isScenarioName, type ScenarioName } from '../src/simulator/scenarios/scenarios.ts';
import { startBrowserDemo } from '../test/support/demo/browserDemo.ts';
import { startDemoWorld } from '../test/support/demo/demoWorld.ts';
import { startDesktopDemo } from '../test/support/demo/desktopDemo.ts';
import { greeting } from '../test/support/demo/greeting.ts';
import { openAddress } from '../test/support/demo/openAddress.ts';
import { onInterrupt } from '../test/support/onInterrupt.ts';
import { SetUpError } from '../test/support/setUpError.ts';
import { undoOnFailure } from '../test/support/undoList.ts';
import { main } from './main.ts';
import { runTool } from './runTool.ts';

const help = `npm start -- [options]
  --scenario NAME   the world to explore (default: team)
  --port N          the port of the VS Code address (default: a free one)
  --speed X         how much faster than the clock the world moves (default: 1)
  --locale en|fr    the language of the extension (default: en)
  --desktop         the VS Code installed on this machine ("code") instead of one in the browser
  --open            open the address in the default browser`;

const { values } = parseArgs({
  options: {
    scenario: { type: 'string' },
    port: { type: 'string' },
    speed: { type: 'string' },
    locale: { type: 'string' },
    desktop: { type: 'boolean' },
    open: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) console.log(help);
else if ((await runTool('node', ['esbuild.mjs', '--dev'])) === 0) await main(start);
else process.exitCode = 1;

/** Answers when everything runs; the servers keep this process alive until Ctrl-C. */
async function start(): Promise<void> {
  const locale = values.locale === 'fr' ? 'fr' : 'en';
  await undoOnFailure(async (undo) => {
    onInterrupt(() => undo.undo());
    const world = await startDemoWorld({
      ...(values.scenario ? { scenario: scenarioOf(values.scenario) } : {}),
      ...(values.speed ? { speed: numberOf('--speed', values.speed) } : {}),
    });
    undo.add(() => world.dispose());
    if (values.desktop) {
      const desktop = await startDesktopDemo(world, { locale });
      undo.add(() => desktop.dispose());
      console.log(greeting(world));
      await desktop.closed;
      await undo.undo();
    } else {
      const demo = await startBrowserDemo(world, { locale, ...(values.port ? { port: numberOf('--port', values.port) } : {}) });
      undo.add(() => demo.dispose());
      console.log(greeting(world, demo.address));
      if (values.open) openAddress(demo.address);
    }
  });
}

function scenarioOf(name: string): ScenarioName {
  if (isScenarioName(name)) return name;
  throw new SetUpError(`There is no scenario "${name}". "npm run sim -- --help" lists them.`);
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new SetUpError(`${name} wants a number, not "${text}".`);
}
