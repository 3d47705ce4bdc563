import type { Role } from '../../contract/members';

const HOMES: Readonly<Record<Role, string>> = {
  clerk: '/clerk/list/list',
  manager: '/manager/board/board',
  hq: '/hq/overview/overview',
  member: '/member/coupons/coupons',
  stranger: '/member/coupons/coupons',
};

/** Where a person belongs once it is known who she is. @example homeOf('clerk') // → '/clerk/list/list' */
export function homeOf(role: Role): string {
  return HOMES[role];
}
