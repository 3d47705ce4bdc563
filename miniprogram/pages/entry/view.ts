import type { Role, Session } from '../../contract/members';

const HOMES: Readonly<Record<Role, string>> = {
  clerk: '/clerk/list/list',
  manager: '/manager/board/board',
  hq: '/hq/overview/overview',
  member: '/member/coupons/coupons',
  stranger: '/member/coupons/coupons',
};

/**
 * Where a person belongs once it is known who she is; headquarters of a chain that is being set up first sees how far that is.
 *
 * @example homeOf({ role: 'clerk' }) // → '/clerk/list/list'
 */
export function homeOf({ role, settingUp }: Pick<Session, 'role' | 'settingUp'>): string {
  return settingUp ? '/hq/setup/setup' : HOMES[role];
}

/** `home` = led on at once; the others are asked something first. */
export type Face = 'home' | 'stranger' | 'join' | 'setUp';

/**
 * What the door shows her. Staff go home whatever they carry; a member who was sent an invitation may take it; the very
 * first person is the one who sets the system up.
 *
 * @example faceOf({ role: 'stranger', setUp: false }, false) // → 'setUp'
 */
export function faceOf({ role, setUp }: Pick<Session, 'role' | 'setUp'>, hasCode: boolean): Face {
  if (role === 'member') return hasCode ? 'join' : 'home';
  if (role !== 'stranger') return 'home';
  if (!setUp) return 'setUp';
  return hasCode ? 'join' : 'stranger';
}

/** A code as it is read aloud. @example spacedCode('K7M4Q2XP') // → 'K7M4 Q2XP' */
export function spacedCode(code: string): string {
  return code.replace(/^(.{4})(?=.)/, '$1 ');
}
