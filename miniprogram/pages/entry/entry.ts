import { sentenceOf } from '../../contract/failures';
import { startAt } from '../../platform/screen';
import { members } from '../../services/functions';
import { homeOf } from './view';

interface Data {
  failed: boolean;
  sentence: string;
}
interface Custom {
  enter(): Promise<void>;
}

/** The door: finds out who holds the phone and leads her home. */
Page<Data, Custom>({
  data: { failed: false, sentence: '' },

  onLoad() {
    void this.enter();
  },

  async enter() {
    this.setData({ failed: false });
    const answer = await members('session.open', {});
    if (answer.ok) startAt(homeOf(answer.reply.role));
    else this.setData({ failed: true, sentence: sentenceOf(answer.failure) });
  },
});
