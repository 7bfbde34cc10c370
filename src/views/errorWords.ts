import type { DeployError } from '../core/deployError.ts';
import { plainText } from '../core/plainText.ts';
import type { Text } from '../core/text.ts';

/** An error's sentence; what fills it may come from elsewhere and is made fit for one line. */
export function errorWords({ message, values }: DeployError): Text {
  return { message, values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainText(value, 300)])) };
}
