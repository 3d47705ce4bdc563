import { startCloud } from './platform/cloud';
import { offerUpdate } from './platform/update';
import { reportTrouble } from './services/trouble';

App({
  onLaunch() {
    startCloud();
    reportTrouble();
    offerUpdate();
  },
});
