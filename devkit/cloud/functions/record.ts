/** An invocation that ended, for whoever looks back. */
export interface InvocationRecord {
  /** The cloud's clock when it ended, ms. */
  at: number;
  requestId: string;
  name: string;
  /** The event's `action`, when it has one. */
  action: string | undefined;
  openid: string | undefined;
  /** Real milliseconds, the waiting for a worker included. */
  ms: number;
  databaseCalls: number;
  logs: string[];
  failure?: { code: string; message: string };
}
