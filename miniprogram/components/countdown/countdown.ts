import { later, phoneNow } from '../../platform/clock';
import { timeLeft } from './left';

interface Instance {
  stop: (() => void) | null;
  /** server time minus phone time, taken when `now` arrived */
  ahead: number;
}

/**
 * A live countdown. It never counts ticks: at each turn it asks how late it is, so a phone that slept in a pocket shows
 * the right time when it wakes. `now` is the server's clock, so a phone set wrong does not shorten anybody's coupon.
 *
 * Event: `over`, once, when time is up while somebody is looking.
 *
 * @example <countdown now="{{now}}" expires-at="{{expiresAt}}" bind:over="onOver" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** ms; the instant it ends */
    expiresAt: { type: Number, value: 0 },
    /** ms; the server's clock when the page's reply was made; 0 = trust the phone */
    now: { type: Number, value: 0 },
    /** 'large' has boxes for the digits; 'small' is one line of text */
    size: { type: String, value: 'large' },
  },
  data: { left: timeLeft(0), started: false },
  observers: {
    now(now: number) {
      (this as unknown as Instance).ahead = now > 0 ? now - phoneNow() : 0;
    },
    'expiresAt, now'() {
      this.turn(false);
    },
  },
  lifetimes: {
    detached() {
      this.pause();
    },
  },
  pageLifetimes: {
    show() {
      this.turn(true);
    },
    hide() {
      this.pause();
    },
  },
  methods: {
    turn(tells: boolean) {
      this.pause();
      if (!this.data.expiresAt) return;
      const self = this as unknown as Instance;
      const leftMs = this.data.expiresAt - phoneNow() - (self.ahead || 0);
      const left = timeLeft(leftMs);
      this.setData({ left, started: true });
      if (!left.over) self.stop = later(leftMs % 1000 || 1000, () => this.turn(true));
      else if (tells) this.triggerEvent('over');
    },
    pause() {
      const self = this as unknown as Instance;
      self.stop?.();
      self.stop = null;
    },
  },
});
