import type { Person, Playing, Slot } from '../host';

/** A refusal of the server as an Error with its Chinese sentence. */
async function answer<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T & { message?: string };
  if (!response.ok) throw new Error(body.message ?? `服务器回答 ${response.status}。`);
  return body;
}

const unreachable = () => {
  throw new Error('连不上本机的服务，请看看它是否还在运行。');
};

async function get<T>(path: string): Promise<T> {
  return answer<T>(await fetch(path).catch(unreachable));
}

async function post<T>(path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return answer<T>(
    await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(unreachable),
  );
}

/** What the desk asks its server. */
export const api = {
  now: () => get<{ now: number; consoleUrl: string | null }>('/api/now'),
  moveDay: (days: number) => post<{ now: number; fired: string[] }>('/api/move-day', { days }),
  /** null = this desk plays no days */
  playing: () => get<{ playing: Playing | null; now: number }>('/api/simulate'),
  simulate: (days: number) => post<{ playing: Playing; now: number }>('/api/simulate', { days }),
  reset: () => post<{ now: number }>('/api/reset', {}),
  people: async (slot: Slot, query: string) =>
    (await get<{ people: Person[] }>(`/api/people?${new URLSearchParams({ slot, query }).toString()}`))
      .people,
  recipientOf: async (path: string) =>
    (
      await get<{ recipient: { person: Person; friend: Person } | null }>(
        `/api/recipient?${new URLSearchParams({ path }).toString()}`,
      )
    ).recipient,
  checkout: (order: { memberId: string; branchId: string; yuan: number }) =>
    post<{ text: string }>('/api/checkout', order),
};
