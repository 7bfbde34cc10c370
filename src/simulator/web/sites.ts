import { json, text, type SimRequest, type SimResponse } from '../http.ts';
import type { World } from '../world/world.ts';

/** What a deployed site says about itself: `GET /sites/{environment}/version` is the truth, whatever the records claim. */
export function answerSite(world: World, request: SimRequest): SimResponse {
  const match = /^\/sites\/(.+)\/version$/.exec(request.path);
  const environment = decodeURIComponent(match?.[1] ?? '').toLowerCase();
  const site = world.home.sites.get(environment);
  return site ? json({ version: site.version, sha: site.sha }) : text('No such site', 404);
}
