export { startLocalCloud } from './cloud';
export type { FaultEntry, FaultKind, FaultRule } from './faults/rule';
export { CloudError, CloudStartError, type StartFailure } from './failures';
export type {
  Caller,
  IndexDeclaration,
  Invocation,
  LocalCloud,
  LocalCloudOptions,
  LogEntry,
} from './options';
export type { WechatMessage } from './wechat/message';
export type { QueryKind } from './store/query-book';
