import { sentenceOf } from '../../contract/failures';
import { onConnected } from '../../platform/network';
import { stopPullDown } from '../../platform/screen';
import { gifts } from '../../services/functions';
import { pointsView } from './view';
import type { PointsShown } from './view';

interface Data {
  state: 'loading' | 'empty' | 'error' | 'ready';
  sentence: string;
  shown: PointsShown | null;
}
interface Custom {
  stopListening: () => void;
  load(): Promise<void>;
}

Page<Data, Custom>({
  data: { state: 'loading', sentence: '', shown: null },
  stopListening: () => undefined,

  onLoad() {
    this.stopListening = onConnected(() => {
      if (this.data.state === 'error') void this.load();
    });
  },
  onUnload() {
    this.stopListening();
  },
  onShow() {
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },

  async load() {
    const answer = await gifts('points.mine', {});
    if (answer.ok) return this.setData({ state: 'ready', shown: pointsView(answer.reply) });
    const { failure } = answer;
    if (this.data.shown) return;
    this.setData({
      state: failure.code === 'not-a-member' ? 'empty' : 'error',
      sentence: sentenceOf(failure),
    });
  },
});
