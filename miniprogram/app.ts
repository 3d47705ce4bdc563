import { startCloud } from './platform/cloud';

App({
  onLaunch() {
    startCloud();
  },
});
