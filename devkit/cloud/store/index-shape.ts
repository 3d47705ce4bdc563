import { invalidParam } from '../failures';
import type { Doc } from './values';
import type { IndexKey, IndexShape } from './secondary-index';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;

/**
 * An index as somebody asks for it. Throws INVALID_PARAM in words when it is none.
 *
 * @example readIndexShape({ name: 'phone', keys: [['phone', 1]], unique: true });
 * // → { name: 'phone', keys: [['phone', 1]], unique: true, sparse: false }
 */
export function readIndexShape(asked: Doc): IndexShape {
  const { name, keys, unique = false, sparse = false } = asked;
  if (typeof name !== 'string' || !NAME.test(name))
    throw invalidParam(
      `the name of an index must be 1 to 64 letters, digits, '_', '-' or '.': ${String(name)}`,
    );
  if (!Array.isArray(keys) || keys.length === 0)
    throw invalidParam(`index ${name}: keys must be a list such as [["phone", 1]]`);
  if (typeof unique !== 'boolean' || typeof sparse !== 'boolean')
    throw invalidParam(`index ${name}: unique and sparse must be true or false`);
  return { name, keys: keys.map((key) => readKey(name, key)), unique, sparse };
}

function readKey(name: string, key: unknown): IndexKey {
  const [field, direction] = Array.isArray(key) ? (key as unknown[]) : [];
  const isField =
    typeof field === 'string' && field.split('.').every((step) => step !== '' && !step.startsWith('$'));
  if (!isField || (direction !== 1 && direction !== -1 && direction !== '2dsphere'))
    throw invalidParam(
      `index ${name}: a key is [field, 1], [field, -1] or [field, "2dsphere"], not ${JSON.stringify(key)}`,
    );
  return [field, direction];
}

/** Whether two declarations mean the same index. */
export const sameShape = (a: IndexShape, b: IndexShape): boolean =>
  JSON.stringify(meaning(a)) === JSON.stringify(meaning(b));

const meaning = ({ keys, unique = false, sparse = false }: IndexShape) => ({ keys, unique, sparse });
