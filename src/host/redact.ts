const secrets: readonly RegExp[] = [
  /\bgh[opsur]_[A-Za-z0-9]{16,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bxox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{8,}/g,
  /\bhttps?:\/\/[^\s/]+\/(?:services|triggers|workflows)\/T[A-Za-z0-9]+\/[A-Za-z0-9]+\/[A-Za-z0-9/]+/g,
  /(?<=\b(?:authorization|x-oauth-token)["']?\s*[:=]\s*["']?)(?:bearer|token|basic)\s+[^\s"',}]+/gi,
  /(?<=:\/\/)[^\s/@:]+:[^\s/@]+(?=@)/g,
];

/** The text without what looks like a token, a webhook's address or a password in an address: the last guard before the log. */
export function redact(text: string): string {
  return secrets.reduce((clean, pattern) => clean.replace(pattern, '[secret]'), text);
}
