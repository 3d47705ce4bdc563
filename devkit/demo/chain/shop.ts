import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type { AovCut } from '../../../miniprogram/domain/membership/types';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { DEFAULT_CARE } from '../../../miniprogram/domain/outreach/care/settings';
import type {
  BranchDoc,
  CareSettingsDoc,
  ChainDoc,
  Place,
  StaffDoc,
} from '../../../cloudfunctions/common/store/documents';
import type { Dice } from '../dice';
import { nameOf } from './names';

export const CHAIN_NAME = '半日闲 · 生活茶集';
const CLERKS_PER_BRANCH = 3;

/** Four shops of one invented town, in the order they opened; `pull` is how many of the members call it home. */
const SHOPS: readonly { no: string; name: string; address: string; pull: number; place: Place }[] = [
  {
    no: 'B01',
    name: '望湖路店',
    address: '云溪市望湖区望湖路128号（湖滨公园东门对面）',
    pull: 0.36,
    place: { lng: 120.1604, lat: 30.2537 },
  },
  {
    no: 'B02',
    name: '梧桐里店',
    address: '云溪市望湖区梧桐里27号一层',
    pull: 0.28,
    place: { lng: 120.1702, lat: 30.2601 },
  },
  {
    no: 'B03',
    name: '南塘天地店',
    address: '云溪市望湖区南塘大道600号南塘天地B1层',
    pull: 0.22,
    place: { lng: 120.1829, lat: 30.2389 },
  },
  {
    no: 'B04',
    name: '柳浪花园店',
    address: '云溪市望湖区柳浪街9号柳浪花园商业街',
    pull: 0.14,
    place: { lng: 120.1551, lat: 30.2418 },
  },
];

/** Branches with the share of members at home in each. */
export const HOME_SHARES: readonly (readonly [branchId: string, share: number])[] = SHOPS.map(
  ({ no, pull }) => [no, pull] as const,
);

const PLACES = new Map(SHOPS.map(({ no, place }) => [no, place]));

/** Where a branch stands. */
export function placeOf(branchId: string): Place {
  const place = PLACES.get(branchId);
  if (!place) throw new Error(`no branch ${branchId}`);
  return place;
}

/** The chain's own settings. The cut-off is null until somebody has bought. */
export function chainDoc(aovCut: AovCut | null): ChainDoc {
  return { _id: 'chain', name: CHAIN_NAME, rules: rulesOf('retail', 1), aovCut };
}

/** What the chain decided about care: its member day is the 25th. */
export function careSettingsDoc(savedAt: Ms): CareSettingsDoc {
  const settings = { ...DEFAULT_CARE, version: 1, memberDays: [25] };
  return { _id: 'care', settings, savedAt, savedBy: 'hq', requestKey: 'demo' };
}

export function branchDocs(): BranchDoc[] {
  return SHOPS.map(({ no, name, address, place }) => ({ _id: no, name, address, active: true, place }));
}

/** HQ, a manager and three clerks per branch. Whoever is `c01` signs in as openid `wx-c01`. */
export function staffDocs(dice: Dice): StaffDoc[] {
  const taken = new Set<string>();
  const hire = (id: string, role: StaffDoc['role'], branchId: string | null): StaffDoc => {
    let name = nameOf(dice);
    // Colleagues of one name would make the board hard to read.
    while (taken.has(name)) name = nameOf(dice);
    taken.add(name);
    return { _id: id, openid: `wx-${id}`, name, role, branchId, active: true };
  };
  const staff = [hire('hq', 'hq', null)];
  SHOPS.forEach(({ no }, i) => staff.push(hire(`m${i + 1}`, 'manager', no)));
  SHOPS.forEach(({ no }, i) => {
    for (let n = 1; n <= CLERKS_PER_BRANCH; n++) {
      staff.push(hire(`c${String(i * CLERKS_PER_BRANCH + n).padStart(2, '0')}`, 'clerk', no));
    }
  });
  return staff;
}
