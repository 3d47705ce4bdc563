import type { Failure } from './failures';

/** What every cloud function answers. A refusal is data: the code says which, the rest says what to do next. */
export type Outcome<Reply> = { ok: true; reply: Reply } | { ok: false; failure: Failure };

/** What every call carries. `requestKey` names the person's act: repeating the act with its key gives the first answer. */
export interface Call<Ask = unknown> {
  action: string;
  ask: Ask;
  requestKey?: string;
}
