/** How Slack is reached. A webhook's address is as secret as a token. */
export type SlackCredential = { readonly kind: 'bot'; readonly token: string } | { readonly kind: 'webhook'; readonly url: string };
