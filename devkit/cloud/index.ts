export { startLocalCloud } from './cloud';
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
