import { checkGraphqlExchange } from './graphqlSchema.ts';
import { openApi, type Description, type ExchangedRequest, type ExchangedResponse } from './openApi.ts';

/**
 * What GitHub's own descriptions say against one exchange with a server: REST by OpenAPI, GraphQL by its schema.
 * Other paths (Slack, web pages, downloads) are none of its business. Any suite may plug it in.
 */
export function checkExchange(
  request: ExchangedRequest, response: ExchangedResponse, description: Description = 'api.github.com',
): readonly string[] {
  if (/^(\/api)?\/graphql$/.test(request.path)) return checkGraphqlExchange(request, response);
  return request.path.startsWith('/api/v3/') || /^\/(repos|user|rate_limit|versions|meta)\b/.test(request.path)
    ? openApi(description).problems(request, response)
    : [];
}
