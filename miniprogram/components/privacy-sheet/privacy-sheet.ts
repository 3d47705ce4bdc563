import { answerPrivacy, joinPrivacy } from '../../platform/privacy';
import { goTo } from '../../platform/screen';

const AGREE_BUTTON = 'privacy-agree';

/**
 * Asks for consent to the privacy guide (隐私保护指引) when WeChat wants it, which is when the clipboard or a file is touched for the
 * first time, and never before. It comes with `load-state`; a page without one is asked on the privacy page.
 *
 * @example <privacy-sheet />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  data: { isOpen: false },
  lifetimes: {
    attached() {
      this.join();
    },
    detached() {
      this.leave();
    },
  },
  pageLifetimes: {
    show() {
      this.join();
    },
    hide() {
      this.leave();
    },
  },
  methods: {
    join() {
      const me = this as unknown as { goAway?: () => void };
      me.goAway ??= joinPrivacy((isOpen) => {
        if (isOpen !== this.data.isOpen) this.setData({ isOpen });
      });
    },
    leave() {
      const me = this as unknown as { goAway: (() => void) | undefined };
      me.goAway?.();
      me.goAway = undefined;
    },
    agree() {
      answerPrivacy(true, AGREE_BUTTON);
    },
    decline() {
      answerPrivacy(false, '');
    },
    read() {
      goTo('/pages/privacy/privacy');
    },
    /** keeps the page behind from scrolling under the mask */
    hold() {
      return;
    },
  },
});
