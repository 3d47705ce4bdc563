import { gifts } from '../../services/functions';
import { ownPage } from '../ownPage';
import { levelView } from './view';

/** 我的等级 */
Page(ownPage({ call: () => gifts('level.mine', {}), view: levelView }));
