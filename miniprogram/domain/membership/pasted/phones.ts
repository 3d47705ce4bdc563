const PHONE = /(^|[^\d])(?:\+?0{0,2}86[\s-]*)?(1[3-9]\d(?:[\s.-]?\d){8})(?!\d)/;

/**
 * Takes mobile numbers out of a line, with blanks, dashes and +86 as people type them. A number that is cut short
 * (`137-…`, `138****1234`) is none.
 *
 * @param text in NFKC
 * @example phonesIn('王姐 138 0000 1234') // → { phones: ['13800001234'], rest: '王姐 ' }
 */
export function phonesIn(text: string): { phones: string[]; rest: string } {
  const phones = new Set<string>();
  let rest = text;
  for (let match = PHONE.exec(rest); match; match = PHONE.exec(rest)) {
    phones.add((match[2] ?? '').replace(/\D/g, ''));
    const end = match.index + match[0].length;
    rest = `${rest.slice(0, match.index)}${match[1] ?? ''} ${rest.slice(end)}`;
  }
  return { phones: [...phones], rest };
}
