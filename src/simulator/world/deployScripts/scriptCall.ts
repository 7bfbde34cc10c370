import { environmentVariable } from '../runScope.ts';
import type { Job, Repository } from '../model.ts';
import type { StepDefinition } from '../workflowDefinition.ts';
import type { World } from '../world.ts';
import { exitCodes, type Outcome } from './exitCodes.ts';

/** One call of a script of `.deploy/` by a step. */
export class ScriptCall {
  readonly world: World;
  readonly job: Job;
  readonly script: string;
  readonly words: readonly string[];
  readonly #step: StepDefinition;

  constructor(world: World, job: Job, step: StepDefinition) {
    const [command = '', ...words] = (step.run ?? '').split(/\s+/);
    this.world = world;
    this.job = job;
    this.script = command.slice(command.lastIndexOf('/') + 1);
    this.words = words;
    this.#step = step;
  }

  get repository(): Repository {
    return this.job.run.repository;
  }

  /** An environment variable as the workflow sets it; empty where it does not. */
  env(name: string): string {
    return environmentVariable(this.job, this.#step, name);
  }
}

/** What a script has to say: one JSON line, outputs of its step, and the exit code of the outcome. */
export interface ScriptAnswer {
  readonly outcome: Outcome;
  readonly code: number;
  readonly message: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** Ends a script with an outcome of the scripts' own table. */
export function answer(outcome: Outcome, message: string, facts: Readonly<Record<string, string>> = {}): ScriptAnswer {
  return { outcome, code: exitCodes[outcome], message, facts };
}

/** The line that the script prints. */
export function answerLine(script: string, { outcome, code, message, facts }: ScriptAnswer): string {
  return JSON.stringify({ script, outcome, code, ...facts, message });
}
