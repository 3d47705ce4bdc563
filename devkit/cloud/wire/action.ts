import type { Faults } from '../faults/faults';
import type { FunctionRunner } from '../functions/runner';
import type { LogEntry } from '../options';
import type { Blobs } from '../storage/blobs';
import type { Links } from '../storage/links';
import type { QueryBook } from '../store/query-book';
import type { Store } from '../store/store';
import type { WechatSink } from '../wechat/sink';
import type { FileNames } from './file-names';

/** Everything the wire reaches. */
export interface CloudParts {
  env: string;
  port: number;
  store: Store;
  runner: FunctionRunner;
  blobs: Blobs;
  files: FileNames;
  links: Links;
  wechat: WechatSink;
  faults: Faults;
  now: () => number;
  newId: () => string;
  /** which kinds of queries were asked, and how they were answered */
  queries: QueryBook;
  log: (entry: Omit<LogEntry, 'at'>) => void;
}

export interface ActionContext {
  cloud: CloudParts;
  requestId: string;
  /** The function invocation the request comes from; `undefined` for a program outside. */
  owner: string | undefined;
}

export type Parameters = Record<string, unknown>;

/** Answers one action of the SDK: fields of the reply, or bytes for the multipart actions. */
export type Action = (
  context: ActionContext,
  parameters: Parameters,
) => Promise<object | Buffer> | object | Buffer;
