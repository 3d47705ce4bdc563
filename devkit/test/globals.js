// Jest runs a test in a world of its own, where looking up `Object` costs some hundred times what it costs elsewhere, and a
// database looks it up for every value. So each file takes the language's own names to itself once, when it is loaded.
// Left out is what tests put something else in the place of: Date, timers, and whatever belongs to a page.
const NAMES = [
  ...[
    'Array',
    'ArrayBuffer',
    'BigInt',
    'Boolean',
    'Buffer',
    'Error',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
    'Reflect',
  ],
  ...['RangeError', 'RegExp', 'Set', 'String', 'Symbol', 'TypeError', 'Uint8Array', 'WeakMap'],
];

/** What stands before a file's own first line, on the same line: numbers of lines stay as they are. */
exports.PRELUDE = `var {${NAMES.join(',')}}=globalThis;`;
