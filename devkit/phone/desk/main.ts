import { SLOTS } from '../host';
import type { DeskNews } from '../runtime/boot';
import type { PhoneMessage, ShareCard } from '../runtime/phone';
import { draw } from '../runtime/ui/layer';
import { api } from './api';
import { Chat } from './chat';
import { drawTabs, followWindow, showTab } from './layout';
import { Seat } from './seat';
import { Till } from './till';
import { TopBar } from './topbar';

const channel = new BroadcastChannel('huitou-phones');
const announce = (news: DeskNews) => channel.postMessage(news);

const chat = new Chat({
  open: (card) => void openCard(card, false),
  openAsFriend: (card) => void openCard(card, true),
});
const till = new Till();
const seats = SLOTS.map((slot) => new Seat(slot, seated));
const seatOf = (slot: string) => seats.find((seat) => seat.slot === slot);
const top = new TopBar({
  moved: (now) => announce({ kind: 'clock', now }),
  wasReset: () => {
    announce({ kind: 'reset' });
    chat.clear();
    void fillSeats();
  },
});

/** Someone took a phone: chat and till show the new pair. */
function seated(): void {
  const clerk = seatOf('clerk')?.person ?? null;
  const member = seatOf('member')?.person ?? null;
  chat.between(clerk, member);
  till.serve(member, clerk);
}

async function fillSeats(): Promise<void> {
  await Promise.all(seats.map((seat) => seat.fill()));
}

/** A card opens on the phone of the member it was meant for, or of a friend to whom it was passed on. */
async function openCard(card: ShareCard, asFriend: boolean): Promise<void> {
  const seat = seatOf('member');
  if (!seat) return;
  try {
    const meant = await api.recipientOf(card.path);
    const person = meant ? (asFriend ? meant.friend : meant.person) : seat.person;
    if (!person) return chat.remark('会员手机上还没有人。');
    if (!meant && asFriend) chat.remark('看不出这张卡是发给谁的，就在当前的会员手机上打开。');
    seat.sit(person, card.path);
    showTab('member');
  } catch (cause) {
    chat.remark(cause instanceof Error ? cause.message : String(cause));
  }
}

function hear(event: MessageEvent<PhoneMessage & { from?: string }>): void {
  if (event.origin !== location.origin || event.data.from !== 'huitou-phone') return;
  const seat = seats.find((one) => one.owns(event.source));
  if (!seat) return;
  const { data } = event;
  if (data.kind === 'draft' && seat.slot !== 'member') chat.paste(data.text);
  else if (data.kind === 'card') chat.receive(data.card, seat.slot !== 'member');
  else if (data.kind === 'ask-codes') {
    const codes = seats.filter((other) => other !== seat).flatMap((other) => other.codes());
    seat.tell({ kind: 'codes', id: data.id, codes });
  }
}

const side = draw('div', 'side', chat.element, till.element);
const row = draw('main', 'row');
for (const seat of seats) {
  row.append(seat.element);
  if (seat.slot === 'clerk') row.append(side);
}
document.body.append(top.element, drawTabs(showTab), row);
window.addEventListener('message', hear);
followWindow();
showTab('clerk');
void top.start();
void fillSeats();
