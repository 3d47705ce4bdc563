/** `买过奶粉`, with what may stand before it and turn it around. */
const BOUGHT =
  /(没有?|未|不|想|要|打算|准备)?(?:购买|买|购|拿|订|下单|消费)(?:过|了|的|走)*([^\s,;:。!?|()]*)/;
/** Said of buying without saying what. */
const NOTHING_SAID =
  /^(?:(?:点|些|过|很多|好多|不少)?(?:东西|货|过|吧|呢|啊|了|的)?|(?:\d+|[一二两三四五六七八九十几好]+)(?:次|单|回|件|笔|样|元|块).*)$/;

export interface Bought {
  what: string | null;
  /** the words that say that she did not buy, or not yet */
  denied: string | null;
  rest: string;
}

/**
 * Takes out of a line what was bought.
 *
 * @param text in NFKC and without its times
 * @example boughtIn('上次 买过奶粉') // → { what: '奶粉', denied: null, rest: '上次  ' }
 * @example boughtIn('看了看没买').denied // → '没买'
 */
export function boughtIn(text: string): Bought {
  const match = BOUGHT.exec(text);
  if (!match) return { what: null, denied: null, rest: text };
  const [whole, turned, said = ''] = match;
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + whole.length)}`;
  const what = said.replace(/[了的吧呢啊、.]+$/, '');
  if (turned !== undefined) return { what: null, denied: whole, rest };
  return { what: NOTHING_SAID.test(what) ? null : what, denied: null, rest };
}

const QUANTITY = /^(?:\d+|[一二两三四五六七八九十半几好]+)[罐包件瓶盒袋双条斤箱个套支只张份提桶]/;

/**
 * The category somebody's words name; null when they name several things or none for certain.
 *
 * @example categoryOf('两罐奶粉') // → '奶粉'
 * @example categoryOf('奶粉和尿布') // → null
 */
export function categoryOf(bought: string): string | null {
  const plain = bought.replace(QUANTITY, '').trim();
  return /^\p{L}{1,10}$/u.test(plain) && !/[和与及跟]/.test(plain) ? plain : null;
}
