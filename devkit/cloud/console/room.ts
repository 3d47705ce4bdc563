import type { CloudParts } from '../wire/action';
import type { Html } from './html';

/** What a page of the console is made from. */
export interface ConsoleRequest {
  cloud: CloudParts;
  /** Whether things may be changed here. */
  canWrite: boolean;
  query: URLSearchParams;
}

export interface ConsolePage {
  title: string;
  body: Html;
  /** HTTP status; 200 when missing. */
  status?: number;
}

/** Answers a GET. */
export type ShowPage = (request: ConsoleRequest) => ConsolePage;

/** Performs a POST; the address to go to then. Throws a `CloudError` with a Chinese sentence when it refuses. */
export type Act = (cloud: CloudParts, form: URLSearchParams) => Promise<string> | string;

/**
 * An address of the console.
 *
 * @example addressOf('documents', { c: 'members', after: undefined }); // → '/_console/documents?c=members'
 */
export function addressOf(page: string, parameters: Record<string, string | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) if (value) query.set(key, value);
  const text = query.toString();
  return `/_console${page && `/${page}`}${text && `?${text}`}`;
}
