import { sentenceOf } from '../contract/failures';
import type { FailureCode } from '../contract/failures';
import type { Outcome } from '../contract/outcome';
import { onConnected } from '../platform/network';
import { stopPullDown } from '../platform/screen';
import { textStyle } from '../platform/textSize';

/** What every page of a member's own shows, whatever it is about. */
export interface OwnData<Shown> {
  state: 'loading' | 'empty' | 'error' | 'ready';
  sentence: string;
  shown: Shown | null;
  /** her text size, for the outermost view */
  text: string;
}

export interface OwnCustom {
  stopListening: () => void;
  load(): Promise<void>;
}

/** The page as these functions need it. */
interface Own<Shown> extends OwnCustom {
  data: OwnData<Shown>;
  setData(change: object): void;
}

/** What may be otherwise a moment later; every other refusal is an answer. */
const MAY_PASS: ReadonlySet<FailureCode> = new Set([
  'network-lost',
  'network-lost-reading',
  'server-error',
  'busy',
]);

interface Asks<Reply, Shown, Page> {
  /** @param page what its own fields say: a code it was opened with, a request key */
  call: (page: Page) => Promise<Outcome<Reply>>;
  view: (reply: Reply) => Shown;
  /** what is said in place of the page where there is nothing to show; null = there is */
  nothing?: (shown: Shown) => string | null;
  /** what else changes on the page with it, in the same setData */
  also?: (shown: Shown, page: Readonly<Record<string, unknown>>) => object;
}

/**
 * What a page of a member's own does besides showing: one call when it comes into sight, again by pulling and when the network
 * is back. What is on the screen stays there while a later call fails; whoever is no member yet reads a kind word instead.
 *
 * @example Page({ ...ownPage({ call: () => gifts('level.mine', {}), view: levelView }) });
 */
export function ownPage<Reply, Shown, Page = object>({
  call,
  view,
  nothing = () => null,
  also = () => ({}),
}: Asks<Reply, Shown, Page>) {
  const data: OwnData<Shown> = { state: 'loading', sentence: '', shown: null, text: textStyle() };
  return {
    data,
    stopListening: (): void => undefined,
    onLoad(this: Own<Shown>) {
      this.stopListening = onConnected(() => {
        if (this.data.state === 'error') void this.load();
      });
    },
    onUnload(this: Own<Shown>) {
      this.stopListening();
    },
    onShow(this: Own<Shown>) {
      void this.load();
    },
    async onPullDownRefresh(this: Own<Shown>) {
      await this.load();
      stopPullDown();
    },
    async load(this: Own<Shown>) {
      const answer = await call(this as unknown as Page);
      if (answer.ok) {
        const shown = view(answer.reply);
        const words = nothing(shown);
        return this.setData({
          state: words === null ? 'ready' : 'empty',
          sentence: words ?? '',
          shown,
          ...also(shown, { ...this.data }),
        });
      }
      if (this.data.shown) return;
      const { failure } = answer;
      this.setData({
        state: MAY_PASS.has(failure.code) ? 'error' : 'empty',
        sentence: sentenceOf(failure),
      });
    },
  };
}
