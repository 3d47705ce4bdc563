import { globalAgent } from 'node:https';
import { connect } from 'node:net';

/**
 * Leads every HTTPS call of this process to a port of this machine, unencrypted, until it is taken back: the library
 * signs and sends as it would to Tencent, and the `host` header says which service it meant. Its address cannot be set
 * otherwise (only the `tcb` service's can, by TCB_BASE_URL).
 *
 * @returns a function that takes it back
 */
export function leadCallsTo(port: number): () => void {
  const agent = globalAgent as unknown as { createConnection: (...args: unknown[]) => unknown };
  const before = agent.createConnection;
  // A connection that was kept open would lead elsewhere.
  globalAgent.destroy();
  agent.createConnection = () => connect(port, '127.0.0.1');
  return () => {
    agent.createConnection = before;
    globalAgent.destroy();
  };
}
