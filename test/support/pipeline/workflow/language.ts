import { registerHooks } from 'node:module';

// The parser imports its schema as JSON without saying so, which Node refuses.
registerHooks({
  load: (url, context, next) => {
    const isSchema = url.endsWith('.json') && url.includes('/@actions/');
    return next(url, isSchema ? { ...context, importAttributes: { ...context.importAttributes, type: 'json' } } : context);
  },
});

/** GitHub's own parser of workflow files. */
export const parser = await import('@actions/workflow-parser');

/** GitHub's own evaluator of `${{ }}`. */
export const expressions = await import('@actions/expressions');
