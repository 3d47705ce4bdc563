import { goTo } from '../../platform/screen';
import { PARTS } from './view';

/** 隐私说明: the same for everybody, without a call. Its sheet asks when a page without one needed consent. */
Page({
  data: { parts: PARTS },
  onMine() {
    goTo('/member/mine/mine');
  },
});
