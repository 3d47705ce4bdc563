import type { Person } from '../host';
import { draw, drawButton } from '../runtime/ui/layer';
import { api } from './api';

const DEFAULT_YUAN = '268';

/** The till (收银台): the member on the member phone pays at the clerk's branch, and the POS sends its webhook. */
export class Till {
  readonly element: HTMLElement;
  private readonly who = draw('p', 'till-who');
  private readonly amount = draw('input', 'till-amount');
  private readonly result = draw('p', 'till-result');
  private readonly pay: HTMLButtonElement;
  private order: { memberId: string; branchId: string } | null = null;
  private busy = false;

  constructor() {
    this.amount.type = 'text';
    this.amount.inputMode = 'decimal';
    this.amount.value = DEFAULT_YUAN;
    this.amount.ariaLabel = '金额（元）';
    this.pay = drawButton('结账', 'till-pay', () => void this.checkout());
    this.amount.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') void this.checkout();
    });
    this.result.setAttribute('role', 'status');
    const row = draw('div', 'till-row', draw('span', '', '¥'), this.amount, this.pay);
    this.element = draw('section', 'till', draw('b', '', '收银台'), this.who, row, this.result);
  }

  /** Who pays, and where. */
  serve(member: Person | null, clerk: Person | null): void {
    const branchId = clerk?.branchId ?? member?.branchId;
    this.order = member?.memberId && branchId ? { memberId: member.memberId, branchId } : null;
    this.who.textContent = this.order
      ? `${member?.name} · ${clerk?.branchId ? clerk.note : '本店'}`
      : '先在会员手机上选一位会员';
    this.pay.disabled = !this.order || this.busy;
  }

  private async checkout(): Promise<void> {
    const yuan = Number(this.amount.value);
    if (!this.order || this.busy) return;
    if (!(yuan > 0)) return this.say('请输入大于 0 的金额。', true);
    this.busy = this.pay.disabled = true;
    try {
      this.say((await api.checkout({ ...this.order, yuan })).text, false);
    } catch (cause) {
      this.say(cause instanceof Error ? cause.message : String(cause), true);
    } finally {
      this.busy = this.pay.disabled = false;
    }
  }

  private say(text: string, bad: boolean): void {
    this.result.textContent = text;
    this.result.classList.toggle('bad', bad);
  }
}
