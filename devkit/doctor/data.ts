import { migrationJob } from '../../cloudfunctions/common/migrations/migrate';
import type { MigrationStep } from '../../cloudfunctions/common/migrations/step';
import type { JobPartDoc, RunDoc, StaffDoc } from '../../cloudfunctions/common/store/documents';
import type { Documents } from '../backup/database';
import { ill, mind, well } from './finding';
import type { Finding } from './finding';

const HOUR = 3_600_000;
const ago = (ms: number) =>
  ms < 2 * HOUR ? `${Math.round(ms / 60_000)} 分钟` : `${Math.round(ms / HOUR)} 小时`;

/** Jobs that hold a part and have not moved for this long were cut off, and nobody goes on with them. */
const STUCK_AFTER = HOUR;

/**
 * How the data stands: the first account, the last night, jobs that stopped, migrations. Four calls, whatever the size.
 *
 * @param now the cloud's clock
 */
export async function dataFindings(
  documents: Documents,
  migrations: readonly MigrationStep[],
  now: number,
): Promise<Finding[]> {
  const [staff, nights, jobs] = (await Promise.all([
    documents.behind('staff', '', 1000),
    documents.behind('runs', `nightly:${now - 48 * HOUR}`, 10),
    documents.behind('jobs', '', 1000),
  ])) as unknown as [StaffDoc[], RunDoc[], JobPartDoc[]];
  const findings: Finding[] = [];
  const hq = staff.filter(({ role, active }) => role === 'hq' && active).length;
  findings.push(
    hq > 0
      ? well(`总部账号：${hq} 个`)
      : ill('还没有总部账号', '给 members 设 HUITOU_BOOTSTRAP_SECRET 再部署，打开小程序选“第一次使用”'),
  );
  const night = nights.filter(({ _id }) => _id.startsWith('nightly:')).at(-1);
  findings.push(
    night
      ? well(
          `夜间定时器：${ago(now - night.at)}前跑过，${night.left > 0 ? `还剩 ${night.left} 位` : '都做完了'}`,
        )
      : mind('两天内没有夜间记录', '刚装好是正常的；否则看 docs/operations.md“定时器停了”'),
  );
  const stuck = jobs.filter(
    ({ finishedAt, leaseUntil }) => finishedAt === null && leaseUntil < now - STUCK_AFTER,
  );
  findings.push(
    stuck.length === 0
      ? well('后台任务：没有停住的')
      : ill(
          `后台任务停住了：${stuck.map(({ job, done, total }) => `${job}（${done}/${total}）`).join('、')}`,
          '看 pulse 的日志；它每分钟会接着做',
        ),
  );
  for (const step of migrations) {
    const part = jobs.find(({ job }) => job === migrationJob(step));
    if (part?.finishedAt == null)
      findings.push(
        mind(`数据迁移 ${step.number}（${step.name}）还没做完`, 'pulse 每分钟接着做，过会儿再看'),
      );
  }
  const rekeys = jobs.filter(({ job }) => job.startsWith('rekey:'));
  const under = rekeys.find(({ finishedAt }) => finishedAt === null);
  if (under)
    findings.push(mind(`手机号换密钥：已看 ${under.done} 位`, '做完之前不要去掉 HUITOU_PHONE_KEY_OLD'));
  else if (rekeys.length > 0) findings.push(well('手机号换密钥：已做完，HUITOU_PHONE_KEY_OLD 可以去掉'));
  return findings;
}
