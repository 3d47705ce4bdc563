import * as cloudbase from '@cloudbase/node-sdk';

interface Event {
  /** so many calls of a claim, in its order; `take` is the piece alone */
  calls: number | 'take';
  openid: string;
  link: string;
  key: string;
  pot: string;
}

/**
 * What a claim is measured against: the SDK alone making as many calls of the same kinds, on documents of the same size:
 * who is calling, the gift with its member and coupon, a piece, the coupon. It decides nothing and minds nobody.
 */
export async function main({ calls, openid, link, key, pot }: Event): Promise<{ calls: number }> {
  const db = cloudbase.init({ env: cloudbase.SYMBOL_CURRENT_ENV as unknown as string }).database();
  const _ = db.command;
  const take = () =>
    db
      .collection('barePots')
      .where({ _id: pot, left: _.gte(1), [`takes.${key}`]: null })
      .update({ left: _.inc(-1), [`takes.${key}`]: 1 });
  if (calls === 'take') {
    await take();
    return { calls: 1 };
  }
  const steps: ((at: number) => Promise<unknown>)[] = [
    () => db.collection('staff').where({ openid, active: true }).limit(1).get(),
    () =>
      db
        .collection('tasks')
        .aggregate()
        .match({ link })
        .limit(1)
        .lookup({ from: 'members', localField: 'memberId', foreignField: '_id', as: 'members' })
        .addFields({ couponId: _.aggregate.concat(['$_id', ':0']) })
        .lookup({ from: 'coupons', localField: 'couponId', foreignField: '_id', as: 'coupons' })
        .end(),
    take,
    (at) =>
      db.collection('bareCoupons').add({
        _id: `${key}${at}`,
        taskId: key,
        campaignId: 'bare',
        memberId: key,
        memberName: '会员',
        phoneTail: '1234',
        openid,
        title: '好久不见 · 回归礼',
        rule: { kind: 'percent', pay: 70, minFen: 0, capFen: 10_000 },
        code: `${key}${at}`,
        secretWord: `${key}${at}`,
        status: 'unused',
        claimedAt: 1,
        expiresAt: 2,
        redeemed: null,
        stock: { pot, token: 'abcdefgh' },
        owes: 1,
      }),
  ];
  for (let at = 0; at < calls; at++) await steps[at % steps.length]?.(at);
  return { calls };
}
