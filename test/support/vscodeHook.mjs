// Lets plain-Node tests import modules that import 'vscode': they get test/support/fakeVscode.ts instead.
import { registerHooks } from 'node:module';
const fake = new URL('./fakeVscode.ts', import.meta.url).href;
registerHooks({ resolve: (specifier, context, next) => (specifier === 'vscode' ? { url: fake, shortCircuit: true } : next(specifier, context)) });
