/** Surnames of two characters; a name that begins with one keeps both together. */
const DOUBLE_SURNAMES = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '司徒',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '夏侯',
];
/** The name is already a way of addressing somebody: 王姐, 李女士, 刘总. */
const ALREADY_SPOKEN =
  /(女士|先生|小姐|太太|老师|医生|师傅|阿姨|叔叔|姐姐|大姐|妈妈|宝妈|宝爸|[姐哥总姨叔嫂])$|^[小阿老][\u4e00-\u9fff]$/;
const HAN = /^[\u4e00-\u9fff]+$/;

/**
 * How a clerk addresses (称呼) a member in a message. The gender is not known and a wrong 女士 would spoil everything,
 * so the given name is used as a friendly clerk uses it: three characters lose the surname (王小芳 → 小芳), two stay
 * whole (王芳: a single given character is too intimate), what is already a form of address stays (王姐, 李女士).
 * A foreign name gives its first word. Masked or empty names (王**) fall back to 老朋友, or 朋友 for someone who never
 * bought, both of which also read well before 您好.
 *
 * @example addressOf('王小芳', true) // → '小芳'
 * @example addressOf('王*', true) // → '老朋友'
 */
export function addressOf(memberName: string, hasBought: boolean): string {
  // Some tills write 王 小芳; a space between Chinese characters says nothing.
  const name = memberName
    .normalize('NFKC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/([\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, '$1');
  if (name === '' || /[*\d{}]|未知|匿名|会员|顾客|散客/.test(name)) return hasBought ? '老朋友' : '朋友';
  if (ALREADY_SPOKEN.test(name)) return name;
  if (!HAN.test(name)) return name.split(/[ ·]/)[0] ?? name;
  const surname = DOUBLE_SURNAMES.some((double) => name.startsWith(double)) ? 2 : 1;
  const given = name.slice(surname);
  return given.length === 2 ? given : name;
}
