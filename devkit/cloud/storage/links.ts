import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Store } from '../store/store';

const NOTE = 'storage:secret';

/** Signs the addresses under which a file may be written or read for a while. */
export class Links {
  private readonly secret: string;

  constructor(store: Store) {
    const kept = store.notes.get(NOTE) as string | undefined;
    this.secret = kept ?? randomBytes(32).toString('hex');
    if (!kept) void store.commits.submit(() => void store.notes.put(NOTE, this.secret));
  }

  /** `expires` in real ms; a link is about this machine's network, not about the demo's calendar. */
  sign(use: 'read' | 'write', cloudPath: string, expires: number): string {
    return createHmac('sha256', this.secret)
      .update(`${use}\n${cloudPath}\n${expires}`)
      .digest('hex')
      .slice(0, 32);
  }

  allows(use: 'read' | 'write', cloudPath: string, expires: number, signature: string): boolean {
    if (!(expires > Date.now())) return false;
    const wanted = Buffer.from(this.sign(use, cloudPath, expires));
    const given = Buffer.from(signature);
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  }
}
