import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeEnvironment, Refused } from './environment';
import { leadCallsTo } from './route';

export interface RecordedCall {
  /** e.g. `scf.tencentcloudapi.com` */
  host: string;
  action: string;
  ask: Record<string, unknown>;
  headers: Record<string, unknown>;
}

export interface Rehearsal {
  environment: FakeEnvironment;
  calls: RecordedCall[];
  /** what happens to a call before or after it is done; throwing makes it fail */
  disturb: { before?: (call: RecordedCall) => void; after?: (call: RecordedCall) => void };
  end(): Promise<void>;
}

/** Actions that only look. */
export const isLook = (action: string): boolean => /^(Describe|List|Get)/.test(action);

/**
 * Stands in for the management interface of an environment with nothing in it, for this whole process, on 127.0.0.1: the
 * form of its requests and answers, signature headers included. What it cannot show is whether the real service agrees.
 */
export async function rehearse(envId: string): Promise<Rehearsal> {
  const environment = new FakeEnvironment(envId);
  const calls: RecordedCall[] = [];
  const disturb: Rehearsal['disturb'] = {};

  function answered(call: RecordedCall): object {
    const { headers } = call;
    const signed =
      /^TC3-HMAC-SHA256 Credential=\S+\/tc3_request, SignedHeaders=content-type;host, Signature=[0-9a-f]{64}$/;
    if (!signed.test(String(headers.authorization)))
      throw new Refused('AuthFailure.SignatureFailure', 'not signed');
    disturb.before?.(call);
    const reply = environment.answer(call.action, call.ask);
    disturb.after?.(call);
    return reply;
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers } = request;
      const ask = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, unknown>;
      const call = { host: String(headers.host), action: String(headers['x-tc-action']), ask, headers };
      calls.push(call);
      const RequestId = `rehearsal-${calls.length}`;
      let Response: object;
      try {
        Response = { ...answered(call), RequestId };
      } catch (error) {
        const Code = error instanceof Refused ? error.code : 'InternalError';
        Response = { Error: { Code, Message: (error as Error).message }, RequestId };
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ Response }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const takeBack = leadCallsTo((server.address() as AddressInfo).port);
  return {
    environment,
    calls,
    disturb,
    async end() {
      takeBack();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
