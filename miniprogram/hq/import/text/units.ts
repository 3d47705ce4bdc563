/** Characters on their way to becoming a string. */
export interface Units {
  /** adds one character of the basic plane */
  push(unit: number): void;
  pushCodePoint(codePoint: number): void;
  text(): string;
}

/** More arguments than this overflow the stack of some phones. */
const AT_ONCE = 8192;

/** @param most how many UTF-16 units will come at most */
export function unitsFor(most: number): Units {
  const units = new Uint16Array(most);
  let length = 0;
  return {
    push(unit) {
      units[length++] = unit;
    },
    pushCodePoint(codePoint) {
      if (codePoint < 0x10000) units[length++] = codePoint;
      else {
        units[length++] = 0xd800 + ((codePoint - 0x10000) >> 10);
        units[length++] = 0xdc00 + ((codePoint - 0x10000) & 0x3ff);
      }
    },
    text() {
      let text = '';
      for (let i = 0; i < length; i += AT_ONCE)
        text += String.fromCharCode(...units.subarray(i, Math.min(length, i + AT_ONCE)));
      return text;
    },
  };
}
