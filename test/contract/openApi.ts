import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';

const require = createRequire(import.meta.url);
// ajv-formats is CommonJS: its function is the module itself and its types say `default`.
const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;

/** GitHub's descriptions of its REST API that are checked against. */
export type Description = 'api.github.com' | 'ghes-3.19';

/** A request as it went over the wire. */
export interface ExchangedRequest {
  readonly method: string;
  /** With or without `/api/v3`, percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** The answer that came back. */
export interface ExchangedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Operation {
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly responses: Readonly<Record<string, Json>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

type Json = Readonly<Record<string, unknown>>;

/** What every refusal says. */
const REFUSAL = { allOf: [{ $ref: 'github#/components/schemas/basic-error' }, { required: ['message'] }] };

/** One of GitHub's OpenAPI descriptions, ready to judge exchanges. Compiled schemas are kept. */
export class OpenApi {
  readonly #document: Document;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #routes: readonly { readonly template: string; readonly pattern: RegExp }[];

  constructor(description: Description) {
    const document: unknown = require(`@octokit/openapi/generated/${description}.json`);
    this.#document = asJsonSchema(document) as Document;
    addFormats(this.#ajv);
    // GitHub's own answers bend two formats: an address not known is '', and a bot's e-mail address has brackets.
    this.#ajv.addFormat('uri', (text) => text === '' || URL.canParse(text));
    this.#ajv.addFormat('email', /@/);
    this.#ajv.addFormat('repo.nwo', /^[^/]+\/[^/]+$/);
    this.#ajv.addSchema(this.#document, 'github');
    this.#routes = Object.keys(this.#document.paths)
      .map((template) => ({ template, pattern: patternOf(template) }))
      .sort((a, b) => literalLength(b.template) - literalLength(a.template));
  }

  /** Whether a route such as `GET /repos/{owner}/{repo}` is described. */
  describes(route: string): boolean {
    const [method = '', template = ''] = route.split(' ');
    return this.#document.paths[template]?.[method.toLowerCase()] !== undefined;
  }

  /** What is wrong with a request, or with the answer to it, by the description; nothing when all is well. */
  problems(request: ExchangedRequest, response: ExchangedResponse): readonly string[] {
    const path = request.path.replace(/^\/api\/v3(?=\/)/, '');
    const method = request.method.toLowerCase();
    const route = this.#routes.find(({ template, pattern }) => pattern.test(path) && this.#document.paths[template]?.[method]);
    const operation = route && this.#document.paths[route.template]?.[method];
    if (!operation) return [`${request.method} ${path} is not described`];
    const where = `${request.method} ${route.template}`;
    const isRefusal = response.status >= 400;
    return [
      ...(isRefusal ? [] : this.#requestProblems(route.template, method, operation, request)),
      ...this.#responseProblems(route.template, method, operation, response),
    ].map((problem) => `${where}: ${problem}`);
  }

  #requestProblems(template: string, method: string, operation: Operation, request: ExchangedRequest): string[] {
    const problems: string[] = [];
    const known = (operation.parameters ?? []).map((one) => this.#resolve(one)).filter((one) => one['in'] === 'query');
    for (const [name, value] of request.query) {
      const parameter = known.find((one) => one['name'] === name);
      if (!parameter) problems.push(`unknown query parameter "${name}"`);
      // `created` is described as a date and documented as search syntax: the documentation is right.
      else if (name !== 'created') problems.push(...this.#check(`query ${template} ${method} ${name}`, parameter['schema'], coerce(value, parameter['schema'] as Json)).map((one) => `query ${name} ${one}`));
    }
    if (request.body === '') return problems;
    const content = this.#resolve(operation.requestBody ?? {})['content'] as Json | undefined;
    const schema = (content?.['application/json'] as Json | undefined)?.['schema'] as Json | undefined;
    if (!schema) return [...problems, 'has a body that is not described'];
    const body = JSON.parse(request.body) as Json;
    const properties = schema['properties'] as Json | undefined;
    for (const name of Object.keys(body)) if (properties && !(name in properties)) problems.push(`unknown field "${name}"`);
    problems.push(...this.#check(`body ${template} ${method}`, schema, body).map((one) => `body ${one}`));
    return problems;
  }

  #responseProblems(template: string, method: string, operation: Operation, { status, headers, body }: ExchangedResponse): string[] {
    // A 304 answers any conditional request, whether the route mentions it or not.
    if (status === 304) return body === '' ? [] : ['a 304 has no body'];
    const described = operation.responses[String(status)];
    if (status >= 400) {
      // GitHub answers these anywhere; not every route lists them, or says what they carry.
      if (!described && ![400, 401, 403, 404, 422, 429].includes(status)) return [`status ${status} is not described`];
      const problems = this.#check('refusal', REFUSAL, JSON.parse(body));
      if (problems.length > 0 || !described || !this.#resolve(described)['content']) return problems;
    }
    // Whoever follows redirects sees what lies behind the one that is described.
    if (!described) return status === 200 && operation.responses['302'] ? [] : [`status ${status} is not described`];
    const content = this.#resolve(described)['content'] as Json | undefined;
    const type = (headers['content-type'] ?? '').split(';')[0] ?? '';
    if (!content) return body === '' || type !== 'application/json' || body === '{}' ? [] : [`status ${status} has no body`];
    const asked = headers['x-github-media-type']?.includes('param=object') ? content['application/vnd.github.object'] : content['application/json'];
    const schema = ((asked ?? Object.values(content)[0]) as Json)['schema'];
    if (type !== 'application/json') return type.includes('raw') ? [] : [`answers ${type}`];
    const kind = headers['x-github-media-type'] ?? '';
    return this.#check(`response ${template} ${method} ${status} ${kind}`, schema, JSON.parse(body));
  }

  #check(key: string, schema: unknown, value: unknown): string[] {
    let validate = this.#compiled.get(key);
    if (!validate) {
      validate = this.#ajv.compile(absolute(schema) as object);
      this.#compiled.set(key, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []).slice(0, 6).map(({ instancePath, message, params }) =>
      `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
  }

  #resolve(value: Json): Json {
    const reference = value['$ref'];
    if (typeof reference !== 'string') return value;
    return reference.replace(/^(github)?#\//, '').split('/').reduce<unknown>((at, part) => (at as Json)[part.replaceAll('~1', '/')], this.#document) as Json;
  }
}

const loaded = new Map<Description, OpenApi>();

/** The description of that name, loaded once. */
export function openApi(description: Description = 'api.github.com'): OpenApi {
  let api = loaded.get(description);
  if (!api) {
    api = new OpenApi(description);
    loaded.set(description, api);
  }
  return api;
}

/** OpenAPI 3.0's schemas as JSON Schema: `nullable` becomes a type, examples and discriminators go. */
function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, example: _example, examples: _examples, discriminator: _discriminator, ...rest } = value as Record<string, unknown>;
  const schema = Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, name === 'enum' ? one : asJsonSchema(one)]));
  // A property may itself be called `nullable`: only the keyword is `true`.
  if (nullable !== true) return nullable === undefined ? schema : { ...schema, nullable: asJsonSchema(nullable) };
  return { anyOf: [schema, { type: 'null' }] };
}

function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) =>
    [name, name === '$ref' && typeof one === 'string' && one.startsWith('#') ? `github${one}` : absolute(one)]));
}

function coerce(text: string, schema: Json | undefined): unknown {
  const types = JSON.stringify(schema ?? {});
  if (/"type":"(integer|number)"/.test(types) && /^-?\d+$/.test(text)) return Number(text);
  return types.includes('"boolean"') && /^(true|false)$/.test(text) ? text === 'true' : text;
}

function patternOf(template: string): RegExp {
  const source = template
    .replace(/\/\{path\}$/, '(?:/.*)?')
    .replace(/\{(?:ref|basehead|branch)\}$/, '.+')
    .replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${source}$`);
}

function literalLength(template: string): number {
  return template.replace(/\{\w+\}/g, '').length;
}
