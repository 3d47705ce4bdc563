import type { ScopeRole } from '../common/entry/scope';
import { STAFF } from '../common/entry/scope';

/** Members and strangers as well as staff: a link may be opened by anybody, and the action looks at whom it answers. */
export const ANYONE: readonly ScopeRole[] = [...STAFF, 'person'];
