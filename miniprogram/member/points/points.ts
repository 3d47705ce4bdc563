import { gifts } from '../../services/functions';
import { ownPage } from '../ownPage';
import { pointsView } from './view';

/** 我的积分 */
Page(ownPage({ call: () => gifts('points.mine', {}), view: pointsView }));
