import type { ScriptsContract } from '../../../miniprogram/contract/scripts';
import type { ScriptTestsContract } from '../../../miniprogram/contract/scriptTests';
import type { Actions } from '../../common/entry/action';
import { scriptFeedback } from './scriptFeedback';
import { scriptLint } from './scriptLint';
import { scriptList } from './scriptList';
import { scriptSave } from './scriptSave';
import { scriptSwitch } from './scriptSwitch';
import { testEnd } from './testEnd';
import { testStart } from './testStart';
import { wordsGet } from './wordsGet';
import { wordsSave } from './wordsSave';

/** 话术库: what the chain says, who may change it, and the words it does not use. */
export const scriptActions: Actions<ScriptsContract & ScriptTestsContract> = {
  'script.list': scriptList,
  'script.save': scriptSave,
  'script.switch': scriptSwitch,
  'script.lint': scriptLint,
  'script.feedback': scriptFeedback,
  'test.start': testStart,
  'test.end': testEnd,
  'words.get': wordsGet,
  'words.save': wordsSave,
};
