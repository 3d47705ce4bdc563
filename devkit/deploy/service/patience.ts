export interface Patience {
  /** ms between two looks, and before a call that came too soon is sent again */
  between: number;
  /** ms after which nobody waits any longer */
  atMost: number;
}

export const REAL_PATIENCE: Patience = { between: 1500, atMost: 10 * 60_000 };
const TRIES = 4;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Refusals that mean "not now": too many calls a second, or the part is being changed by the call before. */
const isTooSoon = (error: unknown): boolean =>
  /RequestLimitExceeded|FunctionStatusError|FailedOperation\.FunctionStatus|ResourceInUse\.Updating/.test(
    String((error as { code?: string }).code),
  );

/** Calls that are sent again when they came too soon, and waiting for what the service is still doing. */
export function patiently({ between, atMost }: Patience) {
  return {
    async once<T>(call: () => Promise<T>): Promise<T> {
      for (let attempt = 1; ; attempt++) {
        try {
          return await call();
        } catch (error) {
          if (attempt === TRIES || !isTooSoon(error)) throw error;
          await pause(between * attempt);
        }
      }
    },
    async until(what: string, isDone: () => Promise<boolean>): Promise<void> {
      for (let waited = 0; waited <= atMost; waited += Math.max(1, between)) {
        if (await isDone()) return;
        await pause(between);
      }
      throw new Error(`等${what}等了 ${Math.round(atMost / 60_000)} 分钟还没有好`);
    },
  };
}
