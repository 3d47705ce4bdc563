import fc from 'fast-check';
import {
  actsIn,
  CAMPAIGN_ACTS,
  CAMPAIGN_STATES,
  mayApprove,
  nextState,
  RUNNING,
} from '../../../../miniprogram/domain/outreach/campaign/life';
import type { CampaignStanding, CampaignTurn } from '../../../../miniprogram/domain/outreach/campaign/life';

const TURNS: CampaignTurn[] = ['allIn', 'followUpDue', 'over'];
const after = (from: CampaignStanding, act: Parameters<typeof nextState>[1]) => {
  const next = nextState(from, act);
  return next.ok ? next.value : next.failure.detail;
};

describe('the life of a campaign', () => {
  it('goes from draft to its end', () => {
    const way = ['submit', 'approve', 'schedule', 'launch', 'allIn', 'followUpDue', 'over'] as const;
    let standing: CampaignStanding = { status: 'draft' };
    const states = way.map((act) => {
      const next = nextState(standing, act);
      if (!next.ok) throw new Error(next.failure.detail);
      standing = { status: next.value };
      return next.value;
    });
    expect(states).toEqual(['submitted', 'approved', 'scheduled', 'launching', 'live', 'followUp', 'closed']);
  });

  it('goes on after a pause where it was', () => {
    for (const status of ['scheduled', 'launching', 'live', 'followUp'] as const) {
      expect(after({ status }, 'pause')).toBe('paused');
      expect(after({ status: 'paused', pausedFrom: status }, 'resume')).toBe(status);
    }
  });

  it('takes nothing out without approval, and approves nothing twice', () => {
    expect(after({ status: 'draft' }, 'launch')).toContain('请先提交审批');
    expect(after({ status: 'submitted' }, 'schedule')).toContain('等审批');
    expect(after({ status: 'approved' }, 'approve')).toContain('已经通过');
  });

  it('lets nobody change what was approved without taking it back', () => {
    for (const status of ['submitted', 'approved', 'scheduled', 'live'] as const)
      expect(nextState({ status }, 'save').ok).toBe(false);
    expect(after({ status: 'scheduled' }, 'withdraw')).toBe('draft');
  });

  it('drops only what never went out, and closes only what did', () => {
    for (const status of CAMPAIGN_STATES) {
      const isRunning = RUNNING.includes(status);
      expect(nextState({ status }, 'close').ok).toBe(isRunning);
      if (isRunning) expect(nextState({ status }, 'drop').ok).toBe(false);
    }
  });

  it('offers exactly what it allows, and says what to do instead of the rest', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CAMPAIGN_STATES),
        fc.constantFrom(...CAMPAIGN_ACTS, ...TURNS),
        (status, act) => {
          const next = nextState({ status }, act);
          if (!next.ok) expect(next.failure.detail).toMatch(/请|可以|会/);
          else if (!TURNS.includes(act as CampaignTurn)) expect(actsIn(status)).toContain(act);
        },
      ),
    );
  });

  it('has no way out of its end', () => {
    expect(actsIn('closed')).toEqual([]);
    expect(actsIn('dropped')).toEqual([]);
  });
});

describe('approval', () => {
  it('is another person as soon as there is one', () => {
    expect(mayApprove({ hqAccounts: 1, submittedBy: 'a', by: 'a' }).ok).toBe(true);
    expect(mayApprove({ hqAccounts: 2, submittedBy: 'a', by: 'a' })).toMatchObject({
      failure: { code: 'approve-own' },
    });
    expect(mayApprove({ hqAccounts: 2, submittedBy: 'a', by: 'b' }).ok).toBe(true);
  });
});
