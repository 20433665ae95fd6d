import { WebhookUrlRefused } from './errors';

const MAX_LENGTH = 2_048;

/**
 * Returns the parsed form of the URL. Whether its address is allowed is checked when something is sent. @throws
 * WebhookUrlRefused
 */
export function webhookUrl(text: string, isPrivateAllowed: boolean): string {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) throw new WebhookUrlRefused('it is not a URL');
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol)) throw new WebhookUrlRefused('it is neither http nor https');
  if (url.protocol === 'http:' && !isPrivateAllowed) throw new WebhookUrlRefused('it is not https');
  if (url.username !== '' || url.password !== '') throw new WebhookUrlRefused('it holds credentials');
  url.hash = '';
  return url.toString();
}
