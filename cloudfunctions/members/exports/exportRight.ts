import * as z from 'zod';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { note } from '../../common/store/audit';
import { table } from '../../common/store/table';

/** Gives or takes the right to export; the audit says who gave it to whom. HQ has it no more than others by itself. Three calls. */
export const exportRight: Actions<OperationsContract>['export.right'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ staffId: anId, mayExport: z.boolean() }),
  async run({ scope, now, requestKey }, { staffId, mayExport }) {
    const staff = await table('staff').find(staffId);
    if (!staff) return refuse({ code: 'not-found', detail: '这位同事' });
    if (!staff.active) return refuse({ code: 'has-left', detail: staff.name });
    if ((staff.mayExport ?? false) !== mayExport) {
      await note({
        _id: `right:${staffId}:${requestKey}`,
        at: now,
        what: 'exportRight',
        staffId: scope.staff?._id ?? null,
        memberId: null,
        detail: `${scope.staff?.name ?? ''}${mayExport ? '给了' : '收回了'}${staff.name}（${staffId}）导出权限`,
      });
      await table('staff').changeIf({ _id: staffId, active: true }, { mayExport });
    }
    return done({ staffId, mayExport });
  },
};
