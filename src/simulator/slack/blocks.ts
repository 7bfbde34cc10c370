/** A Block Kit block as it came in: checked by `blockProblems` before it is kept. */
export interface Block {
  readonly type: string;
  readonly text?: TextObject;
  readonly fields?: readonly TextObject[];
  readonly elements?: readonly TextObject[];
  readonly block_id?: string;
}

/** Block Kit's text object. */
export interface TextObject {
  readonly type: 'mrkdwn' | 'plain_text';
  readonly text: string;
  readonly emoji?: boolean;
  readonly verbatim?: boolean;
}

/** Block Kit's limits, from Slack's reference of blocks and text objects. */
const limits = { blocks: 50, header: 150, section: 3000, fields: 10, field: 2000, contextElements: 10, text: 3000, blockId: 255 };

/** What Slack would find wrong with a message's blocks, in the words of its `errors` list; empty when they are fine. */
export function blockProblems(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return ['must be an array [json-pointer:/blocks]'];
  const problems: string[] = [];
  if (value.length > limits.blocks) problems.push(`no more than ${limits.blocks} items allowed [json-pointer:/blocks]`);
  value.forEach((block: unknown, index) => problems.push(...oneBlock(block, `/blocks/${index}`)));
  return problems;
}

function oneBlock(value: unknown, at: string): readonly string[] {
  if (!isObject(value)) return [`must be an object [json-pointer:${at}]`];
  const blockId = value['block_id'];
  const idProblem =
    blockId === undefined || (typeof blockId === 'string' && blockId.length <= limits.blockId)
      ? []
      : [`must be a string of at most ${limits.blockId} characters [json-pointer:${at}/block_id]`];
  switch (value['type']) {
    case 'header':
      return [...idProblem, ...textObject(value['text'], `${at}/text`, limits.header, ['plain_text'])];
    case 'section':
      return [...idProblem, ...section(value, at)];
    case 'context':
      return [...idProblem, ...list(value['elements'], `${at}/elements`, limits.contextElements, limits.text)];
    case 'divider':
      return idProblem;
    default:
      return [`unsupported type: ${String(value['type'])} [json-pointer:${at}/type]`];
  }
}

function section(block: Readonly<Record<string, unknown>>, at: string): readonly string[] {
  if (block['text'] === undefined && block['fields'] === undefined) return [`missing required field: text or fields [json-pointer:${at}]`];
  return [
    ...(block['text'] === undefined ? [] : textObject(block['text'], `${at}/text`, limits.section)),
    ...(block['fields'] === undefined ? [] : list(block['fields'], `${at}/fields`, limits.fields, limits.field)),
  ];
}

function list(value: unknown, at: string, maxItems: number, maxLength: number): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return [`must contain at least 1 item [json-pointer:${at}]`];
  const tooMany = value.length > maxItems ? [`no more than ${maxItems} items allowed [json-pointer:${at}]`] : [];
  return [...tooMany, ...value.flatMap((each: unknown, index) => textObject(each, `${at}/${index}`, maxLength))];
}

function textObject(value: unknown, at: string, maxLength: number, types = ['mrkdwn', 'plain_text']): readonly string[] {
  if (!isObject(value)) return [`must be an object [json-pointer:${at}]`];
  const problems: string[] = [];
  const content = value['text'];
  if (!types.includes(String(value['type']))) problems.push(`must be one of: ${types.join(', ')} [json-pointer:${at}/type]`);
  if (typeof content !== 'string') problems.push(`must be a string [json-pointer:${at}/text]`);
  else if (content.length === 0) problems.push(`must be more than 0 characters [json-pointer:${at}/text]`);
  else if (content.length > maxLength) problems.push(`must be less than ${maxLength + 1} characters [json-pointer:${at}/text]`);
  if (value['emoji'] !== undefined && value['type'] !== 'plain_text') problems.push(`emoji is only for plain_text [json-pointer:${at}/emoji]`);
  if (value['verbatim'] !== undefined && value['type'] !== 'mrkdwn') problems.push(`verbatim is only for mrkdwn [json-pointer:${at}/verbatim]`);
  return problems;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
