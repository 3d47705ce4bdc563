import { choiceBuiltins } from './choice';
import { displayBuiltins } from './display';
import { formBuiltins } from './form';
import type { Builtin } from './host';
import { mediaBuiltins } from './media';
import { pickerBuiltins } from './picker';
import { scrollBuiltins } from './scroll';
import { textBuiltins } from './text';

/** Where built-in components live among the component paths. */
export const BUILTIN_PREFIX = '__builtin__/';

/**
 * The built-in components that behave. Those that only hold others (`view`, `text`, `block`, `cover-view`,
 * `root-portal` …) need no code: the browser draws them as plain `<wx-…>` elements.
 */
export const builtins: Record<string, Builtin> = {
  ...textBuiltins,
  ...choiceBuiltins,
  ...formBuiltins,
  ...mediaBuiltins,
  ...scrollBuiltins,
  ...pickerBuiltins,
  ...displayBuiltins,
};
